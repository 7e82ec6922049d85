// SPDX-License-Identifier: BSL-1.0
// expect: SC_DUPLICATE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>, dt::column<"nick", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct signup {
  std::string name;
  std::string alias;
};
#ifndef DOVETAIL_BAD
using alias = dt::field<&signup::alias, "nick">;
#else
using alias = dt::field<&signup::alias, "name">;
#endif
struct app_7 : dt::release<"7", dt::inserts<"customer", signup, alias>> {};
static_assert(dt::compatible<app_7, v1>);
