// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"code", dt::text>,
    dt::column<"email", dt::text>,
    dt::primary_key<"id">,
    dt::unique<"code_key", "code">,
    dt::unique<"email_key", "email">> {};
struct purchase : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"customer", dt::text>,
    dt::primary_key<"id">,
    dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "code">>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_constraint<"purchase",
        dt::foreign_key<"email_fkey", dt::columns<"customer">, dt::references<"customer", "email">>>,
                                 dt::drop_constraint<"purchase", "email_fkey">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_constraint<"purchase",
        dt::foreign_key<"email_fkey", dt::columns<"customer">, dt::references<"customer", "mail">>>,
                                 dt::drop_constraint<"purchase", "email_fkey">>> {};
#endif

static_assert(dt::reversible<m1>);
