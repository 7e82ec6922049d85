// SPDX-License-Identifier: BSL-1.0
// expect: SC_QUERY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
#ifndef DOVETAIL_BAD
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint>> {};
#else
struct numbers : dt::view<"numbers", dt::query<"SELECT * FROM customer">, dt::column<"id", dt::bigint>> {};
#endif
struct v1 : dt::schema<"1", customer, numbers> {};

static_assert(dt::valid<v1>);
