// SPDX-License-Identifier: BSL-1.0
// expect: SC_RULE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"state", dt::text>,
#ifndef DOVETAIL_BAD
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid">>> {};
#else
    dt::check_values<"purchase_state_check", "state", dt::one_of<"open", "paid", "open">>> {};
#endif
struct v1 : dt::schema<"1", purchase> {};
static_assert(dt::valid<v1>);
