// SPDX-License-Identifier: BSL-1.0
// expect: RO_SPLIT
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
using phone = dt::column<"phone", dt::text, dt::null>;
using add_city = dt::step<dt::add_column<"customer", city>, dt::drop_column<"customer", "city">>;
using drop_phone = dt::lossy<"nobody calls", dt::step<dt::drop_column<"customer", "phone">,
                                                      dt::add_column<"customer", phone>>>;
struct move : dt::migration<v1, add_city, drop_phone> {};
struct expand : dt::migration<v1, add_city> {};
struct v2 : dt::after<"2", expand> {};
struct contract : dt::migration<v2, drop_phone> {};

struct caller {
  std::string name;
  std::optional<std::string> phone;
};
struct address {
  std::string name;
  std::optional<std::string> city;
};
struct app_7 : dt::release<"7", dt::reads<"customer", caller>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", address>> {};
#ifndef DOVETAIL_BAD
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<expand>, dt::start<app_8>, dt::stop<app_7>,
                                   dt::migrate<contract>>>);
#else
static_assert(dt::either_order<move, app_7, app_8>);
#endif
