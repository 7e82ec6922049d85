// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice_number : dt::sequence<"invoice_number", dt::bigint> {};
struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint>> {};
struct v1 : dt::schema<"1", invoice, invoice_number> {};
using dropping = dt::step<dt::drop_sequence<"invoice_number">, dt::create_sequence<invoice_number>>;
#ifndef DOVETAIL_BAD
struct stop_counting : dt::migration<v1, dt::lossy<"the billing service numbers invoices", dropping>> {};
#else
struct stop_counting : dt::migration<v1, dropping> {};
#endif

static_assert(dt::reversible<stop_counting>);
