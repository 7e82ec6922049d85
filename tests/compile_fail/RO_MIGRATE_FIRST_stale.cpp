// SPDX-License-Identifier: BSL-1.0
// expect: RO_MIGRATE_FIRST
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"full_name", dt::text>,
                           dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using naming = dt::gradual_rename_column<"customer", "full_name", "display_name">;
struct expand_name : dt::expand<v1, naming> {};
struct v2 : dt::after<"2", expand_name> {};
struct fill_name : dt::fill<v2, naming> {};
struct v3 : dt::after<"3", fill_name> {};

struct card { std::int64_t id; std::string display_name; };
struct app_8 : dt::release<"8", dt::reads<"customer", card>> {};

#ifndef DOVETAIL_BAD
static_assert(dt::safe<dt::rollout<dt::live<v1>, dt::migrate<expand_name>, dt::migrate<fill_name>, dt::start<app_8>>>);
#else
static_assert(dt::safe<dt::rollout<dt::live<v1>, dt::migrate<expand_name>, dt::start<app_8>, dt::migrate<fill_name>>>);
#endif
