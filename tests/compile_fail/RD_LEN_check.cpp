// SPDX-License-Identifier: BSL-1.0
// expect: RD_LEN
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct country : dt::table<"country", dt::column<"code", dt::text>,
#ifndef DOVETAIL_BAD
    dt::check_values<"country_code_check", "code", dt::at_most<2>>> {};
#else
    dt::check_values<"country_code_check", "code", dt::at_most<3>>> {};
#endif
struct v1 : dt::schema<"1", country> {};
struct shown {
  dt::bounded_text<2> code;
};
struct app_7 : dt::release<"7", dt::reads<"country", shown>> {};
static_assert(dt::compatible<app_7, v1>);
