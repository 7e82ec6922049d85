// SPDX-License-Identifier: BSL-1.0
// expect: SC_RULE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct stock : dt::table<"stock", dt::column<"amount", dt::integer>,
#ifndef DOVETAIL_BAD
    dt::check_values<"stock_amount_check", "amount", dt::between<1, 5>>> {};
#else
    dt::check_values<"stock_amount_check", "amount", dt::between<5, 1>>> {};
#endif
struct v1 : dt::schema<"1", stock> {};
static_assert(dt::valid<v1>);
