// SPDX-License-Identifier: BSL-1.0
// expect: SC_ROW RD_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"home_street", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
struct address {
  std::optional<std::string> street;
};
struct card {
  std::int64_t id;
  address home;
};
#else
struct address {
  std::string street;
};
struct card {
  std::int64_t id;
  std::optional<address> home;
};
#endif
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
static_assert(dt::compatible<app_7, v1>);
