// SPDX-License-Identifier: BSL-1.0
// expect: SC_ALIAS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
#ifndef DOVETAIL_BAD
struct client : dt::alias<"client", customer> {};
#else
struct before : dt::table<"customer", dt::column<"id", dt::integer>> {};
struct client : dt::alias<"client", before> {};
#endif
struct v1 : dt::schema<"1", customer, client> {};

static_assert(dt::valid<v1>);
