// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"debt", dt::numeric<12, 4>>> {};
struct v1 : dt::schema<"1", customer> {};
using rounds = dt::set_type<"customer", "debt", dt::numeric<12, 2>>;
#ifndef DOVETAIL_BAD
struct m1 : dt::migration<v1, dt::lossy<"no debt has parts of a cent",
    dt::step<rounds, dt::set_type<"customer", "debt", dt::numeric<12, 4>>>>> {};
#else
struct m1 : dt::migration<v1, dt::lossy<"no debt has parts of a cent", rounds>> {};
#endif

static_assert(dt::reversible<m1>);
