// SPDX-License-Identifier: BSL-1.0
// expect: MG_INVERSE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::comment<"who has bought something">, dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using back = dt::set_comment<"customer", "who has bought something">;
#else
using back = dt::drop_comment<"customer">;
#endif
struct m1 : dt::migration<v1, dt::step<dt::set_comment<"customer", "who has signed up">, back>> {};

static_assert(dt::reversible<m1>);
