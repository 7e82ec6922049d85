// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXISTS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"email", dt::text>,
    dt::primary_key<"id">,
    dt::unique<"email_key", "email">,
    dt::check<"positive", "id > 0">> {};
struct v1 : dt::schema<"1", customer> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::add_constraint<"customer", dt::check<"email_check", "email <> ''">>,
                                 dt::drop_constraint<"customer", "email_check">>> {};
#else
    : dt::migration<v1, dt::step<dt::add_constraint<"customer", dt::check<"positive", "email <> ''">>,
                                 dt::drop_constraint<"customer", "positive">>> {};
#endif

static_assert(dt::reversible<m1>);
