// SPDX-License-Identifier: BSL-1.0
// expect: SC_HISTORY
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
struct v2 : dt::after<"2", add_city> {};
struct shop : dt::schema<"today", customer> {};

struct card {
  std::string name;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#ifndef DOVETAIL_BAD
static_assert(dt::adjacent<app_7, v2, v1>);
#else
static_assert(dt::adjacent<app_7, v2, shop>);
#endif
