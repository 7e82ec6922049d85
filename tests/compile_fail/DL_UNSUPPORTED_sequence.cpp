// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint>> {};
struct invoice_number : dt::sequence<"invoice_number", dt::bigint> {};
struct v1 : dt::schema<"1", invoice, invoice_number> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::ddl<dialect, v1>;
