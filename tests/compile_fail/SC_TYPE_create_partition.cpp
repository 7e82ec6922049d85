// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct event : dt::table<"event", dt::column<"day", dt::date>, dt::partitioned_by_range<"day">> {};
struct v1 : dt::schema<"1", event> {};
#ifndef DOVETAIL_BAD
using added = dt::default_partition<"event_rest">;
#else
using added = dt::table<"event_rest", dt::column<"day", dt::date>>;
#endif
struct more : dt::migration<v1, dt::step<dt::create_partition<"event", added>, dt::drop_partition<"event", "event_rest">>> {};

static_assert(dt::reversible<more>);
