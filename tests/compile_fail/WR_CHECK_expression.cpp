// SPDX-License-Identifier: BSL-1.0
// expect: WR_CHECK
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

using quantity = dt::column<"quantity", dt::integer>;
struct line : dt::table<"line", quantity> {};
struct v1 : dt::schema<"1", line> {};
struct checked_line : dt::table<"line", quantity, dt::check<"line_quantity_check", "quantity % 6 = 0">> {};
struct v2 : dt::schema<"2", checked_line> {};
struct order_line {
  std::int32_t quantity;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"line", order_line, dt::satisfies<"line_quantity_check">>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"line", order_line>> {};
#endif
static_assert(dt::compatible<app_7, v1, v2>);
