// SPDX-License-Identifier: BSL-1.0
// expect: SC_PARTITION
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct measure : dt::table<"measure",
    dt::column<"id", dt::bigint>,
    dt::column<"day", dt::date>,
    dt::partitioned_by_range<"day">,
#ifndef DOVETAIL_BAD
    dt::range_partition<"measure_2026", dt::from<"2026-01-01">, dt::until<"2027-01-01">>,
#else
    dt::range_partition<"measure_2026", dt::from<"2026-01-01">, dt::until<"2027-01-02">>,
#endif
    dt::range_partition<"measure_2027", dt::from<"2027-01-01">, dt::until<"2028-01-01">>> {};
struct v1 : dt::schema<"1", measure> {};

static_assert(dt::valid<v1>);
