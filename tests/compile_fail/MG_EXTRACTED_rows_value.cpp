// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>,
                            dt::column<"home_street", dt::text, dt::null>, dt::column<"home_city", dt::text, dt::null>,
                            dt::column<"work_street", dt::text, dt::null>, dt::column<"work_city", dt::text, dt::null>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
#ifndef DOVETAIL_BAD
using work = dt::row_of<"work", "work_street", "work_city">;
#else
using work = dt::row_of<"home", "work_street", "work_city">;
#endif
using extracting = dt::gradual_extract_rows<"customer", "address", dt::column<"kind", dt::text>, dt::columns<"street", "city">,
                                            dt::row_of<"home", "home_street", "home_city">, work>;
struct expand : dt::expand<v1, extracting> {};

static_assert(dt::reversible<expand>);
