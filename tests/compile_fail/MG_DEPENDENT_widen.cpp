// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::integer, dt::identity>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct name : dt::view<"name",
#ifndef DOVETAIL_BAD
    dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
#else
    dt::query<"SELECT id FROM customer">, dt::column<"id", dt::integer>> {};
#endif
struct v1 : dt::schema<"1", customer, name> {};
struct expand_id : dt::expand<v1, dt::gradual_widen_column<"customer", "id", dt::bigint>> {};

static_assert(dt::reversible<expand_id>);
