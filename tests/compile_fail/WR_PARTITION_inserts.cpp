// SPDX-License-Identifier: BSL-1.0
// expect: WR_PARTITION
#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct event : dt::table<"event",
    dt::column<"tenant", dt::integer>,
    dt::partitioned_by_list<"tenant">,
    dt::list_partition<"event_1", 1>,
    dt::list_partition<"event_2", 2>
#ifndef DOVETAIL_BAD
    , dt::default_partition<"event_rest">
#endif
    > {};
struct v1 : dt::schema<"1", event> {};
struct seen { std::int32_t tenant; };
struct app_7 : dt::release<"7", dt::inserts<"event", seen>> {};

static_assert(dt::compatible<app_7, v1>);
