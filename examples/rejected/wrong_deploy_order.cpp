// SPDX-License-Identifier: BSL-1.0
// expect: RO_MIGRATE_FIRST
//
// Every part is right, and the order is wrong.
//
// What was shipped: release 8 reads a new column, and the migration adds it. In the deploy script, the migration runs
// after the new binaries have started, as it did the year before, when a column was dropped.
//
// What would have happened at night: until the migration is through, and it waits for a lock, every SELECT of release 8
// fails with `column "nickname" does not exist`. The health checks fail with it, and the deploy is rolled back half-way.
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id",        dt::bigint, dt::identity>,
    dt::column<"full_name", dt::text>,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer> {};

struct add_nickname : dt::migration<v1,
    dt::step<dt::add_column<"customer", dt::column<"nickname", dt::text, dt::null>>,
             dt::drop_column<"customer", "nickname">>> {};

struct v2 : dt::after<"2", add_nickname> {};

struct card    { std::int64_t id; std::string full_name; };
struct profile { std::int64_t id; std::string full_name; std::optional<std::string> nickname; };

struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", profile>> {};

static_assert(dt::safe<dt::rollout<
    dt::live<v1, app_7>,
    dt::start<app_8>,
    dt::migrate<add_nickname>,
    dt::stop<app_7>>>);
