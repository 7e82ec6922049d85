// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"price", dt::numeric<12, 2>>,
    dt::column<"quantity", dt::integer>,
    dt::column<"total", dt::numeric<12, 2>, dt::generated_stored<"price * quantity">>> {};
struct v1 : dt::schema<"1", item> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::rename_column<"item", "quantity", "pieces">, dt::rename_column<"item", "pieces", "quantity">>> {};
#else
    : dt::migration<v1, dt::lossy<"nobody counts", dt::step<dt::drop_column<"item", "quantity">,
                                                            dt::add_column<"item", dt::column<"quantity", dt::integer, dt::default_value<1>>>>>> {};
#endif

static_assert(dt::reversible<m1>);
