// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct booking : dt::table<"booking",
    dt::column<"first_day", dt::bigint>,
    dt::column<"last_day", dt::bigint>,
    dt::exclude<"one_booking", dt::element_sql<"int8range(first_day, last_day)", dt::with<"&&">>, dt::method<"gist">>> {};
struct v1 : dt::schema<"1", booking> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::ddl<dialect, v1>;
