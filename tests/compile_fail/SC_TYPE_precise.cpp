// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct event : dt::table<"event", dt::column<"at", dt::precise<dt::timestamptz, 6>>> {};
#else
struct event : dt::table<"event", dt::column<"at", dt::precise<dt::timestamptz, 9>>> {};
#endif
struct v1 : dt::schema<"1", event> {};
static_assert(dt::valid<v1>);
