// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

using last_year = dt::range_partition<"event_2025", dt::from<"2025-01-01">, dt::until<"2026-01-01">>;
struct event : dt::table<"event", dt::column<"day", dt::date>, dt::partitioned_by_range<"day">, last_year> {};
struct v1 : dt::schema<"1", event> {};
using forget = dt::step<dt::drop_partition<"event", "event_2025">, dt::create_partition<"event", last_year>>;
#ifndef DOVETAIL_BAD
struct clean_up : dt::migration<v1, dt::lossy<"nobody asks for events of last year", forget>> {};
#else
struct clean_up : dt::migration<v1, forget> {};
#endif

static_assert(dt::reversible<clean_up>);
