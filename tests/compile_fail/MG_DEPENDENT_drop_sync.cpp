// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using naming = dt::sync<"naming", dt::older<dt::synced<"full_name">>, dt::newer<dt::synced<"name">>, dt::stale<dt::newer<>>>;
#ifndef DOVETAIL_BAD
using by_name = dt::index<"by_name", "full_name">;
#else
using by_name = dt::index<"by_name", "name">;
#endif
struct customer : dt::table<"customer", dt::column<"full_name", dt::text>, dt::column<"name", dt::text, dt::null>, naming, by_name> {};
struct v1 : dt::schema<"1", customer> {};
struct back : dt::migration<v1, dt::step<dt::drop_sync<"customer", "naming">,
                                         dt::add_sync<"customer", naming, dt::column<"name", dt::text, dt::null>>>> {};

static_assert(dt::reversible<back>);
