// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"bio", dt::text, dt::null>, dt::column<"email", dt::text>,
#ifndef DOVETAIL_BAD
    dt::index<"customer_by_email", "email">,
#else
    dt::index<"customer_by_bio", "bio">,
#endif
    dt::primary_key<"id">> {};
struct profile : dt::table<"profile", dt::column<"customer_id", dt::bigint>, dt::primary_key<"customer_id">,
    dt::foreign_key<"profile_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>> {};
struct v1 : dt::schema<"1", customer, profile> {};
struct expand_bio : dt::expand<v1, dt::gradual_move_column<"customer", "profile", "profile_fkey", dt::synced<"bio">>> {};

static_assert(dt::reversible<expand_bio>);
