// SPDX-License-Identifier: BSL-1.0
// expect: WR_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct counter : dt::table<"counter", dt::column<"hits", dt::integer>> {};
struct v1 : dt::schema<"1", counter> {};
struct counted {
  std::int64_t hits;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"counter", counted, dt::refines<"hits", dt::between<0, 1000000>>>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"counter", counted>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
