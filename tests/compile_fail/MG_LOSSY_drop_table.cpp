// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};
using drop_product = dt::step<dt::drop_table<"product">, dt::create_table<product>>;
#ifndef DOVETAIL_BAD
struct m1 : dt::migration<v1, dt::lossy<"sold out", drop_product>> {};
#else
struct m1 : dt::migration<v1, drop_product> {};
#endif

static_assert(dt::reversible<m1>);
