// SPDX-License-Identifier: BSL-1.0
// expect: WR_CHECK
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using state = dt::column<"state", dt::text>;
struct purchase : dt::table<"purchase", state> {};
struct v1 : dt::schema<"1", purchase> {};
struct checked_purchase : dt::table<"purchase", state,
#ifndef DOVETAIL_BAD
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid", "cancelled">>> {};
#else
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid">>> {};
#endif
struct v2 : dt::schema<"2", checked_purchase> {};
enum class order_state { open, paid, cancelled };
struct order {
  order_state state;
};
struct app_7 : dt::release<"7", dt::inserts<"purchase", order>> {};
static_assert(dt::compatible<app_7, v1, v2>);
