// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
using nick = dt::column<"nick", dt::text, dt::null>;
#ifndef DOVETAIL_BAD
struct m1 : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>> {};
#else
struct m1 : dt::migration<v1, nick> {};
#endif
static_assert(dt::reversible<m1>);
