// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXPRESSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"since", dt::timestamptz, dt::default_sql<"now()">>> {};
#else
    dt::column<"since", dt::timestamptz, dt::default_sql<"now(); drop table customer">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
