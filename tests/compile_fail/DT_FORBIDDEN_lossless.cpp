// SPDX-License-Identifier: BSL-1.0
// expect: DT_FORBIDDEN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"fax", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct drop_faxes
    : dt::migration<v1, dt::lossy<"nobody has one", dt::step<dt::drop_column<"customer", "fax">,
                                                             dt::add_column<"customer", dt::column<"fax", dt::text, dt::null>>>>> {};
struct v2 : dt::after<"2", drop_faxes> {};

#ifndef DOVETAIL_BAD
static_assert(dt::lossless<v1>);
#else
static_assert(dt::lossless<v2>);
#endif
