// SPDX-License-Identifier: BSL-1.0
// expect: RD_CARD
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

using by_email = dt::unique_index<"customer_email_idx", "email">;
struct customer : dt::table<"customer", dt::column<"email", dt::text>, dt::column<"name", dt::text>, by_email> {};
struct v1 : dt::schema<"1", customer> {};
struct drop_index : dt::migration<v1, dt::step<dt::drop_index<"customer", "customer_email_idx">,
                                               dt::add_index<"customer", by_email>>> {};
struct card {
  std::string name;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"customer", card, dt::single<"email">>> {};
#endif
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<drop_index>>>);
