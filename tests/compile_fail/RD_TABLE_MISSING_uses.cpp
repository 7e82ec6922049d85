// SPDX-License-Identifier: BSL-1.0
// expect: RD_TABLE_MISSING
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"city", dt::text>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::uses<"customer", "city">> {};
#else
struct app_7 : dt::release<"7", dt::uses<"client", "city">> {};
#endif
static_assert(dt::compatible<app_7, v1>);
