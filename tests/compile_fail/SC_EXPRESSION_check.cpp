// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXPRESSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::check<"positive", "(id > 0) or (id < -9)">> {};
#else
    dt::check<"positive", "id > 0) or (id < -9">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
