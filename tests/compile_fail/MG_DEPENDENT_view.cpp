// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>> {};
#ifndef DOVETAIL_BAD
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint>> {};
#else
struct numbers : dt::view<"numbers", dt::query<"SELECT id FROM customer WHERE note > ''">, dt::column<"id", dt::bigint>> {};
#endif
struct v1 : dt::schema<"1", customer, numbers> {};
struct drop_note : dt::migration<v1,
    dt::lossy<"nobody reads it", dt::step<dt::drop_column<"customer", "note">,
                                          dt::add_column<"customer", dt::column<"note", dt::text, dt::null>>>>> {};

static_assert(dt::reversible<drop_note>);
