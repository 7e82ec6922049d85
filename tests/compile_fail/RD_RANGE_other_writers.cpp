// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"visits", dt::bigint, dt::default_value<0>>> {};
struct v1 : dt::schema<"1", customer> {};
struct counted {
#ifndef DOVETAIL_BAD
  std::int32_t visits;
#else
  std::int64_t visits;
#endif
};
struct card {
  std::int32_t visits;
};
struct app_6 : dt::release<"6", dt::inserts<"customer", counted>> {};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
static_assert(dt::compatible<app_7, dt::closed<v1, app_6>>);
