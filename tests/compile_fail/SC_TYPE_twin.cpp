// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"full_name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using initial = dt::twin<dt::column<"initial", dt::text>, "left(full_name, 1)">;
#else
using initial = dt::twin<dt::text, "left(full_name, 1)">;
#endif
struct expand_initial : dt::expand<v1, dt::gradual_add_column<"customer", initial>> {};

static_assert(dt::reversible<expand_initial>);
