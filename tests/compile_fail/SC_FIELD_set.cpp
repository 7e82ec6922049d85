// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>,
    dt::column<"city", dt::text>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct moving {
  std::int64_t id;
  std::string name;
  std::string city;
};
#ifndef DOVETAIL_BAD
struct unit : dt::upserts<"customer", moving, dt::conflict<"id">, dt::set<"city">> {};
#else
struct unit : dt::updates<"customer", moving, dt::key<"id">, dt::set<"city">> {};
#endif
struct app_7 : dt::release<"7", unit> {};
static_assert(dt::compatible<app_7, v1>);
