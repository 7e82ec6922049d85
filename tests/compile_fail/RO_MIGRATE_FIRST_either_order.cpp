// SPDX-License-Identifier: BSL-1.0
// expect: RO_MIGRATE_FIRST
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"phone", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using city = dt::column<"city", dt::text, dt::null>;
struct add_city : dt::migration<v1, dt::step<dt::add_column<"customer", city>, dt::drop_column<"customer", "city">>> {};

struct card {
  std::string name;
};
struct address {
  std::string name;
  std::optional<std::string> city;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#ifndef DOVETAIL_BAD
struct app_8 : dt::release<"8", dt::reads<"customer", card>> {};
#else
struct app_8 : dt::release<"8", dt::reads<"customer", address>> {};
#endif
static_assert(dt::either_order<add_city, app_7, app_8>);
