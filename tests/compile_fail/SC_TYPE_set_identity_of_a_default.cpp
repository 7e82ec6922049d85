// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_identity<"customer", "id", dt::identity>, dt::drop_identity<"customer", "id">>> {};
#else
    : dt::migration<v1, dt::step<dt::set_identity<"customer", "id", dt::default_value<1>>, dt::drop_identity<"customer", "id">>> {};
#endif

static_assert(dt::reversible<change_it>);
