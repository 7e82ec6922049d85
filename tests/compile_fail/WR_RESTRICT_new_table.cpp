// SPDX-License-Identifier: BSL-1.0
// expect: WR_RESTRICT
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct purchase : dt::table<"purchase", dt::column<"customer_id", dt::bigint>,
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>> {};
struct add_purchases : dt::migration<v1, dt::step<dt::create_table<purchase>, dt::drop_table<"purchase">>> {};
struct by_id {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::deletes<"customer", by_id, dt::satisfies<"purchase_customer_fkey">>> {};
#else
struct app_7 : dt::release<"7", dt::deletes<"customer", by_id>> {};
#endif
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<add_purchases>>>);
