// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"a", dt::integer>> {};
struct v1 : dt::schema<"1", customer> {};
using b = dt::column<"b", dt::integer, dt::null>;
using doubled = dt::sync<"doubled", dt::older<>, dt::newer<dt::synced<"b", "2 * a">>, dt::stale<dt::newer<>>>;
#ifndef DOVETAIL_BAD
using added = dt::add_sync<"customer", doubled, b>;
#else
using added = dt::add_sync<"customer", b, doubled>;
#endif
struct add_b : dt::migration<v1, dt::step<added, dt::drop_sync<"customer", "doubled">>> {};

static_assert(dt::reversible<add_b>);
