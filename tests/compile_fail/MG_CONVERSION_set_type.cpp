// SPDX-License-Identifier: BSL-1.0
// expect: MG_CONVERSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"area", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_type<"customer", "area", dt::integer, dt::using_sql<"area::integer">>,
                                 dt::set_type<"customer", "area", dt::text, dt::using_sql<"area::text">>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_type<"customer", "area", dt::integer>,
                                 dt::set_type<"customer", "area", dt::text, dt::using_sql<"area::text">>>> {};
#endif

static_assert(dt::reversible<m1>);
