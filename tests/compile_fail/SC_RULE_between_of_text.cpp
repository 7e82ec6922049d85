// SPDX-License-Identifier: BSL-1.0
// expect: SC_RULE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct stock : dt::table<"stock", dt::column<"size", dt::integer>, dt::column<"shelf", dt::text>,
#ifndef DOVETAIL_BAD
    dt::check_values<"stock_size_check", "size", dt::between<1, 9>>> {};
#else
    dt::check_values<"stock_size_check", "shelf", dt::between<1, 9>>> {};
#endif
struct v1 : dt::schema<"1", stock> {};
static_assert(dt::valid<v1>);
