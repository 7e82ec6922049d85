// SPDX-License-Identifier: BSL-1.0
// expect: SC_NO_COLUMN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::primary_key<"id">> {};
#else
    dt::primary_key<"nr">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
