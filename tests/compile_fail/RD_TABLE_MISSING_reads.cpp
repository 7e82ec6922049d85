// SPDX-License-Identifier: BSL-1.0
// expect: RD_TABLE_MISSING
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
  std::int64_t id;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"customers", card>> {};
#endif

static_assert(dt::compatible<app_7, v1>);
