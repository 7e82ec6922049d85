// SPDX-License-Identifier: BSL-1.0
// expect: WR_LOSSY
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct country : dt::table<"country",
#ifndef DOVETAIL_BAD
    dt::column<"code", dt::varchar<2>>> {};
#else
    dt::column<"code", dt::character<2>>> {};
#endif
struct v1 : dt::schema<"1", country> {};
struct added {
  std::string code;
};
struct app_7 : dt::release<"7", dt::inserts<"country", added>> {};
static_assert(dt::compatible<app_7, v1>);
