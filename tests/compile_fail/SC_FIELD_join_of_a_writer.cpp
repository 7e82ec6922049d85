// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"customer", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct bought {
  std::int64_t customer;
};
using with_customer = dt::join<"customer", dt::on<"customer", "id">>;
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"purchase", bought, with_customer>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"purchase", bought, with_customer>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
