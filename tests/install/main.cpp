// SPDX-License-Identifier: BSL-1.0
// A program of somebody who uses dovetail.
#include <cstdint>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/version.hpp>

#ifdef WITH_EXPLAIN
#include <dovetail/explain.hpp>
#endif
#ifdef WITH_SQLITE
#include <dovetail/run/sqlite.hpp>
#endif
#ifdef WITH_POSTGRESQL
#include <dovetail/run/postgresql.hpp>
#endif

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"full_name", dt::text>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};

struct card {
  std::int64_t id;
  std::string full_name;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::valid<v1>);
static_assert(dt::compatible<app_7, v1>);

int main() { return dt::version_major < 0; }
