// SPDX-License-Identifier: BSL-1.0
// expect: SC_EMPTY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
#else
struct customer : dt::table<"customer"> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
