// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">,
#ifndef DOVETAIL_BAD
    dt::column<"id", dt::bigint>> {};
#else
    dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
#endif
struct v1 : dt::schema<"1", customer, numbers> {};

static_assert(dt::valid<v1>);
