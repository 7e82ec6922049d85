// SPDX-License-Identifier: BSL-1.0
// expect: SC_RULE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct stock : dt::table<"stock", dt::column<"shelf", dt::text>,
#ifndef DOVETAIL_BAD
    dt::check_values<"stock_shelf_check", "shelf", dt::one_of<"A", "B">>> {};
#else
    dt::check_values<"stock_shelf_check", "shelf", dt::one_of<>>> {};
#endif
struct v1 : dt::schema<"1", stock> {};
static_assert(dt::valid<v1>);
