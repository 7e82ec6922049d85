// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct overview {
  std::int64_t id;
  std::string customer;
};
#ifndef DOVETAIL_BAD
using by_customer = dt::join<"customer", dt::on<"customer_id", "id">>;
#else
using by_customer = dt::right_join<"customer", dt::on<"customer_id", "id">>;
#endif
struct app_7 : dt::release<"7", dt::reads<"purchase", overview, by_customer,
                                              dt::field<&overview::customer, "name", "customer">>> {};
static_assert(dt::compatible<app_7, v1>);
