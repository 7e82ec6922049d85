// SPDX-License-Identifier: BSL-1.0
// expect: RD_LEN
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
#ifndef DOVETAIL_BAD
    dt::column<"name", dt::varchar<40>>> {};
#else
    dt::column<"name", dt::text>> {};
#endif
struct v1 : dt::schema<"1", customer> {};
struct card {
  dt::bounded_text<40> name;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
static_assert(dt::compatible<app_7, v1>);
