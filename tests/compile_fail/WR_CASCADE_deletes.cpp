// SPDX-License-Identifier: BSL-1.0
// expect: WR_CASCADE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
using customer_id = dt::column<"customer_id", dt::bigint, dt::null>;
struct purchase : dt::table<"purchase", customer_id> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct linked_purchase : dt::table<"purchase", customer_id,
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">,
                    dt::on_delete<dt::cascade>>> {};
struct v2 : dt::schema<"2", customer, linked_purchase> {};
struct by_id {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::deletes<"customer", by_id, dt::satisfies<"purchase_customer_fkey">>> {};
#else
struct app_7 : dt::release<"7", dt::deletes<"customer", by_id>> {};
#endif
static_assert(dt::compatible<app_7, v1, v2>);
