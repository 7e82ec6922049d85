// SPDX-License-Identifier: BSL-1.0
// expect: SC_NO_COLUMN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"name", dt::text>,
#ifndef DOVETAIL_BAD
    dt::index_on<"customer_id_idx", dt::element<"id">, dt::include<"name">>> {};
#else
    dt::index_on<"customer_id_idx", dt::element<"id">, dt::include<"nick">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
