// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXISTS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>, dt::index<"name_idx", "name">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_index<"product", dt::index<"product_idx", "id">>,
                                 dt::drop_index<"product", "product_idx">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_index<"product", dt::index<"name_idx", "id">>,
                                 dt::drop_index<"product", "name_idx">>> {};
#endif

static_assert(dt::reversible<m1>);
