// SPDX-License-Identifier: BSL-1.0
// expect: SC_PROMISE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct counter : dt::table<"counter", dt::column<"hits", dt::integer>> {};
struct v1 : dt::schema<"1", counter> {};
struct counted {
  std::int32_t hits;
};
#ifndef DOVETAIL_BAD
using few = dt::refines<"hits", dt::between<0, 100>>;
#else
using few = dt::refines<"hits", dt::between<100, 0>>;
#endif
struct app_7 : dt::release<"7", dt::inserts<"counter", counted, few>> {};
static_assert(dt::compatible<app_7, v1>);
