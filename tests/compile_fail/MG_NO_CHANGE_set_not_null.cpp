// SPDX-License-Identifier: BSL-1.0
// expect: MG_NO_CHANGE
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
    : dt::migration<v1, dt::step<dt::set_not_null<"customer", "nick">, dt::drop_not_null<"customer", "nick">>> {};
#else
    : dt::migration<v1, dt::step<dt::set_not_null<"customer", "name">, dt::drop_not_null<"customer", "name">>> {};
#endif

static_assert(dt::reversible<m1>);
