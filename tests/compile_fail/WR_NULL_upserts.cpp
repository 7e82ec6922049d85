// SPDX-License-Identifier: BSL-1.0
// expect: WR_NULL
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>, dt::column<"name", dt::text>,
    dt::primary_key<"email">> {};
struct v1 : dt::schema<"1", customer> {};
struct signup {
  std::string email;
#ifndef DOVETAIL_BAD
  std::string name;
#else
  std::optional<std::string> name;
#endif
};
struct app_7 : dt::release<"7", dt::upserts<"customer", signup, dt::conflict<"email">>> {};
static_assert(dt::compatible<app_7, v1>);
