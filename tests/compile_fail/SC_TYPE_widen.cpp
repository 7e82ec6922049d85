// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <cstdint>

#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::integer>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using type = dt::bigint;
#else
using type = std::int64_t;
#endif
struct expand_id : dt::expand<v1, dt::gradual_widen_column<"customer", "id", type>> {};

static_assert(dt::reversible<expand_id>);
