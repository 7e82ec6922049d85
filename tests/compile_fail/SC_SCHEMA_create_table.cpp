// SPDX-License-Identifier: BSL-1.0
// expect: SC_SCHEMA
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
struct invoice : dt::table<dt::in_schema<"billing", "invoice">, dt::column<"total", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
struct bill : dt::migration<v1,
#ifndef DOVETAIL_BAD
    dt::step<dt::create_schema<"billing">, dt::drop_schema<"billing">>,
#endif
    dt::step<dt::create_table<invoice>, dt::drop_table<dt::in_schema<"billing", "invoice">>>> {};

static_assert(dt::reversible<bill>);
