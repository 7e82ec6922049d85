// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
#define PURCHASE "purchase"
#else
#define PURCHASE "old"
#endif
struct purchase : dt::table<PURCHASE, dt::column<"id", dt::bigint>, dt::column<"customer_name", dt::text>, dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"purchase_id", dt::bigint>, dt::index<"item_by_purchase", "purchase_id">,
                        dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<PURCHASE, "id">>> {};
struct v1 : dt::schema<"1", purchase, item> {};
struct copy_names : dt::expand<v1, dt::gradual_denormalise<"item", "item_purchase_fkey", dt::synced<"customer_name">>> {};
constexpr dt::ddl_script script = dt::up<dt::sqlite<3, 40>, copy_names>;
