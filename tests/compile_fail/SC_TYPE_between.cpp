// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct stock : dt::table<"stock", dt::column<"weight", dt::numeric<8, 3>>,
#ifndef DOVETAIL_BAD
    dt::check_values<"stock_weight_check", "weight", dt::between<0, 1>>> {};
#else
    dt::check_values<"stock_weight_check", "weight", dt::between<0.5, 1>>> {};
#endif
struct v1 : dt::schema<"1", stock> {};
static_assert(dt::valid<v1>);
