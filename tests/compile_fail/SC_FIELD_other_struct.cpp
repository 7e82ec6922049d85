// SPDX-License-Identifier: BSL-1.0
// expect: SC_FIELD
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct card {
  std::string name;
};
struct badge {
  std::string name;
};
#ifndef DOVETAIL_BAD
using named = dt::field<&card::name, "name">;
#else
using named = dt::field<&badge::name, "name">;
#endif
struct app_7 : dt::release<"7", dt::reads<"customer", card, named>> {};
static_assert(dt::compatible<app_7, v1>);
