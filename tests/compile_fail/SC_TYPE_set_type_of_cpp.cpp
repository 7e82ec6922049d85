// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_type<"customer", "id", dt::numeric<20>>, dt::set_type<"customer", "id", dt::bigint>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_type<"customer", "id", int>, dt::set_type<"customer", "id", dt::bigint>>> {};
#endif

static_assert(dt::reversible<change_it>);
