// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"visits", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
struct total {
  std::int64_t visits;
};
#ifndef DOVETAIL_BAD
using summed = dt::computed<"visits", dt::bigint, dt::expression<"max(visits)">>;
#else
using summed = dt::computed<"maximum", dt::bigint, dt::expression<"max(visits)">>;
#endif
struct app_7 : dt::release<"7", dt::reads<"customer", total, summed>> {};
static_assert(dt::compatible<app_7, v1>);
