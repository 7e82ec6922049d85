// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct country : dt::table<"country", dt::column<"code", dt::character<2>>> {};
#else
struct country : dt::table<"country", dt::column<"code", dt::character<0>>> {};
#endif
struct v1 : dt::schema<"1", country> {};
static_assert(dt::valid<v1>);
