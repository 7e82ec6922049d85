// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_index<"customer", dt::index<"by_name", "name">>, dt::drop_index<"customer", "by_name">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_constraint<"customer", dt::index<"by_name", "name">>, dt::drop_index<"customer", "by_name">>> {};
#endif

static_assert(dt::reversible<m1>);
