// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"state", dt::text, dt::default_value<"draft">>> {};
struct v1 : dt::schema<"1", purchase> {};
#ifndef DOVETAIL_BAD
using known = dt::check_values<"purchase_state_check", "state", dt::one_of<"draft", "open", "paid">>;
#else
using known = dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid">>;
#endif
struct m1 : dt::migration<v1, dt::step<dt::add_constraint<"purchase", known>,
                                       dt::drop_constraint<"purchase", "purchase_state_check">>> {};
static_assert(dt::reversible<m1>);
