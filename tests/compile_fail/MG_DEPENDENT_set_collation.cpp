// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct country : dt::table<"country", dt::column<"code", dt::text>, dt::primary_key<"code">> {};
struct customer : dt::table<"customer",
    dt::column<"country", dt::text>,
#ifndef DOVETAIL_BAD
    dt::index<"customer_country_idx", "country">> {};
#else
    dt::foreign_key<"customer_country_fkey", dt::columns<"country">, dt::references<"country", "code">>> {};
#endif
struct v1 : dt::schema<"1", country, customer> {};
struct m1 : dt::migration<v1, dt::step<dt::set_collation<"customer", "country", "C">, dt::drop_collation<"customer", "country">>> {};

static_assert(dt::reversible<m1>);
