// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::check<"positive", "id > 0">> {};
#else
    dt::check<"positive", "ID > 0">> {};
#endif
struct v1 : dt::schema<"1", customer> {};
struct m1 : dt::migration<v1, dt::step<dt::rename_column<"customer", "id", "number">, dt::rename_column<"customer", "number", "id">>> {};

static_assert(dt::reversible<m1>);
