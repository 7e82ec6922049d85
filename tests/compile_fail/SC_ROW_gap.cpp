// SPDX-License-Identifier: BSL-1.0
// expect: SC_ROW
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"state", state>> {};
struct v1 : dt::schema<"1", purchase> {};
#ifndef DOVETAIL_BAD
enum class progress { open, paid };
#else
enum class progress { open, paid = 3 };
#endif
struct order {
  std::int64_t id;
  progress state;
};
struct app_7 : dt::release<"7", dt::reads<"purchase", order>> {};
static_assert(dt::compatible<app_7, v1>);
