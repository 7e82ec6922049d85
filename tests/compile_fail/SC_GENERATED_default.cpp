// SPDX-License-Identifier: BSL-1.0
// expect: SC_GENERATED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"price", dt::numeric<12, 2>>,
    dt::column<"quantity", dt::integer>,
#ifndef DOVETAIL_BAD
    dt::column<"total", dt::numeric<12, 2>, dt::generated_stored<"price * quantity">>> {};
#else
    dt::column<"total", dt::numeric<12, 2>, dt::generated_stored<"price * quantity">, dt::default_value<0>>> {};
#endif
struct v1 : dt::schema<"1", item> {};

static_assert(dt::valid<v1>);
