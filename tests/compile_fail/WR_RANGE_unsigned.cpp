// SPDX-License-Identifier: BSL-1.0
// expect: WR_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct counter : dt::table<"counter",
#ifndef DOVETAIL_BAD
    dt::column<"hits", dt::numeric<20>>> {};
#else
    dt::column<"hits", dt::bigint>> {};
#endif
struct v1 : dt::schema<"1", counter> {};
struct counted {
  std::uint64_t hits;
};
struct app_7 : dt::release<"7", dt::inserts<"counter", counted>> {};
static_assert(dt::compatible<app_7, v1>);
