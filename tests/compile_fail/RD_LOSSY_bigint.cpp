// SPDX-License-Identifier: BSL-1.0
// expect: RD_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct account : dt::table<"account", dt::column<"cents", dt::bigint>> {};
struct v1 : dt::schema<"1", account> {};
struct balance {
#ifndef DOVETAIL_BAD
  dt::approximate<double> cents;
#else
  double cents;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"account", balance>> {};
static_assert(dt::compatible<app_7, v1>);
