// SPDX-License-Identifier: BSL-1.0
// expect: WR_KEY
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
struct by_id {
#ifndef DOVETAIL_BAD
  std::int64_t id;
#endif
};
struct app_7 : dt::release<"7", dt::deletes<"customer", by_id>> {};
static_assert(dt::compatible<app_7, v1>);
