// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>
#include <vector>

namespace dt = dovetail;

struct article : dt::table<"article", dt::column<"tags", dt::array<dt::text>>> {};
struct v1 : dt::schema<"1", article> {};
struct shown {
#ifndef DOVETAIL_BAD
  std::vector<std::optional<std::string>> tags;
#else
  std::vector<std::string> tags;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"article", shown>> {};
static_assert(dt::compatible<app_7, v1>);
