// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using narrow = dt::integer;
using wide = dt::bigint;
#else
using narrow = dt::varchar<9>;
using wide = dt::varchar<20>;
#endif
struct area : dt::table<"area", dt::column<"code", narrow>, dt::primary_key<"code">> {};
struct street : dt::table<"street", dt::column<"area", narrow>,
    dt::foreign_key<"street_area_fkey", dt::columns<"area">, dt::references<"area", "code">>> {};
struct v1 : dt::schema<"1", area, street> {};
struct expand_code : dt::expand<v1, dt::gradual_widen_column<"area", "code", wide>> {};

static_assert(dt::reversible<expand_code>);
