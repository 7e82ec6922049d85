// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXISTS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::rename_column<"customer", "name", "full_name">, dt::rename_column<"customer", "full_name", "name">>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_column<"customer", "name", "nick">, dt::rename_column<"customer", "nick", "name">>> {};
#endif

static_assert(dt::reversible<m1>);
