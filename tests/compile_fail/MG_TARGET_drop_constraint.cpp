// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"email", dt::text>,
    dt::unique<"email_key", "email">,
    dt::unique_index<"email_idx", "email">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::drop_constraint<"customer", "email_key">,
                                 dt::add_constraint<"customer", dt::unique<"email_key", "email">>>> {};
#else
    : dt::migration<v1, dt::step<dt::drop_constraint<"customer", "email_idx">,
                                 dt::add_constraint<"customer", dt::unique<"email_idx", "email">>>> {};
#endif

static_assert(dt::reversible<m1>);
