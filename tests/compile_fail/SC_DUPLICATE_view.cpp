// SPDX-License-Identifier: BSL-1.0
// expect: SC_DUPLICATE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
#ifndef DOVETAIL_BAD
struct named : dt::view<"named", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
#else
struct named : dt::view<"customer", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
#endif
struct v1 : dt::schema<"1", customer, named> {};
static_assert(dt::valid<v1>);
