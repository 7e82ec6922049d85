// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXISTS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::index<"customer_idx", "id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>, dt::index<"product_idx", "id">> {};
struct v1 : dt::schema<"1", customer, product> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::rename_index<"customer", "customer_idx", "by_id">, dt::rename_index<"customer", "by_id", "customer_idx">>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_index<"customer", "customer_idx", "product_idx">,
                                 dt::rename_index<"customer", "product_idx", "customer_idx">>> {};
#endif

static_assert(dt::reversible<m1>);
