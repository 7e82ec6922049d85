// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct line : dt::table<"line", dt::column<"amount", dt::numeric<12, 2>, dt::null>> {};
struct v1 : dt::schema<"1", line> {};
struct total {
  dt::decimal<14, 2> sum;
};
#ifndef DOVETAIL_BAD
using sum = dt::computed<"sum", dt::numeric<14, 2>, dt::expression<"coalesce(sum(amount), 0)">>;
#else
using sum = dt::computed<"sum", dt::numeric<14, 2>, dt::expression<"sum(amount)">, dt::null>;
#endif
struct app_7 : dt::release<"7", dt::reads<"line", total, sum>> {};
static_assert(dt::compatible<app_7, v1>);
