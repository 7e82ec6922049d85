// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using quantity = dt::column<"quantity", dt::integer, dt::default_value<1>>;
#else
using quantity = dt::column<"quantity", dt::integer, dt::default_value<0>>;
#endif
struct line : dt::table<"line", quantity, dt::check_values<"line_quantity_check", "quantity", dt::between<1, 100>>> {};
struct v1 : dt::schema<"1", line> {};
static_assert(dt::valid<v1>);
