// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXISTS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::index<"customer_idx", "id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>, dt::index<"product_idx", "id">> {};
struct v1 : dt::schema<"1", customer, product> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::rename_table<"customer", "client">, dt::rename_table<"client", "customer">>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_table<"customer", "product">, dt::rename_table<"product", "customer">>> {};
#endif

static_assert(dt::reversible<m1>);
