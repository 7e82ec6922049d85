// SPDX-License-Identifier: BSL-1.0
// expect: RD_TYPE
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

#include <string>

namespace dt = dovetail;

struct document : dt::table<"document", dt::column<"id", dt::uuid>> {};
struct v1 : dt::schema<"1", document> {};
struct entry {
#ifndef DOVETAIL_BAD
  dt::text_of<dt::uuid> id;
#else
  std::string id;
#endif
};
struct app_7 : dt::release<"7", dt::reads<"document", entry>> {};
static_assert(dt::compatible<app_7, v1>);
