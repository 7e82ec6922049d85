// SPDX-License-Identifier: BSL-1.0
// expect: MG_CONVERSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"since", dt::date>> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_type<"customer", "since", dt::timestamptz, dt::using_sql<"since::timestamptz">>,
                                 dt::set_type<"customer", "since", dt::date, dt::using_sql<"since::date">>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_type<"customer", "since", dt::timestamptz, dt::using_sql<"since::timestamptz">>,
                                 dt::set_type<"customer", "since", dt::date>>> {};
#endif

static_assert(dt::reversible<m1>);
