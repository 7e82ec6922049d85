// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"email", dt::text>,
    dt::trigger<"customer_touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::ddl<dialect, v1>;
