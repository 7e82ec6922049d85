// SPDX-License-Identifier: BSL-1.0
// expect: SC_DUPLICATE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"name", dt::text>> {};
#else
    dt::column<"id", dt::text>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
