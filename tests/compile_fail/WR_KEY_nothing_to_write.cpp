// SPDX-License-Identifier: BSL-1.0
// expect: WR_KEY
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct renaming {
  std::int64_t id;
#ifndef DOVETAIL_BAD
  std::string name;
#endif
};
struct app_7 : dt::release<"7", dt::updates<"customer", renaming, dt::key<"id">>> {};
static_assert(dt::compatible<app_7, v1>);
