// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using document = dt::column<"d", dt::jsonb>;
#else
using document = dt::column<"d", dt::json>;
#endif
struct customer : dt::table<"customer", document> {};
struct v1 : dt::schema<"1", customer> {};
struct expand_d : dt::expand<v1, dt::gradual_rename_column<"customer", "d", "data">> {};
constexpr dt::ddl_script script = dt::up<dt::postgresql<15>, expand_d>;
