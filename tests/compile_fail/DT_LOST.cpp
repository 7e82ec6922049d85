// SPDX-License-Identifier: BSL-1.0
// expect: DT_LOST
#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using note = dt::column<"note", dt::text, dt::null>;
struct v1 : dt::schema<"1", dt::table<"purchase", dt::column<"id", dt::bigint>>> {};
struct add_note : dt::migration<v1, dt::step<dt::add_column<"purchase", note>, dt::drop_column<"purchase", "note">>> {};

struct purchase { std::int64_t id; std::optional<std::string> note; };
struct app_8 : dt::release<"8", dt::inserts<"purchase", purchase>> {};
#ifndef DOVETAIL_BAD
using migrate_note = dt::migrate<add_note, dt::forward_only<"notes are kept: what is wrong with them the next release mends">>;
#else
using migrate_note = dt::migrate<add_note>;
#endif
struct deploy_8 : dt::rollout<dt::live<v1>, migrate_note, dt::start<app_8>> {};
static_assert(dt::safe<deploy_8>);
static_assert(dt::reversible<deploy_8>);
