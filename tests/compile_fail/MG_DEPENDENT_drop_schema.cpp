// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice : dt::table<dt::in_schema<"billing", "invoice">, dt::column<"total", dt::bigint>> {};
struct v1 : dt::schema<"1", dt::named_schema<"billing">, invoice> {};
struct unite : dt::migration<v1,
#ifndef DOVETAIL_BAD
    dt::step<dt::set_schema<dt::in_schema<"billing", "invoice">, "">, dt::set_schema<"invoice", "billing">>,
#endif
    dt::step<dt::drop_schema<"billing">, dt::create_schema<"billing">>> {};

static_assert(dt::reversible<unite>);
