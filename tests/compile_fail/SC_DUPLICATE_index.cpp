// SPDX-License-Identifier: BSL-1.0
// expect: SC_DUPLICATE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::index<"id_idx", "id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::index<"product_id_idx", "id">> {};
#else
    dt::index<"id_idx", "id">> {};
#endif
struct v1 : dt::schema<"1", customer, product> {};

static_assert(dt::valid<v1>);
