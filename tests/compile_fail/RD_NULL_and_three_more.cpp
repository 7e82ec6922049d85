// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL RD_RANGE RD_TYPE RD_COL_MISSING
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
  std::int64_t id;
  std::string name;
  std::optional<std::string> nick;
#else
  std::int32_t id;
  std::int64_t name;
  std::string nick;
  std::string phone;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};

static_assert(dt::compatible<app_7, v1>);
