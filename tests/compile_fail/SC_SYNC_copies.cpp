// SPDX-License-Identifier: BSL-1.0
// expect: SC_SYNC
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using by_purchase = dt::index<"item_by_purchase", "purchase_id">;
#else
using by_purchase = dt::index<"item_by_purchase", "id", "purchase_id">;
#endif
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_name", dt::text>, dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"id", dt::bigint>, dt::column<"purchase_id", dt::bigint>, dt::primary_key<"id">, by_purchase,
                        dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>> {};
struct v1 : dt::schema<"1", purchase, item> {};
struct copy_names : dt::expand<v1, dt::gradual_denormalise<"item", "item_purchase_fkey", dt::synced<"customer_name">>> {};

static_assert(dt::reversible<copy_names>);
