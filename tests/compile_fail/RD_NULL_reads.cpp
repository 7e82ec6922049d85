// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <optional>
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
  std::optional<std::string> nick;
#else
  std::string nick;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
