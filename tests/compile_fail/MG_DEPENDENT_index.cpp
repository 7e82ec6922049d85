// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"area", dt::text, dt::null>,
#ifndef DOVETAIL_BAD
    dt::index<"area_idx", "id">> {};
#else
    dt::index<"area_idx", "area", "id">> {};
#endif
struct v1 : dt::schema<"1", customer> {};
struct m1 : dt::migration<v1, dt::lossy<"unread", dt::step<dt::drop_column<"customer", "area">,
                                                           dt::add_column<"customer", dt::column<"area", dt::text, dt::null>>>>> {};

static_assert(dt::reversible<m1>);
