// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXPRESSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct twice : dt::routine<"twice", dt::body<"sql", "SELECT 2 * a">,
#ifndef DOVETAIL_BAD
    dt::arguments<"a bigint">, dt::returns<"bigint">> {};
#else
    dt::arguments<"a bigint)">, dt::returns<"bigint">> {};
#endif
struct v1 : dt::schema<"1", twice> {};

static_assert(dt::valid<v1>);
