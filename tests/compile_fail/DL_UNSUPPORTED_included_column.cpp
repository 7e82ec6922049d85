// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"email", dt::text>,
#ifndef DOVETAIL_BAD
    dt::index_on<"customer_id_idx", dt::element<"id", dt::descending>, dt::where<"email <> ''">>> {};
#else
    dt::index_on<"customer_id_idx", dt::element<"id", dt::descending>, dt::include<"email">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::ddl<dt::sqlite<3, 40>, v1>.size() != 1);
