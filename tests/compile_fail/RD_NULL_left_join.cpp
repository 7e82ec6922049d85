// SPDX-License-Identifier: BSL-1.0
// expect: RD_NULL
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct overview {
  std::int64_t id;
#ifndef DOVETAIL_BAD
  std::optional<std::string> customer;
#else
  std::string customer;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"purchase", overview, dt::left_join<"customer", dt::on<"customer_id", "id">>,
                                              dt::field<&overview::customer, "name", "customer">>> {};
static_assert(dt::compatible<app_7, v1>);
