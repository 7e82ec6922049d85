// SPDX-License-Identifier: BSL-1.0
// expect: WR_LEN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

enum class order_state { open, cancelled };
struct purchase : dt::table<"purchase",
#ifndef DOVETAIL_BAD
    dt::column<"state", dt::varchar<9>>> {};
#else
    dt::column<"state", dt::varchar<8>>> {};
#endif
struct v1 : dt::schema<"1", purchase> {};
struct order {
  order_state state;
};
struct app_7 : dt::release<"7", dt::inserts<"purchase", order>> {};
static_assert(dt::compatible<app_7, v1>);
