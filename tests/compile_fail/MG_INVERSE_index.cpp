// SPDX-License-Identifier: BSL-1.0
// expect: MG_INVERSE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>, dt::unique_index<"by_name", "name">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_index<"customer", "by_name">,
                                 dt::add_index<"customer", dt::unique_index<"by_name", "name">>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_index<"customer", "by_name">,
                                 dt::add_index<"customer", dt::index<"by_name", "name">>>> {};
#endif

static_assert(dt::reversible<m1>);
