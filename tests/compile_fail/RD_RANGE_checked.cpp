// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct counter : dt::table<"counter", dt::column<"hits", dt::bigint>> {};
struct v1 : dt::schema<"1", counter> {};
struct shown {
#ifndef DOVETAIL_BAD
  dt::checked<std::int32_t> hits;
#else
  std::int32_t hits;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"counter", shown>> {};
static_assert(dt::compatible<app_7, v1>);
