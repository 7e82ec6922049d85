// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct named : dt::view<"named", dt::query<"SELECT nullif(name, '') AS name FROM customer">,
                        dt::column<"name", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer, named> {};
struct card {
#ifndef DOVETAIL_BAD
  std::optional<std::string> name;
#else
  std::string name;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"named", card>> {};
static_assert(dt::compatible<app_7, v1>);
