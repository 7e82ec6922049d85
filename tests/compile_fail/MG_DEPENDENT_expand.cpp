// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using key = dt::unique<"customer_email_key", "email">;
#else
using key = dt::primary_key<"email">;
#endif
struct customer : dt::table<"customer", dt::column<"email", dt::text>, key> {};
struct v1 : dt::schema<"1", customer> {};
struct expand_email : dt::expand<v1, dt::gradual_rename_column<"customer", "email", "address">> {};

static_assert(dt::reversible<expand_email>);
