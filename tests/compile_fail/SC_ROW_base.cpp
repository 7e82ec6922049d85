// SPDX-License-Identifier: BSL-1.0
// expect: SC_ROW
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
struct card {
  std::int64_t id;
  std::string name;
};
#else
struct with_id {
  std::int64_t id;
};
struct card : with_id {
  std::string name;
};
#endif
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
