// SPDX-License-Identifier: BSL-1.0
// expect: RO_STOP_FIRST
//
// The release that needs a column is stopped, but after the column is gone.
//
// What was shipped: release 9 does without the table of newsletters. The deploy starts it, drops the table, and then
// stops release 8, whose last machines finish what they have begun.
//
// What would have happened at night: between the DROP TABLE and the last process of release 8, every request that touches
// a newsletter fails. On the test system there is one process, and nobody ever saw it.
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id",    dt::bigint, dt::identity>,
    dt::column<"email", dt::text>,
    dt::primary_key<"id">> {};

struct newsletter : dt::table<"newsletter",
    dt::column<"id",    dt::bigint, dt::identity>,
    dt::column<"email", dt::text>,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer, newsletter> {};

struct drop_newsletter : dt::migration<v1,
    dt::lossy<"moved to the mail service in May",
        dt::step<dt::drop_table<"newsletter">, dt::create_table<newsletter>>>> {};

struct contact    { std::int64_t id; std::string email; };
struct subscriber { std::string email; };

struct app_8 : dt::release<"8", dt::reads<"customer", contact>, dt::inserts<"newsletter", subscriber>> {};
struct app_9 : dt::release<"9", dt::reads<"customer", contact>> {};

static_assert(dt::safe<dt::rollout<
    dt::live<v1, app_8>,
    dt::start<app_9>,
    dt::migrate<drop_newsletter>,
    dt::stop<app_8>>>);
