// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXPRESSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"email", dt::text>,
#ifndef DOVETAIL_BAD
    dt::trigger<"customer_touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">> {};
#else
    dt::trigger<"customer_touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch();">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
