// SPDX-License-Identifier: BSL-1.0
// expect: RD_CARD
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct overview {
  std::string name;
};
#ifndef DOVETAIL_BAD
using by_purchase = dt::join<"customer", dt::on<"id", "id">, "again">;
#else
using by_purchase = dt::join<"purchase", dt::on<"id", "customer_id">>;
#endif
struct app_7 : dt::release<"7", dt::reads<"customer", overview, by_purchase, dt::single<"id">>> {};
static_assert(dt::compatible<app_7, v1>);
