// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct reading : dt::table<"reading",
#ifndef DOVETAIL_BAD
    dt::column<"value", dt::numeric<10, 4>>> {};
#else
    dt::column<"value", dt::any_numeric>> {};
#endif
struct v1 : dt::schema<"1", reading> {};
struct shown {
  dt::decimal<10, 4> value;
};
struct app_7 : dt::release<"7", dt::reads<"reading", shown>> {};
static_assert(dt::compatible<app_7, v1>);
