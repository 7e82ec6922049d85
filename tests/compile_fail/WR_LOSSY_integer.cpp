// SPDX-License-Identifier: BSL-1.0
// expect: WR_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct counter : dt::table<"counter",
#ifndef DOVETAIL_BAD
    dt::column<"weight", dt::double_precision>> {};
#else
    dt::column<"weight", dt::integer>> {};
#endif
struct v1 : dt::schema<"1", counter> {};
struct weighed {
  double weight;
};
struct app_7 : dt::release<"7", dt::inserts<"counter", weighed>> {};
static_assert(dt::compatible<app_7, v1>);
