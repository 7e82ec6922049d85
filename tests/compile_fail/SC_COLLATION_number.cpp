// SPDX-License-Identifier: BSL-1.0
// expect: SC_COLLATION
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
#ifndef DOVETAIL_BAD
    dt::column<"nr", dt::varchar<9>, dt::collate<"C">>> {};
#else
    dt::column<"nr", dt::integer, dt::collate<"C">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

static_assert(dt::valid<v1>);
