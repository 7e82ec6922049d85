// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using fax = dt::column<"fax", dt::text, dt::null>;
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, fax> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using gone = dt::step<dt::drop_column<"customer", "fax">, dt::add_column<"customer", fax>>;
#else
using gone = fax;
#endif
struct m1 : dt::migration<v1, dt::lossy<"nobody has one", gone>> {};
static_assert(dt::reversible<m1>);
