// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_index<"customer", dt::index<"customer_idx", "id">>, dt::drop_index<"customer", "customer_idx">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_column<"customer", dt::index<"customer_idx", "id">>, dt::drop_index<"customer", "customer_idx">>> {};
#endif

static_assert(dt::reversible<change_it>);
