// SPDX-License-Identifier: BSL-1.0
// expect: SC_SYNC
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using last = dt::synced<"last_name", "split_part(full_name, ' ', 2)">;
#else
using last = dt::synced<"last_name">;
#endif
struct customer
    : dt::table<"customer", dt::column<"full_name", dt::text>, dt::column<"first_name", dt::text>, dt::column<"last_name", dt::text>,
                dt::sync<"names", dt::older<dt::synced<"full_name", "first_name || ' ' || last_name">>,
                         dt::newer<dt::synced<"first_name", "split_part(full_name, ' ', 1)">, last>>> {};
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
