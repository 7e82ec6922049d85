// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct event : dt::table<"event", dt::column<"day", dt::date>> {};
struct days : dt::view<"days", dt::query<"SELECT DISTINCT day FROM event">, dt::column<"day", dt::date>> {};
#ifndef DOVETAIL_BAD
struct v1 : dt::schema<"1", event> {};
#else
struct v1 : dt::schema<"1", event, days> {};
#endif
struct by_day : dt::migration<v1,
    dt::step<dt::partition_table<"event", dt::partitioned_by_range<"day">,
                                 dt::range_partition<"event_old", dt::from<>, dt::until<"2027-01-01">>,
                                 dt::default_partition<"event_rest">>,
             dt::unpartition_table<"event", "event_old">>> {};

static_assert(dt::reversible<by_day>);
