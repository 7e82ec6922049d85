// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
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
    : dt::migration<v1, dt::step<dt::drop_constraint<"customer", "email_key">,
                                 dt::add_constraint<"customer", dt::unique<"email_key", "email">>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_constraint<"customer", "code_key">,
                                 dt::add_constraint<"customer", dt::unique<"code_key", "code">>>> {};
#endif

static_assert(dt::reversible<m1>);
