// SPDX-License-Identifier: BSL-1.0
// expect: WR_SOURCE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct named : dt::view<"named", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer, named> {};
struct signup {
  std::string name;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"named", signup>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
