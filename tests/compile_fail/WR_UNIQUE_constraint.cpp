// SPDX-License-Identifier: BSL-1.0
// expect: WR_UNIQUE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct unique_customer : dt::table<"customer", dt::column<"email", dt::text>, dt::unique<"customer_email_key", "email">> {};
struct v2 : dt::schema<"2", unique_customer> {};
struct signup {
  std::string email;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"customer", signup, dt::satisfies<"customer_email_key">>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
#endif
static_assert(dt::compatible<app_7, v1, v2>);
