// SPDX-License-Identifier: BSL-1.0
// expect: WR_EXCLUSION
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct booking : dt::table<"booking", dt::column<"first_day", dt::bigint>, dt::column<"last_day", dt::bigint>> {};
struct v1 : dt::schema<"1", booking> {};
struct no_overlap : dt::migration<v1,
    dt::step<dt::add_constraint<"booking", dt::exclude<"one_booking",
                 dt::element_sql<"int8range(first_day, last_day)", dt::with<"&&">>, dt::method<"gist">>>,
             dt::drop_constraint<"booking", "one_booking">>> {};
struct stay {
  std::int64_t first_day;
  std::int64_t last_day;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::inserts<"booking", stay, dt::satisfies<"one_booking">>> {};
#else
struct app_7 : dt::release<"7", dt::inserts<"booking", stay>> {};
#endif
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<no_overlap>>>);
