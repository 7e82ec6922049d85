// SPDX-License-Identifier: BSL-1.0
// expect: WR_LOSSY
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"amount", dt::numeric<12, 2>>, dt::column<"visits", dt::smallint>> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
#ifndef DOVETAIL_BAD
  dt::decimal<12, 2> amount;
  std::int16_t visits;
#else
  double amount;
  std::int16_t visits;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
