// SPDX-License-Identifier: BSL-1.0
// expect: SC_SEQUENCE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint, dt::next_value_of<"invoice_number">>> {};
#ifndef DOVETAIL_BAD
struct invoice_number : dt::sequence<"invoice_number", dt::bigint, dt::start_with<1000>> {};
#else
struct invoice_number : dt::sequence<"invoice_number", dt::bigint, dt::start_with<1000>, dt::max_value<999>> {};
#endif
struct v1 : dt::schema<"1", invoice, invoice_number> {};

static_assert(dt::valid<v1>);
