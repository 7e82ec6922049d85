// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
//
// A column may be NULL, and the struct that reads it has no place for that.
//
// What was shipped: nickname is optional for the customer and for the database, but `profile` holds a std::string. All
// the tests pass, since all test customers have a nickname.
//
// What would have happened at night: the first customer without a nickname signs in. Depending on the driver, the page
// fails, or greets the customer by an empty name, which is then written back as an empty nickname.
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id",        dt::bigint, dt::identity>,
    dt::column<"full_name", dt::text>,
    dt::column<"nickname",  dt::text, dt::null>,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer> {};

struct profile { std::int64_t id; std::string full_name; std::string nickname; };

struct app_8 : dt::release<"8", dt::reads<"customer", profile>> {};

static_assert(dt::compatible<app_8, v1>);
