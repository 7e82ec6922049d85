// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"fax", dt::text, dt::null>,
                            dt::index<"by_fax", "fax">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
struct drop_fax : dt::cascade_column<v1, "customer", "fax", "nobody has one"> {};
#else
struct drop_fax : dt::cascade_column<v1, "customer", "fax", ""> {};
#endif

static_assert(dt::reversible<drop_fax>);
