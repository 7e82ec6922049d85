// SPDX-License-Identifier: BSL-1.0
// expect: DT_BLOCKED
#include <cstdint>

#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "paid"> {};
struct state_now : dt::enumeration<"state", "open", "paid", "held"> {};
struct v1 : dt::schema<"1", dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"state", state>>> {};
struct add_held : dt::migration<v1, dt::step<dt::add_label<state_now, "held">, dt::drop_label<state, "held">>> {};

enum class purchase_state { open, paid, held };
struct purchase { std::int64_t id; purchase_state state; };
#ifndef DOVETAIL_BAD
struct app_8 : dt::release<"8", dt::reads<"purchase", purchase>> {};
#else
struct app_8 : dt::release<"8", dt::inserts<"purchase", purchase>> {};
#endif
struct deploy_8 : dt::rollout<dt::live<v1>, dt::migrate<add_held>, dt::start<app_8>> {};
static_assert(dt::safe<deploy_8>);
static_assert(dt::reversible<deploy_8>);
