// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
                            dt::column<"visits", dt::bigint, dt::default_value<0>>
#else
                            dt::column<"visits", dt::bigint, dt::null, dt::default_value<0>>
#endif
                            > {};
struct v1 : dt::schema<"1", customer, dt::alias<"client", customer>> {};
constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
