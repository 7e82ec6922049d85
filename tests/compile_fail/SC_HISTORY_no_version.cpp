// SPDX-License-Identifier: BSL-1.0
// expect: SC_HISTORY
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
  std::string name;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#ifndef DOVETAIL_BAD
static_assert(dt::compatible<app_7, v1>);
#else
static_assert(dt::compatible<app_7>);
#endif
