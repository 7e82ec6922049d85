// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_primary_key<"customer">, dt::add_constraint<"customer", dt::primary_key<"id">>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_primary_key<"product">, dt::add_constraint<"product", dt::primary_key<"id">>>> {};
#endif

static_assert(dt::reversible<m1>);
