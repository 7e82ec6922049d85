// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct total {
#ifndef DOVETAIL_BAD
  std::int64_t count;
#else
  std::int32_t count;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"customer", total, dt::computed<"count", dt::bigint, dt::expression<"count(*)">>>> {};
static_assert(dt::compatible<app_7, v1>);
