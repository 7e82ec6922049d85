// SPDX-License-Identifier: BSL-1.0
// expect: RD_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
#ifndef DOVETAIL_BAD
    dt::column<"active", dt::boolean>> {};
#else
    dt::column<"active", dt::smallint>> {};
#endif
struct v1 : dt::schema<"1", customer> {};
struct card {
  bool active;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
static_assert(dt::compatible<app_7, v1>);
