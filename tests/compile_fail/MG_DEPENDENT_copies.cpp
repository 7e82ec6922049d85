// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_name", dt::text>, dt::column<"note", dt::text>,
                            dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"purchase_id", dt::bigint>, dt::column<"customer_name", dt::text>,
                        dt::index<"item_by_purchase", "purchase_id">,
                        dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>,
                        dt::copies<"item_copies", dt::columns<"purchase_id">, dt::references<"purchase", "id">,
                                   dt::newer<dt::synced<"customer_name">>>> {};
struct v1 : dt::schema<"1", purchase, item> {};
#ifndef DOVETAIL_BAD
struct renamed : dt::migration<v1, dt::step<dt::rename_column<"purchase", "note", "name">, dt::rename_column<"purchase", "name", "note">>> {};
#else
struct renamed : dt::migration<v1, dt::step<dt::rename_column<"purchase", "customer_name", "name">,
                                            dt::rename_column<"purchase", "name", "customer_name">>> {};
#endif

static_assert(dt::reversible<renamed>);
