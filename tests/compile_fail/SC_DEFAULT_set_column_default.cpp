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
    : dt::migration<v1, dt::step<dt::set_column_default<"product", "price", dt::default_value<"0.99">>,
                                 dt::set_column_default<"product", "price", dt::default_value<"0.50">>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_column_default<"product", "price", dt::default_value<"0.995">>,
                                 dt::set_column_default<"product", "price", dt::default_value<"0.50">>>> {};
#endif

static_assert(dt::reversible<m1>);
