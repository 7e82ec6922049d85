// SPDX-License-Identifier: BSL-1.0
// expect: SC_DIFFERS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct add_area
    : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<"area", dt::text, dt::null>>,
                                 dt::drop_column<"customer", "area">>> {};
struct v2 : dt::after<"2", add_area> {};

// What the head of the history should be.
struct shop_customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
#ifndef DOVETAIL_BAD
    dt::column<"area", dt::text, dt::null>,
#else
    dt::column<"area", dt::text>,
#endif
    dt::primary_key<"id">> {};
struct shop : dt::schema<"shop", shop_customer> {};

static_assert(dt::same<v2, shop>);
