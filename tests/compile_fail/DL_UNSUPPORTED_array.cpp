// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::column<"tags", dt::jsonb>> {};
#else
    dt::column<"tags", dt::array<dt::text>>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::ddl<dt::sqlite<3, 40>, v1>.size() != 1);
