// SPDX-License-Identifier: BSL-1.0
// expect: WR_LEN
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::varchar<60>>> {};
struct v1 : dt::schema<"1", customer> {};
struct shorter : dt::table<"customer", dt::column<"name", dt::varchar<40>>> {};
struct v2 : dt::schema<"2", shorter> {};
struct signup {
  dt::bounded_text<60> name;
};
#ifndef DOVETAIL_BAD
using bound = dt::refines<"name", dt::at_most<40>>;
#else
using bound = dt::refines<"name", dt::at_most<60>>;
#endif
struct app_7 : dt::release<"7", dt::inserts<"customer", signup, bound>> {};
static_assert(dt::compatible<app_7, v1, v2>);
