// SPDX-License-Identifier: BSL-1.0
// expect: SC_EXPRESSION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"email", dt::text>,
    dt::column<"deleted_at", dt::timestamptz, dt::null>,
#ifndef DOVETAIL_BAD
    dt::unique_index_on<"customer_email", dt::element_sql<"lower(email)">, dt::where<"deleted_at IS NULL">>> {};
#else
    dt::unique_index_on<"customer_email", dt::element_sql<"lower(email)">, dt::where<"(deleted_at IS NULL">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
