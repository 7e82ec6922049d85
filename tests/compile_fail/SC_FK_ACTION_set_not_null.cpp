// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_ACTION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"customer", dt::bigint, dt::null>,
    dt::column<"note", dt::text, dt::null>,
    dt::primary_key<"id">,
    dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "id">,
                    dt::on_delete<dt::set_null>>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::set_not_null<"purchase", "note">, dt::drop_not_null<"purchase", "note">>> {};
#else
    : dt::migration<v1, dt::step<dt::set_not_null<"purchase", "customer">, dt::drop_not_null<"purchase", "customer">>> {};
#endif

static_assert(dt::reversible<m1>);
