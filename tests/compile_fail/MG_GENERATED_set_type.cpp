// SPDX-License-Identifier: BSL-1.0
// expect: MG_GENERATED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"price", dt::numeric<12, 2>>,
    dt::column<"quantity", dt::integer>,
    dt::column<"total", dt::numeric<12, 2>, dt::generated_stored<"price * quantity">>> {};
struct v1 : dt::schema<"1", item> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_column<"item", "total">,
                                 dt::add_column<"item", dt::column<"total", dt::numeric<12, 2>, dt::generated_stored<"price * quantity">>>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_type<"item", "total", dt::numeric<14, 2>>, dt::set_type<"item", "total", dt::numeric<12, 2>>>> {};
#endif

static_assert(dt::reversible<m1>);
