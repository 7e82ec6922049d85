// SPDX-License-Identifier: BSL-1.0
// expect: WR_REQUIRED
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct with_country : dt::table<"customer", dt::column<"email", dt::text>,
#ifndef DOVETAIL_BAD
    dt::column<"country", dt::text, dt::default_value<"">>> {};
#else
    dt::column<"country", dt::text>> {};
#endif
struct v2 : dt::schema<"2", with_country> {};
struct signup {
  std::string email;
};
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
static_assert(dt::compatible<app_7, v1, v2>);
