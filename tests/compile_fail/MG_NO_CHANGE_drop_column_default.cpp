// SPDX-License-Identifier: BSL-1.0
// expect: MG_NO_CHANGE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"area", dt::text, dt::default_value<"EU">>,
    dt::column<"nick", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_column_default<"customer", "area">,
                                 dt::set_column_default<"customer", "area", dt::default_value<"EU">>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_column_default<"customer", "nick">,
                                 dt::set_column_default<"customer", "nick", dt::default_value<"EU">>>> {};
#endif

static_assert(dt::reversible<m1>);
