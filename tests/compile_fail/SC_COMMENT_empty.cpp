// SPDX-License-Identifier: BSL-1.0
// expect: SC_COMMENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
#ifndef DOVETAIL_BAD
    dt::comment<"who has bought something">,
#else
    dt::comment<"">,
#endif
    dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
