// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using side = dt::newer<>;
#else
using side = dt::older<>;
#endif
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"bio", dt::text, dt::null>, dt::primary_key<"id">> {};
struct profile : dt::table<"profile", dt::column<"customer_id", dt::bigint>, dt::column<"bio", dt::text, dt::null>, dt::primary_key<"customer_id">,
    dt::foreign_key<"profile_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>,
    dt::moved<"profile_moved", dt::columns<"customer_id">, dt::references<"customer", "id">, dt::newer<dt::synced<"bio">>, dt::stale<side>>> {};
struct v1 : dt::schema<"1", customer, profile> {};

static_assert(dt::valid<v1>);
