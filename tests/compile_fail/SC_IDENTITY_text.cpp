// SPDX-License-Identifier: BSL-1.0
// expect: SC_IDENTITY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"nr", dt::integer, dt::identity>> {};
#else
    dt::column<"nr", dt::text, dt::identity>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
