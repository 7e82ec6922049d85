// SPDX-License-Identifier: BSL-1.0
// expect: SC_DUPLICATE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>, dt::column<"name", dt::text>,
                            dt::primary_key<"email">> {};
struct v1 : dt::schema<"1", customer> {};
struct signup {
  std::string email;
  std::string name;
};
#ifndef DOVETAIL_BAD
using what = dt::set<"name">;
#else
using what = dt::set<"name", "name">;
#endif
struct app_7 : dt::release<"7", dt::upserts<"customer", signup, dt::conflict<"email">, what>> {};
static_assert(dt::compatible<app_7, v1>);
