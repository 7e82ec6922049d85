// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>,
                            dt::column<"home_phone", dt::varchar<40>, dt::null>,
#ifndef DOVETAIL_BAD
                            dt::column<"work_phone", dt::varchar<40>, dt::null>,
#else
                            dt::column<"work_phone", dt::text, dt::null>,
#endif
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_rows<"customer", "phone", dt::column<"kind", dt::text>, dt::columns<"number">,
                                            dt::row_of<"home", "home_phone">, dt::row_of<"work", "work_phone">>;
struct expand : dt::expand<v1, extracting> {};

static_assert(dt::reversible<expand>);
