// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct no_paid : dt::enumeration<"state", "open"> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"state", state>,
#ifndef DOVETAIL_BAD
    dt::check<"known", "id > 0">> {};
#else
    dt::check<"known", "id > 0 OR state = 'open'">> {};
#endif
struct v1 : dt::schema<"1", purchase> {};
struct m1 : dt::migration<v1, dt::step<dt::drop_label<no_paid, "paid">, dt::add_label<state, "paid">>> {};

static_assert(dt::reversible<m1>);
