// SPDX-License-Identifier: BSL-1.0
// expect: SC_SYNC
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using nick = dt::column<"nick", dt::text, dt::null>;
#else
using nick = dt::column<"nick", dt::text, dt::null, dt::default_value<"?">>;
#endif
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, nick> {};
struct v1 : dt::schema<"1", customer> {};
struct expand_nick : dt::expand<v1, dt::gradual_rename_column<"customer", "nick", "nickname">> {};

static_assert(dt::reversible<expand_nick>);
