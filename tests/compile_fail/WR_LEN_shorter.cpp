// SPDX-License-Identifier: BSL-1.0
// expect: WR_LEN
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::varchar<200>>> {};
struct v1 : dt::schema<"1", customer> {};
struct shorten : dt::migration<v1, dt::step<dt::set_type<"customer", "name", dt::varchar<50>>,
                                            dt::set_type<"customer", "name", dt::varchar<200>>>> {};
struct signup { std::string name; };
#ifndef DOVETAIL_BAD
using short_name = dt::refines<"name", dt::at_most<50>>;
struct app_7 : dt::release<"7", dt::inserts<"customer", signup, short_name>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"customer", signup>> {};
#endif
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<shorten>>>);
