// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>,
    dt::foreign_key<"purchase_fkey", dt::columns<"id">, dt::references<"customer", "id">>> {};
struct v1 : dt::schema<"1", customer, product, purchase> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::lossy<"sold", dt::step<dt::drop_table<"product">, dt::create_table<product>>>> {};
#else
    : dt::migration<v1, dt::lossy<"sold", dt::step<dt::drop_table<"customer">, dt::create_table<customer>>>> {};
#endif

static_assert(dt::reversible<m1>);
