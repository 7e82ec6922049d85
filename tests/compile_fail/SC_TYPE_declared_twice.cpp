// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
#ifndef DOVETAIL_BAD
struct state_again : dt::enumeration<"state", "open", "paid"> {};
#else
struct state_again : dt::enumeration<"state", "open"> {};
#endif
struct purchase : dt::table<"purchase", dt::column<"state", state>> {};
struct payment : dt::table<"payment", dt::column<"state", state_again>> {};
struct v1 : dt::schema<"1", purchase, payment> {};

static_assert(dt::valid<v1>);
