// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_ACTION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"id", dt::bigint>,
    dt::column<"parent", dt::bigint, dt::generated_stored<"id / 10">, dt::null>,
    dt::primary_key<"id">,
#ifndef DOVETAIL_BAD
    dt::foreign_key<"item_parent_fkey", dt::columns<"parent">, dt::references<"item", "id">, dt::on_delete<dt::cascade>>> {};
#else
    dt::foreign_key<"item_parent_fkey", dt::columns<"parent">, dt::references<"item", "id">, dt::on_delete<dt::set_null>>> {};
#endif
struct v1 : dt::schema<"1", item> {};

static_assert(dt::valid<v1>);
