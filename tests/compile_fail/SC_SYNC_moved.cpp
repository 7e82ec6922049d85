// SPDX-License-Identifier: BSL-1.0
// expect: SC_SYNC
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"bio", dt::text, dt::null>, dt::primary_key<"id">> {};
struct profile : dt::table<"profile", dt::column<"customer_id", dt::bigint>, dt::column<"bio", dt::text, dt::null>,
#ifndef DOVETAIL_BAD
    dt::unique<"profile_key", "customer_id">,
#else
    dt::index<"profile_key", "customer_id">,
#endif
    dt::foreign_key<"profile_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>,
    dt::moved<"profile_moved", dt::columns<"customer_id">, dt::references<"customer", "id">, dt::newer<dt::synced<"bio">>>> {};
struct v1 : dt::schema<"1", customer, profile> {};

static_assert(dt::valid<v1>);
