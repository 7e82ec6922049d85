// SPDX-License-Identifier: BSL-1.0
// expect: SC_IDENTITY
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
    : dt::migration<v1, dt::step<dt::set_identity<"customer", "id", dt::identity>, dt::drop_identity<"customer", "id">>> {};
#else
    : dt::migration<v1, dt::step<dt::set_identity<"customer", "name", dt::identity>, dt::drop_identity<"customer", "name">>> {};
#endif

static_assert(dt::reversible<m1>);
