// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"home_phone", dt::text, dt::null>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using home = dt::row_of<"home", "home_phone">;
#else
using home = dt::columns<"home_phone">;
#endif
using extracting = dt::gradual_extract_rows<"customer", "phone", dt::column<"kind", dt::text>, dt::columns<"number">, home>;
struct expand : dt::expand<v1, extracting> {};

static_assert(sizeof(expand) == 1);
