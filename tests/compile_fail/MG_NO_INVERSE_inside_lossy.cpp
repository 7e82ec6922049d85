// SPDX-License-Identifier: BSL-1.0
// expect: MG_NO_INVERSE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"fax", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
struct m1 : dt::migration<v1, dt::lossy<"unread",
    dt::step<dt::drop_column<"customer", "fax">, dt::add_column<"customer", dt::column<"fax", dt::text, dt::null>>>>> {};
#else
struct m1 : dt::migration<v1, dt::lossy<"unread", dt::step<dt::drop_column<"customer", "fax">>>> {};
#endif

static_assert(dt::reversible<m1>);
