// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"state", state, dt::default_value<"open">>,
    dt::check<"positive", "id > 0">> {};
struct no_open : dt::enumeration<"state", "paid"> {};
struct no_paid : dt::enumeration<"state", "open"> {};
struct v1 : dt::schema<"1", purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_label<no_paid, "paid">, dt::add_label<state, "paid">>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_label<no_open, "open">, dt::add_label<state, "open">>> {};
#endif

static_assert(dt::reversible<m1>);
