// SPDX-License-Identifier: BSL-1.0
// expect: WR_TYPE
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

#include <string>

namespace dt = dovetail;

struct document : dt::table<"document", dt::column<"id", dt::uuid>> {};
struct v1 : dt::schema<"1", document> {};
struct entry {
#ifndef DOVETAIL_BAD
  dt::value::uuid id;
#else
  std::string id;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"document", entry>> {};
static_assert(dt::compatible<app_7, v1>);
