// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"email", dt::text>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase", dt::column<"customer_id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>> {};
#else
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"client", "id">>> {};
#endif
struct v1 : dt::schema<"1", customer, purchase> {};

static_assert(dt::valid<v1>);
