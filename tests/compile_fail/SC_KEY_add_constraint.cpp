// SPDX-License-Identifier: BSL-1.0
// expect: SC_KEY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>, dt::column<"nick", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_constraint<"customer", dt::primary_key<"name">>, dt::drop_primary_key<"customer">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_constraint<"customer", dt::primary_key<"nick">>, dt::drop_primary_key<"customer">>> {};
#endif

static_assert(dt::reversible<m1>);
