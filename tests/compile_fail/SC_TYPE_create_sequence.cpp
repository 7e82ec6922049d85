// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint>> {};
struct v1 : dt::schema<"1", invoice> {};
struct invoice_number : dt::sequence<"invoice_number", dt::bigint> {};
#ifndef DOVETAIL_BAD
using made = invoice_number;
#else
using made = dt::column<"number", dt::bigint>;
#endif
struct count : dt::migration<v1, dt::step<dt::create_sequence<made>, dt::drop_sequence<"invoice_number">>> {};

static_assert(dt::reversible<count>);
