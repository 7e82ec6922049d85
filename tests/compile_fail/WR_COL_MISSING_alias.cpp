// SPDX-License-Identifier: BSL-1.0
// expect: WR_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <string>

namespace dt = dovetail;

struct old_customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text>> {};
struct row { std::int64_t id; std::string note; };
#ifndef DOVETAIL_BAD
struct customer : old_customer {};
#else
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
#endif
struct v1 : dt::schema<"1", old_customer, dt::alias<"client", customer>> {};
struct app_8 : dt::release<"8", dt::inserts<"client", row>> {};

static_assert(dt::compatible<app_8, v1>);
