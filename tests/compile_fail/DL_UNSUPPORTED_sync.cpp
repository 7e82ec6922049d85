// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"shop", dt::bigint>, dt::column<"full_name", dt::text>,
#ifndef DOVETAIL_BAD
                            dt::unique<"customer_name_key", "full_name">
#else
                            dt::unique<"customer_name_key", "shop", "full_name">
#endif
                            > {};
struct v1 : dt::schema<"1", customer> {};
struct expand_name : dt::expand<v1, dt::gradual_rename_column<"customer", "full_name", "display_name">> {};
constexpr dt::ddl_script script = dt::up<dt::sqlite<3, 40>, expand_name>;
