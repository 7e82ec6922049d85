// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct purchase : dt::table<"purchase",
#ifndef DOVETAIL_BAD
    dt::column<"customer_id", dt::integer>,
#else
    dt::column<"customer_id", dt::numeric<9>>,
#endif
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>> {};
struct v1 : dt::schema<"1", customer, purchase> {};

static_assert(dt::valid<v1>);
