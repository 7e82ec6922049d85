// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice_number : dt::sequence<"invoice_number", dt::bigint> {};
struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint, dt::next_value_of<"invoice_number">>> {};
struct v1 : dt::schema<"1", invoice, invoice_number> {};
struct stop_counting : dt::migration<v1,
#ifndef DOVETAIL_BAD
    dt::step<dt::drop_column_default<"invoice", "number">,
             dt::set_column_default<"invoice", "number", dt::next_value_of<"invoice_number">>>,
#endif
    dt::lossy<"the billing service numbers invoices", dt::step<dt::drop_sequence<"invoice_number">, dt::create_sequence<invoice_number>>>> {};

static_assert(dt::reversible<stop_counting>);
