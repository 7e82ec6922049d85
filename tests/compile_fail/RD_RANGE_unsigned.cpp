// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct stock : dt::table<"stock", dt::column<"amount", dt::integer>,
#ifndef DOVETAIL_BAD
    dt::check_values<"stock_amount_check", "amount", dt::between<0, 2147483647>>> {};
#else
    dt::check<"stock_amount_check", "amount >= 0">> {};
#endif
struct v1 : dt::schema<"1", stock> {};
struct shown {
  std::uint32_t amount;
};
struct app_7 : dt::release<"7", dt::reads<"stock", shown>> {};
static_assert(dt::compatible<app_7, v1>);
