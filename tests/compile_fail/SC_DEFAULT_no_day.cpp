// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"since", dt::date, dt::default_value<"2024-02-29">>> {};
#else
    dt::column<"since", dt::date, dt::default_value<"2023-02-29">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
