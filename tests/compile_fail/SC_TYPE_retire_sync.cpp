// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using doubled = dt::sync<"doubled", dt::older<dt::synced<"a", "b / 2">>, dt::newer<dt::synced<"b", "2 * a">>>;
struct customer : dt::table<"customer", dt::column<"a", dt::integer>, dt::column<"b", dt::integer>, doubled> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using side = dt::older<>;
#else
using side = dt::column<"a", dt::integer>;
#endif
struct retire : dt::migration<v1, dt::step<dt::retire_sync<"customer", "doubled", side>, dt::fill_sync<"customer", "doubled">>> {};

static_assert(dt::reversible<retire>);
