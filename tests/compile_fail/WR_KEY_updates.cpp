// SPDX-License-Identifier: BSL-1.0
// expect: WR_KEY
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
struct card {
#ifndef DOVETAIL_BAD
  std::int64_t id;
  std::string name;
#else
  std::string name;
#endif
};
struct app_7 : dt::release<"7", dt::updates<"customer", card, dt::key<"id">>> {};

static_assert(dt::compatible<app_7, v1>);
