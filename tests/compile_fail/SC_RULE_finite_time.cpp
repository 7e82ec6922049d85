// SPDX-License-Identifier: BSL-1.0
// expect: SC_RULE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct shift : dt::table<"shift", dt::column<"day", dt::timestamp>, dt::column<"begins", dt::time>,
#ifndef DOVETAIL_BAD
    dt::check_values<"shift_begins_check", "day", dt::finite>> {};
#else
    dt::check_values<"shift_begins_check", "begins", dt::finite>> {};
#endif
struct v1 : dt::schema<"1", shift> {};
static_assert(dt::valid<v1>);
