// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"state", state, dt::default_value<"open">>,
    dt::check<"positive", "id > 0">> {};
struct v1 : dt::schema<"1", purchase> {};
#ifndef DOVETAIL_BAD
struct state_2 : dt::enumeration<"state", "open", "sent", "paid"> {};
#else
struct state_2 : dt::enumeration<"stat", "open", "sent", "paid"> {};
#endif
struct m1 : dt::migration<v1, dt::step<dt::add_label<state_2, "sent">, dt::drop_label<state, "sent">>> {};

static_assert(dt::reversible<m1>);
