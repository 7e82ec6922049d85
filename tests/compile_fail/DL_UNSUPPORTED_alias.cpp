// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, dt::alias<"client", customer>> {};
#ifndef DOVETAIL_BAD
constexpr dt::ddl_script script = dt::ddl<dt::postgresql<15>, v1>;
#else
constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
#endif
