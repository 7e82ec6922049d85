// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};

#ifndef DOVETAIL_BAD
struct numbers : dt::table<"numbers", dt::column<"id", dt::bigint>> {};
#else
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint>> {};
#endif
struct add_numbers : dt::migration<v1, dt::step<dt::create_table<numbers>, dt::drop_table<"numbers">>> {};

static_assert(dt::reversible<add_numbers>);
