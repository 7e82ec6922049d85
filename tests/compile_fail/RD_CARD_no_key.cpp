// SPDX-License-Identifier: BSL-1.0
// expect: RD_CARD
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct account : dt::table<"account", dt::column<"bank", dt::text>, dt::column<"number", dt::text>,
    dt::column<"owner", dt::text>, dt::primary_key<"bank", "number">> {};
struct v1 : dt::schema<"1", account> {};
struct balance {
  std::string owner;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"account", balance>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"account", balance, dt::single<"owner">>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
