// SPDX-License-Identifier: BSL-1.0
// expect: SC_KEY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"code", dt::text>, dt::primary_key<"code">> {};
#else
    dt::column<"code", dt::text, dt::null>, dt::primary_key<"code">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
