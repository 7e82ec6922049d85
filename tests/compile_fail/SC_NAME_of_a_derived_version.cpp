// SPDX-License-Identifier: BSL-1.0
// expect: SC_NAME
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1 : dt::migration<v1> {};
#ifndef DOVETAIL_BAD
struct v2 : dt::after<"2", m1> {};
#else
struct v2 : dt::after<"2 ", m1> {};
#endif

static_assert(dt::valid<v2>);
