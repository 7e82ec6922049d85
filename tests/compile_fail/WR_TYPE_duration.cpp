// SPDX-License-Identifier: BSL-1.0
// expect: WR_TYPE
#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

#include <chrono>

namespace dt = dovetail;

struct job : dt::table<"job", dt::column<"timeout", dt::interval>> {};
struct v1 : dt::schema<"1", job> {};
struct planned {
#ifndef DOVETAIL_BAD
  dt::value::interval timeout;
#else
  std::chrono::seconds timeout;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"job", planned>> {};
static_assert(dt::compatible<app_7, v1>);
