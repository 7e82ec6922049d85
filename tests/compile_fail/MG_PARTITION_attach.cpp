// SPDX-License-Identifier: BSL-1.0
// expect: MG_PARTITION
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct measure : dt::table<"measure",
    dt::column<"id", dt::bigint>,
    dt::column<"day", dt::date>,
    dt::index<"measure_id_idx", "id">,
    dt::partitioned_by_range<"day">> {};
struct archive : dt::table<"measure_2025",
    dt::column<"id", dt::bigint>,
    dt::column<"day", dt::date>
#ifndef DOVETAIL_BAD
    , dt::index<"archive_idx", "id">
#endif
    > {};
struct v1 : dt::schema<"1", measure, archive> {};
struct take_back : dt::migration<v1,
    dt::step<dt::attach_partition<"measure", dt::range_partition<"measure_2025", dt::from<"2025-01-01">, dt::until<"2026-01-01">>>,
             dt::detach_partition<"measure", archive>>> {};

static_assert(dt::reversible<take_back>);
