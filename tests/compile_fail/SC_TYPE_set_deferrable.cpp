// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"id", dt::bigint>,
    dt::column<"parent", dt::bigint, dt::null>,
    dt::primary_key<"id">,
    dt::foreign_key<"item_parent_fkey", dt::columns<"parent">, dt::references<"item", "id">>> {};
struct v1 : dt::schema<"1", item> {};
#ifndef DOVETAIL_BAD
using when = dt::initially_deferred;
#else
using when = dt::nulls_not_distinct;
#endif
struct m1 : dt::migration<v1, dt::step<dt::set_deferrable<"item", "item_parent_fkey", when>,
                                       dt::drop_deferrable<"item", "item_parent_fkey">>> {};

static_assert(dt::reversible<m1>);
