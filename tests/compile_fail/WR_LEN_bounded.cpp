// SPDX-License-Identifier: BSL-1.0
// expect: WR_LEN
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::varchar<40>>> {};
struct v1 : dt::schema<"1", customer> {};
struct signup {
#ifndef DOVETAIL_BAD
  dt::bounded_text<40> name;
#else
  dt::bounded_text<60> name;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
static_assert(dt::compatible<app_7, v1>);
