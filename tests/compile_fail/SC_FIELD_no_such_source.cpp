// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct buyer {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
using id = dt::field<&buyer::id, "id", "customer">;
#else
using id = dt::field<&buyer::id, "id", "client">;
#endif
struct app_7 : dt::release<"7", dt::reads<"purchase", buyer, dt::join<"customer", dt::on<"customer_id", "id">>, id>> {};
static_assert(dt::compatible<app_7, v1>);
