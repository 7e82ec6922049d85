// SPDX-License-Identifier: BSL-1.0
// expect: RD_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct overview {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"purchase", overview, dt::join<"customer", dt::on<"customer_id", "id">>>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"purchase", overview, dt::join<"customer", dt::on<"customer_id", "nr">>>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
