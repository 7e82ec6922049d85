// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"full_name", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
struct expand_name : dt::expand<v1, dt::gradual_rename_column<"customer", "full_name", "display_name">> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::up<dialect, expand_name>;
