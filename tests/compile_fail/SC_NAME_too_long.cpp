// SPDX-License-Identifier: BSL-1.0
// expect: SC_NAME
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
#ifndef DOVETAIL_BAD
    dt::index<"customer_id_idx", "id">> {};
#else
    dt::index<"customer_id_idx_for_the_monthly_report_of_the_accounting_department", "id">> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
