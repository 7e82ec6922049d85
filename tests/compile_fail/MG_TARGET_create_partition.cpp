// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct event : dt::table<"event", dt::column<"day", dt::date>, dt::partitioned_by_range<"day">> {};
#else
struct event : dt::table<"event", dt::column<"day", dt::date>> {};
#endif
struct v1 : dt::schema<"1", event> {};
struct more : dt::migration<v1,
    dt::step<dt::create_partition<"event", dt::default_partition<"event_rest">>, dt::drop_partition<"event", "event_rest">>> {};

static_assert(dt::reversible<more>);
