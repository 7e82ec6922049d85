// SPDX-License-Identifier: BSL-1.0
// expect: RD_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
  std::string name;
  bool selected = false;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"customer", card, dt::ignore<&card::selected>>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
