// SPDX-License-Identifier: BSL-1.0
// expect: RO_MIGRATE_FIRST
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct unique_email : dt::migration<v1,
    dt::step<dt::add_index<"customer", dt::unique_index<"customer_email_idx", "email">>,
             dt::drop_index<"customer", "customer_email_idx">>> {};
struct signup {
  std::string email;
  std::string name;
};
struct app_8 : dt::release<"8", dt::upserts<"customer", signup, dt::conflict<"email">>> {};
#ifndef DOVETAIL_BAD
using deploy = dt::rollout<dt::live<v1>, dt::migrate<unique_email>, dt::start<app_8>>;
#else
using deploy = dt::rollout<dt::live<v1>, dt::start<app_8>, dt::migrate<unique_email>>;
#endif
static_assert(dt::safe<deploy>);
