// SPDX-License-Identifier: BSL-1.0
// expect: SC_PARTITION
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct measure : dt::table<"measure",
    dt::column<"id", dt::bigint>,
    dt::column<"day", dt::date>,
#ifndef DOVETAIL_BAD
    dt::primary_key<"id", "day">,
#else
    dt::primary_key<"id">,
#endif
    dt::partitioned_by_range<"day">,
    dt::default_partition<"measure_rest">> {};
struct v1 : dt::schema<"1", measure> {};

static_assert(dt::valid<v1>);
