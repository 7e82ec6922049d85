// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"name", dt::text>> {};
#ifndef DOVETAIL_BAD
struct top : dt::view<"top", dt::query<"SELECT name FROM customer LIMIT 9">, dt::column<"name", dt::text>> {};
#else
struct top : dt::function<"top", dt::query<"SELECT name FROM customer LIMIT 9">, dt::column<"name", dt::text>> {};
#endif
struct v1 : dt::schema<"1", customer, top> {};
constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
