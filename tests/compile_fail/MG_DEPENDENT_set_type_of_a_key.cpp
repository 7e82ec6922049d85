// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"customer", dt::bigint>,
    dt::column<"note", dt::text>,
    dt::primary_key<"id">,
    dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "id">>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_type<"purchase", "id", dt::integer>, dt::set_type<"purchase", "id", dt::bigint>>> {};
#else
    : dt::migration<v1, dt::step<dt::set_type<"customer", "id", dt::integer>, dt::set_type<"customer", "id", dt::bigint>>> {};
#endif

static_assert(dt::reversible<m1>);
