// SPDX-License-Identifier: BSL-1.0
// expect: SC_DEFAULT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct product : dt::table<"product",
    dt::column<"id", dt::bigint>,
    dt::column<"price", dt::numeric<12, 2>, dt::default_value<"0.50">>> {};
struct v1 : dt::schema<"1", product> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_type<"product", "price", dt::numeric<9, 2>>,
                                 dt::set_type<"product", "price", dt::numeric<12, 2>>>> {};
#else
    : dt::migration<v1, dt::lossy<"so", dt::step<dt::set_type<"product", "price", dt::numeric<9, 1>>,
                                                 dt::set_type<"product", "price", dt::numeric<12, 2>>>>> {};
#endif

static_assert(dt::reversible<m1>);
