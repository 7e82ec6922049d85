// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"state", state, dt::default_value<"open">>,
    dt::check<"positive", "id > 0">> {};
struct state_2 : dt::enumeration<"state", "open", "settled"> {};
struct v1 : dt::schema<"1", purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::rename_label<state_2, "paid", "settled">, dt::rename_label<state, "settled", "paid">>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_label<state_2, "payed", "settled">, dt::rename_label<state, "settled", "payed">>> {};
#endif

static_assert(dt::reversible<m1>);
