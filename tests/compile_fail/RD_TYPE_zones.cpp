// SPDX-License-Identifier: BSL-1.0
// expect: RD_TYPE
#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>

#include <chrono>

namespace dt = dovetail;

struct event : dt::table<"event",
#ifndef DOVETAIL_BAD
    dt::column<"at", dt::timestamptz>> {};
#else
    dt::column<"at", dt::timestamp>> {};
#endif
struct v1 : dt::schema<"1", event> {};
struct shown {
  std::chrono::sys_time<std::chrono::microseconds> at;
};
struct app_7 : dt::release<"7", dt::reads<"event", shown>> {};
static_assert(dt::compatible<app_7, v1>);
