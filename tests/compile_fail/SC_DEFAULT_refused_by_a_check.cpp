// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"state", dt::text>,
                            dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid">>> {};
struct v1 : dt::schema<"1", purchase> {};
#ifndef DOVETAIL_BAD
using state = dt::default_value<"open">;
#else
using state = dt::default_value<"opened">;
#endif
struct m1 : dt::migration<v1, dt::step<dt::set_column_default<"purchase", "state", state>,
                                       dt::drop_column_default<"purchase", "state">>> {};
static_assert(dt::reversible<m1>);
