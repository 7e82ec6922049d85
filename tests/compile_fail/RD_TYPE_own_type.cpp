// SPDX-License-Identifier: BSL-1.0
// expect: RD_TYPE
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct money {
  std::int64_t cents;
};
#ifndef DOVETAIL_BAD
template <>
struct dt::field_traits<money> {
  static constexpr dt::field_type type = dt::field_like<dt::bigint>("money");
};
#endif
struct account : dt::table<"account", dt::column<"cents", dt::bigint>> {};
struct v1 : dt::schema<"1", account> {};
struct balance {
  dt::checked<money> cents;
};
struct app_7 : dt::release<"7", dt::reads<"account", balance>> {};
static_assert(dt::compatible<app_7, v1>);
