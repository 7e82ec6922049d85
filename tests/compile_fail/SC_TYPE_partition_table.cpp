// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct event : dt::table<"event", dt::column<"day", dt::date>> {};
struct v1 : dt::schema<"1", event> {};
#ifndef DOVETAIL_BAD
using part = dt::partition_table<"event", dt::partitioned_by_range<"day">, dt::default_partition<"event_rest">>;
#else
using part = dt::partition_table<"event", dt::default_partition<"event_rest">>;
#endif
struct by_day : dt::migration<v1, dt::step<part, dt::unpartition_table<"event", "event_rest">>> {};

static_assert(dt::reversible<by_day>);
