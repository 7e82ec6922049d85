// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXCLUSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct booking : dt::table<"booking",
    dt::column<"room", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::exclude<"one_booking", dt::element<"room", dt::with<"=">>>> {};
#else
    dt::exclude<"one_booking", dt::element<"room">>> {};
#endif
struct v1 : dt::schema<"1", booking> {};

static_assert(dt::valid<v1>);
