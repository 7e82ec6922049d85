// SPDX-License-Identifier: BSL-1.0
// expect: RD_TABLE_MISSING
#include <cstdint>

#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice : dt::table<"invoice", dt::column<"total", dt::bigint>> {};
struct v1 : dt::schema<"1", dt::named_schema<"billing">, invoice> {};
#ifndef DOVETAIL_BAD
struct move_invoices : dt::expand<v1, dt::gradual_rename_table<"invoice", dt::in_schema<"billing", "invoice">>> {};
#else
struct move_invoices : dt::migration<v1,
    dt::step<dt::set_schema<"invoice", "billing">, dt::set_schema<dt::in_schema<"billing", "invoice">, "">>> {};
#endif
struct v2 : dt::after<"2", move_invoices> {};

struct totals { std::int64_t total; };
struct app_7 : dt::release<"7", dt::reads<"invoice", totals>> {};

static_assert(dt::compatible<app_7, v1, v2>);
