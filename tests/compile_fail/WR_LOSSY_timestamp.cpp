// SPDX-License-Identifier: BSL-1.0
// expect: WR_LOSSY
#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>

#include <chrono>

namespace dt = dovetail;

struct event : dt::table<"event", dt::column<"at", dt::precise<dt::timestamptz, 3>>> {};
struct v1 : dt::schema<"1", event> {};
struct noted {
#ifndef DOVETAIL_BAD
  std::chrono::sys_time<std::chrono::milliseconds> at;
#else
  std::chrono::sys_time<std::chrono::microseconds> at;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"event", noted>> {};
static_assert(dt::compatible<app_7, v1>);
