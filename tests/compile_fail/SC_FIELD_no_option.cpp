// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct renaming {
  std::int64_t id;
  std::string name;
};
#ifndef DOVETAIL_BAD
using by_id = dt::key<"id">;
#else
using by_id = dt::primary_key<"id">;
#endif
struct unit : dt::updates<"customer", renaming, dt::key<"id">, by_id> {};
struct app_7 : dt::release<"7", unit> {};
static_assert(dt::compatible<app_7, v1>);
