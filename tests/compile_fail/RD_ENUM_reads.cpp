// SPDX-License-Identifier: BSL-1.0
// expect: RD_ENUM
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state_type : dt::enumeration<"state", "open", "paid", "sent"> {};
struct customer : dt::table<"customer", dt::column<"state", state_type>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
enum class order_state { open, paid, sent };
#else
enum class order_state { open, paid };
#endif
struct card {
  order_state state;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
