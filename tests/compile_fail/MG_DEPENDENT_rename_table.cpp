// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
#ifndef DOVETAIL_BAD
struct numbers : dt::view<"numbers", dt::query<"SELECT 7">, dt::column<"id", dt::bigint>> {};
#else
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint>> {};
#endif
struct v1 : dt::schema<"1", customer, numbers> {};
struct m1 : dt::migration<v1, dt::step<dt::rename_table<"customer", "client">, dt::rename_table<"client", "customer">>> {};

static_assert(dt::reversible<m1>);
