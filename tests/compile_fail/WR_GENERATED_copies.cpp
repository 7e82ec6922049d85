// SPDX-License-Identifier: BSL-1.0
// expect: WR_GENERATED
#include <string>

#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_name", dt::text>, dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"purchase_id", dt::bigint>, dt::column<"customer_name", dt::text>,
                        dt::index<"item_by_purchase", "purchase_id">,
                        dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>,
                        dt::copies<"item_copies", dt::columns<"purchase_id">, dt::references<"purchase", "id">,
                                   dt::newer<dt::synced<"customer_name">>>> {};
struct v1 : dt::schema<"1", purchase, item> {};
#ifndef DOVETAIL_BAD
struct new_item { std::int64_t purchase_id; };
#else
struct new_item { std::int64_t purchase_id; std::string customer_name; };
#endif
struct app_7 : dt::release<"7", dt::inserts<"item", new_item>> {};

static_assert(dt::compatible<app_7, v1>);
