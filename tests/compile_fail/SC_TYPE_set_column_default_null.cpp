// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_column_default<"customer", "note", dt::default_value<"">>, dt::drop_column_default<"customer", "note">>> {};
#else
    : dt::migration<v1, dt::step<dt::set_column_default<"customer", "note", dt::null>, dt::drop_column_default<"customer", "note">>> {};
#endif

static_assert(dt::reversible<change_it>);
