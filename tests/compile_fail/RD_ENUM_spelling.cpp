// SPDX-License-Identifier: BSL-1.0
// expect: RD_ENUM
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct state : dt::enumeration<"state", "open", "in progress"> {};
enum class order_state { open, in_progress };
#ifndef DOVETAIL_BAD
template <>
struct dt::enum_labels<order_state> : dt::labelled<dt::label<order_state::in_progress, "in progress">> {};
#endif
struct purchase : dt::table<"purchase", dt::column<"state", state>> {};
struct v1 : dt::schema<"1", purchase> {};
struct card {
  order_state state;
};
struct app_7 : dt::release<"7", dt::reads<"purchase", card>> {};
static_assert(dt::compatible<app_7, v1>);
