// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXCLUSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct booking : dt::table<"booking",
    dt::column<"room", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::unique_on<"one_booking", dt::columns<"room">, dt::deferrable>> {};
#else
    dt::unique_index_on<"one_booking", dt::element<"room">, dt::deferrable>> {};
#endif
struct v1 : dt::schema<"1", booking> {};

static_assert(dt::valid<v1>);
