// SPDX-License-Identifier: BSL-1.0
// expect: WR_GENERATED
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"email", dt::text>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct change {
  std::int64_t id;
  std::string email;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::updates<"customer", change, dt::key<"id">>> {};
#else
struct app_7 : dt::release<"7", dt::updates<"customer", change, dt::key<"email">>> {};
#endif
static_assert(dt::compatible<app_7, v1>);
