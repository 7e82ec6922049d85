// SPDX-License-Identifier: BSL-1.0
// expect: MG_NARROWER
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::integer, dt::identity>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using type = dt::bigint;
#else
using type = dt::smallint;
#endif
struct expand_id : dt::expand<v1, dt::gradual_widen_column<"customer", "id", type>> {};

static_assert(dt::reversible<expand_id>);
