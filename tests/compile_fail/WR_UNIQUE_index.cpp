// SPDX-License-Identifier: BSL-1.0
// expect: WR_UNIQUE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct unique_email : dt::migration<v1,
    dt::step<dt::add_index<"customer", dt::unique_index<"customer_email_idx", "email">>,
             dt::drop_index<"customer", "customer_email_idx">>> {};
struct signup {
  std::string email;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"customer", signup, dt::satisfies<"customer_email_idx">>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
#endif
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<unique_email>>>);
