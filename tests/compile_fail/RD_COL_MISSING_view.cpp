// SPDX-License-Identifier: BSL-1.0
// expect: RD_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>, dt::column<"city", dt::text>> {};
struct named : dt::view<"named", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer, named> {};
struct card {
  std::string name;
#ifdef DOVETAIL_BAD
  std::string city;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"named", card>> {};
static_assert(dt::compatible<app_7, v1>);
