// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>,
                            dt::column<"street", dt::text, dt::null>,
#ifndef DOVETAIL_BAD
                            dt::column<"city", dt::text, dt::null>,
#else
                            dt::column<"city", dt::text>,
#endif
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_table<"customer", "address", "street", "city">;
struct expand : dt::expand<v1, extracting> {};

static_assert(dt::reversible<expand>);
