// SPDX-License-Identifier: BSL-1.0
// expect: DT_BLOCKED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using note = dt::column<"note", dt::text, dt::null>;
struct v1 : dt::schema<"1", dt::table<"purchase", dt::column<"id", dt::bigint>>> {};
struct add_note : dt::migration<v1, dt::step<dt::add_column<"purchase", note>, dt::drop_column<"purchase", "note">>> {};
#ifndef DOVETAIL_BAD
struct deploy : dt::rollout<dt::live<v1>, dt::migrate<add_note, dt::forward_only<"notes stay">>> {};
static_assert(dt::reversible<deploy>);
#else
struct deploy : dt::rollout<dt::live<v1>, dt::migrate<add_note, dt::forward_only<"">>> {};
#endif
