// SPDX-License-Identifier: BSL-1.0
// expect: MG_ROWS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct currency : dt::table<"currency",
    dt::column<"code", dt::character<3>>,
    dt::column<"digits", dt::smallint>,
    dt::column<"name", dt::text, dt::null>,
    dt::primary_key<"code">> {};
struct v1 : dt::schema<"1", currency> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::insert_rows<"currency", dt::columns<"code", "digits">, dt::row<"EUR", 2>, dt::row<"JPY", 0>>,
                                 dt::delete_rows<"currency", dt::columns<"code">, dt::row<"EUR">, dt::row<"JPY">>>> {};
#else
    : dt::migration<v1, dt::step<dt::insert_rows<"currency", dt::columns<"code", "digits">, dt::row<"EUR", 2>, dt::row<"EUR", 0>>,
                                 dt::delete_rows<"currency", dt::columns<"code">, dt::row<"EUR">, dt::row<"JPY">>>> {};
#endif

static_assert(dt::reversible<m1>);
