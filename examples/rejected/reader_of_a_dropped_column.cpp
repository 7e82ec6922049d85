// SPDX-License-Identifier: BSL-1.0
// expect: RD_COL_MISSING
//
// A column is dropped that a deployed reader still selects.
//
// What was shipped: nobody used the fax number any more, so a migration dropped it. Release 8 no longer reads it. Release
// 7, which does, was to be stopped "some time this week".
//
// What would have happened at night: from the moment of the migration, every SELECT of release 7 fails with
// `column "fax" does not exist`, on all its machines at once, and rolling back brings the column back, but not the numbers.
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace dt = dovetail;

using fax = dt::column<"fax", dt::text, dt::null>;

struct customer : dt::table<"customer",
    dt::column<"id",   dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    fax,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer> {};

struct drop_fax : dt::migration<v1,
    dt::lossy<"fax numbers are not used since 2023",
        dt::step<dt::drop_column<"customer", "fax">,
                 dt::add_column<"customer", fax>>>> {};

struct v2 : dt::after<"2", drop_fax> {};

struct letterhead { std::int64_t id; std::string name; std::optional<std::string> fax; };
struct address    { std::int64_t id; std::string name; };

struct app_7 : dt::release<"7", dt::reads<"customer", letterhead>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", address>> {};

static_assert(dt::safe<dt::rollout<
    dt::live<v1, app_7>,
    dt::start<app_8>,
    dt::migrate<drop_fax>>>);
