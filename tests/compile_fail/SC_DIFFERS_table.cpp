// SPDX-License-Identifier: BSL-1.0
// expect: SC_DIFFERS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"nick", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
#ifndef DOVETAIL_BAD
struct shop : dt::schema<"shop", customer> {};
#else
struct shop : dt::schema<"shop", customer, product> {};
#endif

static_assert(dt::same<v1, shop>);
