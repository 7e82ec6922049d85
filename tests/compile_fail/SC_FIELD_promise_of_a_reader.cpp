// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct counter : dt::table<"counter", dt::column<"hits", dt::integer>> {};
struct v1 : dt::schema<"1", counter> {};
struct counted {
  std::int32_t hits;
};
using few = dt::refines<"hits", dt::between<0, 100>>;
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"counter", counted, few>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"counter", counted, few>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
