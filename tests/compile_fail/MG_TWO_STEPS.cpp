// SPDX-License-Identifier: BSL-1.0
// expect: MG_TWO_STEPS
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

constexpr dt::fixed_string there = dt::in_schema<"billing", "customer">;
constexpr dt::fixed_string renamed = dt::in_schema<"billing", "client">;

template <dt::fixed_string Name>
using customer = dt::table<Name, dt::column<"id", dt::bigint>, dt::primary_key<"id">>;
struct v1 : dt::schema<"1", customer<"customer">, dt::named_schema<"billing">> {};
struct m1
#ifndef DOVETAIL_BAD
    : dt::migration<v1,
                    dt::step<dt::set_schema<"customer", "billing">, dt::set_schema<there, "">>,
                    dt::step<dt::rename_table<there, renamed>, dt::rename_table<renamed, there>>> {};
#else
    : dt::migration<v1, dt::step<dt::rename_table<"customer", renamed>, dt::rename_table<renamed, "customer">>> {};
#endif

static_assert(dt::reversible<m1>);
