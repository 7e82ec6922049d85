// SPDX-License-Identifier: BSL-1.0
// expect: MG_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct address : dt::table<"address", dt::column<"id", dt::bigint>, dt::column<"street", dt::text, dt::null>,
                           dt::column<"city", dt::text, dt::null>, dt::primary_key<"id">,
#ifndef DOVETAIL_BAD
                           dt::check<"address_check", "street IS NOT NULL OR city IS NOT NULL">,
#endif
                           dt::foreign_key<"address_fkey", dt::columns<"id">, dt::references<"customer", "id">,
                                           dt::on_delete<dt::cascade>, dt::on_update<dt::cascade>>> {};
struct v1 : dt::schema<"1", customer, address> {};
using merging = dt::gradual_merge_table<"customer", "address", "street", "city">;
struct expand : dt::expand<v1, merging> {};

static_assert(dt::reversible<expand>);
