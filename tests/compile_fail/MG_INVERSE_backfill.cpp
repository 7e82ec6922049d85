// SPDX-License-Identifier: BSL-1.0
// expect: MG_INVERSE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct currency : dt::table<"currency",
    dt::column<"code", dt::character<3>>,
    dt::column<"digits", dt::smallint>,
    dt::column<"name", dt::text, dt::null>,
    dt::column<"title", dt::text, dt::null>,
    dt::primary_key<"code">> {};
struct v1 : dt::schema<"1", currency> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::backfill<"currency", "name", "lower(code)">,
                                 dt::clear_column<"currency", "name">>> {};
#else
    : dt::migration<v1, dt::step<dt::backfill<"currency", "name", "lower(code)">,
                                 dt::clear_column<"currency", "title">>> {};
#endif

static_assert(dt::reversible<m1>);
