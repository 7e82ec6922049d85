// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>> {};
struct touch : dt::routine<"touch", dt::body<"plpgsql", "BEGIN NEW.changed = now(); RETURN NEW; END">,
                           dt::returns<"trigger">> {};
struct v1 : dt::schema<"1", customer, touch> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::ddl<dialect, v1>;
