// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
struct invoice : dt::table<"invoice", dt::column<"total", dt::bigint>> {};
struct v1 : dt::schema<"1", invoice> {};
#else
struct invoice : dt::table<dt::in_schema<"billing", "invoice">, dt::column<"total", dt::bigint>> {};
struct v1 : dt::schema<"1", dt::named_schema<"billing">, invoice> {};
#endif
constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
