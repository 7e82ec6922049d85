// SPDX-License-Identifier: BSL-1.0
// expect: WR_KEY
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"email", dt::text>,
    dt::column<"name", dt::text>, dt::primary_key<"id">, dt::unique<"customer_email_key", "email">> {};
struct v1 : dt::schema<"1", customer> {};
struct signup {
  std::string email;
  std::string name;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::upserts<"customer", signup, dt::conflict<"email">>> {};
#else
struct app_7 : dt::release<"7", dt::upserts<"customer", signup>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
