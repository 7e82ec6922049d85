// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct document : dt::table<"document",
#ifndef DOVETAIL_BAD
    dt::column<"id", dt::uuid>> {};
#else
    dt::column<"id", dt::text>> {};
#endif
struct v1 : dt::schema<"1", document> {};
struct entry {
  dt::value::uuid id;
};
struct app_7 : dt::release<"7", dt::reads<"document", entry>> {};
static_assert(dt::compatible<app_7, v1>);
