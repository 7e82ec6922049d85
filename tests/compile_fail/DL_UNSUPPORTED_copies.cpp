// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer_name", dt::text>, dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"purchase_id", dt::bigint>, dt::index<"item_by_purchase", "purchase_id">,
                        dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>> {};
struct v1 : dt::schema<"1", purchase, item> {};
struct copy_names : dt::expand<v1, dt::gradual_denormalise<"item", "item_purchase_fkey", dt::synced<"customer_name">>> {};
#ifndef DOVETAIL_BAD
using dialect = dt::postgresql<15>;
#else
using dialect = dt::sqlite<3, 40>;
#endif
constexpr dt::ddl_script script = dt::up<dialect, copy_names>;
