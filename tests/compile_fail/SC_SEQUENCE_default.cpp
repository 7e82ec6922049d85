// SPDX-License-Identifier: BSL-1.0
// expect: SC_SEQUENCE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint, dt::next_value_of<"invoice_number">>> {};
#else
struct invoice : dt::table<"invoice", dt::column<"number", dt::integer, dt::next_value_of<"invoice_number">>> {};
#endif
struct invoice_number : dt::sequence<"invoice_number", dt::bigint, dt::start_with<1000>> {};
struct v1 : dt::schema<"1", invoice, invoice_number> {};

static_assert(dt::valid<v1>);
