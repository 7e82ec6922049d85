// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open"> {};
struct state_2 : dt::enumeration<"state", "open", "paid"> {};
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"state", state>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_label<state_2, "paid">, dt::drop_label<state, "paid">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_label<dt::text, "paid">, dt::drop_label<state, "paid">>> {};
#endif

static_assert(dt::reversible<change_it>);
