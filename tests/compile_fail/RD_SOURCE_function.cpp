// SPDX-License-Identifier: BSL-1.0
// expect: RD_SOURCE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct newest : dt::function<"newest", dt::query<"SELECT id FROM customer ORDER BY id DESC LIMIT 9">,
    dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, newest> {};
struct number {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"newest", number, dt::called>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"newest", number>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
