// SPDX-License-Identifier: BSL-1.0
// expect: SC_PROMISE
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"state", dt::text>> {};
struct v1 : dt::schema<"1", purchase> {};
struct ordered {
  std::string state;
};
#ifndef DOVETAIL_BAD
using known = dt::refines<"state", dt::one_of<"open", "paid">>;
#else
using known = dt::refines<"state", dt::one_of<"open", "open">>;
#endif
struct app_7 : dt::release<"7", dt::inserts<"purchase", ordered, known>> {};
static_assert(dt::compatible<app_7, v1>);
