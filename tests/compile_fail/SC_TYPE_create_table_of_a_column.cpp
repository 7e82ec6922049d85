// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
struct invoice : dt::table<"invoice", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
struct change_it
#ifndef DOVETAIL_BAD
    : dt::migration<v1, dt::step<dt::create_table<invoice>, dt::drop_table<"invoice">>> {};
#else
    : dt::migration<v1, dt::step<dt::create_table<dt::column<"invoice", dt::bigint>>, dt::drop_table<"invoice">>> {};
#endif

static_assert(dt::reversible<change_it>);
