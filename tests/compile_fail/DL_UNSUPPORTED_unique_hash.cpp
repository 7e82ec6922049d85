// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::index_on<"customer_id_idx", dt::element<"id">, dt::method<"hash">>> {};
#else
    dt::unique_index_on<"customer_id_idx", dt::element<"id">, dt::method<"hash">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::ddl<dt::postgresql<15>, v1>.size() != 1);
