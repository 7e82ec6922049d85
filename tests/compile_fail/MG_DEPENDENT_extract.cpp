// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>,
                            dt::column<"street", dt::text, dt::null>, dt::column<"city", dt::text, dt::null>,
                            dt::primary_key<"id">,
#ifndef DOVETAIL_BAD
                            dt::check<"city_check", "city <> ''">> {};
#else
                            dt::check<"city_check", "city <> name">> {};
#endif
struct v1 : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_table<"customer", "address", "street", "city">;
struct expand : dt::expand<v1, extracting> {};

static_assert(dt::reversible<expand>);
