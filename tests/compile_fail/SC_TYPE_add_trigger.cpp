// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"email", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using touched = dt::trigger<"customer_touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">;
#else
using touched = dt::check<"customer_touch", "email <> ''">;
#endif
struct touch_it : dt::migration<v1,
    dt::step<dt::add_trigger<"customer", touched>, dt::drop_trigger<"customer", "customer_touch">>> {};

static_assert(dt::reversible<touch_it>);
