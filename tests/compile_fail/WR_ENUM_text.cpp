// SPDX-License-Identifier: BSL-1.0
// expect: WR_ENUM
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"state", state>> {};
struct v1 : dt::schema<"1", purchase> {};
struct order {
  std::string state;
};
#ifndef DOVETAIL_BAD
using known = dt::refines<"state", dt::one_of<"open">>;
#else
using known = dt::refines<"state", dt::one_of<"open", "new">>;
#endif
struct app_7 : dt::release<"7", dt::inserts<"purchase", order, known>> {};
static_assert(dt::compatible<app_7, v1>);
