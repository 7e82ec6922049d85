// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint>> {};
struct small : dt::view<"small", dt::query<"SELECT id FROM numbers WHERE id < 10">, dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, numbers, small> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_view<"small">, dt::create_view<small>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_view<"customer">, dt::create_view<small>>> {};
#endif

static_assert(dt::reversible<m1>);
