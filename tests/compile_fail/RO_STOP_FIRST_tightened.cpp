// SPDX-License-Identifier: BSL-1.0
// expect: RO_STOP_FIRST
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
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
struct app_8 : dt::release<"8", dt::inserts<"customer", signup, dt::satisfies<"customer_email_idx">>> {};
#ifndef DOVETAIL_BAD
using deploy = dt::rollout<dt::live<v1, app_7>, dt::start<app_8>, dt::stop<app_7>, dt::migrate<unique_email>>;
#else
using deploy = dt::rollout<dt::live<v1, app_7>, dt::start<app_8>, dt::migrate<unique_email>, dt::stop<app_7>>;
#endif
static_assert(dt::safe<deploy>);
