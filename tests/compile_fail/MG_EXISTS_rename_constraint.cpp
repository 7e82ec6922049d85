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
    : dt::migration<v1, dt::step<dt::rename_constraint<"customer", "positive", "id_check">,
                                 dt::rename_constraint<"customer", "id_check", "positive">>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_constraint<"customer", "positive", "email_key">,
                                 dt::rename_constraint<"customer", "email_key", "positive">>> {};
#endif

static_assert(dt::reversible<m1>);
