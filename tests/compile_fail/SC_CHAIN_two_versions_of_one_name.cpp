// SPDX-License-Identifier: BSL-1.0
// expect: SC_CHAIN
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1 : dt::migration<v1> {};
struct v2 : dt::after<"2", m1> {};
struct m2 : dt::migration<v2> {};
#ifndef DOVETAIL_BAD
struct v3 : dt::after<"3", m2> {};
#else
struct v3 : dt::after<"1", m2> {};
#endif

static_assert(dt::valid<v3>);
