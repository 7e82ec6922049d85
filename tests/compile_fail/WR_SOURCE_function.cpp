// SPDX-License-Identifier: BSL-1.0
// expect: WR_SOURCE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct top : dt::function<"top", dt::query<"SELECT name FROM customer LIMIT 9">, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer, top> {};
struct by_name {
  std::string name;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::deletes<"customer", by_name>> {};
#else
struct app_7 : dt::release<"7", dt::deletes<"top", by_name>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
