// SPDX-License-Identifier: BSL-1.0
// expect: MG_VALUE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct currency : dt::table<"currency", dt::column<"code", dt::text>, dt::column<"digits", dt::smallint>,
                            dt::primary_key<"code">,
                            dt::check_values<"currency_digits_check", "digits", dt::between<0, 4>>> {};
struct v1 : dt::schema<"1", currency> {};
#ifndef DOVETAIL_BAD
using yen = dt::row<"JPY", 0>;
#else
using yen = dt::row<"JPY", -1>;
#endif
struct m1 : dt::migration<v1, dt::step<dt::insert_rows<"currency", dt::columns<"code", "digits">, yen>,
                                       dt::delete_rows<"currency", dt::columns<"code">, dt::row<"JPY">>>> {};
static_assert(dt::reversible<m1>);
