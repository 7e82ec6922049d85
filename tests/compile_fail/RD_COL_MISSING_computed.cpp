// SPDX-License-Identifier: BSL-1.0
// expect: RD_COL_MISSING
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct line : dt::table<"line", dt::column<"quantity", dt::integer>, dt::column<"price", dt::numeric<12, 2>>> {};
struct v1 : dt::schema<"1", line> {};
struct total {
  dt::decimal<14, 2> amount;
};
#ifndef DOVETAIL_BAD
using amount = dt::computed<"amount", dt::numeric<14, 2>, dt::columns<"quantity", "price">>;
#else
using amount = dt::computed<"amount", dt::numeric<14, 2>, dt::columns<"quantity", "unit_price">>;
#endif
struct app_7 : dt::release<"7", dt::reads<"line", total, amount>> {};
static_assert(dt::compatible<app_7, v1>);
