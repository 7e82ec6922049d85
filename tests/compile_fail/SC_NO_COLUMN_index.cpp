// SPDX-License-Identifier: BSL-1.0
// expect: SC_NO_COLUMN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::index<"idx", "id">> {};
#else
    dt::index<"idx", "id", "name">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
