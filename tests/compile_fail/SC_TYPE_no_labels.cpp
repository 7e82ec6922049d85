// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct state : dt::enumeration<"state", "open"> {};
#else
struct state : dt::enumeration<"state"> {};
#endif
struct purchase : dt::table<"purchase", dt::column<"state", state>> {};
struct v1 : dt::schema<"1", purchase> {};

static_assert(dt::valid<v1>);
