// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>

namespace dt = dovetail;

struct event : dt::table<"event", dt::column<"id", dt::bigint>, dt::partitioned_by_hash<"id">, dt::hash_partition<"event_0", 1, 0>> {};
struct v1 : dt::schema<"1", event> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::ddl<dialect, v1>;
