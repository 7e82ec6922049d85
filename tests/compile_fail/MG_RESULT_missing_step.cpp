// SPDX-License-Identifier: BSL-1.0
// expect: MG_RESULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct customer_2 : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::column<"area", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v2_in_full : dt::schema<"2", customer_2> {};
struct m1 : dt::migration<v1, dt::to<v2_in_full>
#ifndef DOVETAIL_BAD
    , dt::step<dt::add_column<"customer", dt::column<"area", dt::text, dt::null>>, dt::drop_column<"customer", "area">>> {};
#else
    > {};
#endif

static_assert(dt::reversible<m1>);
