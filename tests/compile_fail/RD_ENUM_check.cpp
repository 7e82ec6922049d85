// SPDX-License-Identifier: BSL-1.0
// expect: RD_ENUM
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

enum class order_state { open, paid };
struct purchase : dt::table<"purchase", dt::column<"state", dt::text>,
#ifndef DOVETAIL_BAD
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid">>> {};
#else
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid", "sent">>> {};
#endif
struct v1 : dt::schema<"1", purchase> {};
struct card {
  order_state state;
};
struct app_7 : dt::release<"7", dt::reads<"purchase", card>> {};
static_assert(dt::compatible<app_7, v1>);
