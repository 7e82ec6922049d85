// SPDX-License-Identifier: BSL-1.0
// expect: WR_REQUIRED
//
// A new column is NOT NULL and has no default, and the release that is still running does not write it.
//
// What was shipped: the law wants the country of each customer. Version 2 has it, NOT NULL, as it should be; release 8
// asks for it in its form. Release 7 was to run on beside it, on half of the machines, for another week.
//
// What would have happened at night: from the migration on, every sign-up that reaches release 7 fails with `null value in
// column "country" violates not-null constraint`. Its readers go on working, so that half of the dashboards stay green.
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id",    dt::bigint, dt::identity>,
    dt::column<"email", dt::varchar<255>>,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer> {};

struct customer_with_country : dt::table<"customer",
    dt::column<"id",      dt::bigint, dt::identity>,
    dt::column<"email",   dt::varchar<255>>,
    dt::column<"country", dt::text>,
    dt::primary_key<"id">> {};

struct v2 : dt::schema<"2", customer_with_country> {};

struct signup              { std::string email; };
struct signup_with_country { std::string email; std::string country; };

struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
struct app_8 : dt::release<"8", dt::inserts<"customer", signup_with_country>> {};

static_assert(dt::compatible<app_8, v2>);
static_assert(dt::compatible<app_7, v1, v2>);  // old code, either schema
