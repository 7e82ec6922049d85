// SPDX-License-Identifier: BSL-1.0
// expect: RD_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"amount", dt::numeric<12, 2>>, dt::column<"visits", dt::smallint>> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
#ifndef DOVETAIL_BAD
  dt::decimal<12, 2> amount;
#else
  double amount;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
