// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using code = dt::body<"sql", "SELECT a || a">;
using takes = dt::arguments<"a text">;
#ifndef DOVETAIL_BAD
struct twice : dt::routine<"twice", code, takes, dt::returns<"text">> {};
#else
struct twice : dt::routine<"twice", takes, code, dt::returns<"text">> {};
#endif
struct v1 : dt::schema<"1", dt::table<"customer", dt::column<"id", dt::bigint>>, twice> {};

static_assert(dt::valid<v1>);
