// SPDX-License-Identifier: BSL-1.0
// expect: SC_ROW
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"state", state>> {};
struct v1 : dt::schema<"1", purchase> {};
#ifndef DOVETAIL_BAD
enum class order_state { open, paid };
#else
enum class order_state { open = 1, paid = 3 };
#endif
struct card {
  order_state state;
};
struct app_7 : dt::release<"7", dt::inserts<"purchase", card>> {};
static_assert(dt::compatible<app_7, v1>);
