// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/unproven.hpp>

#include <dovetail/diagnose/lines.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
struct proven : dt::migration<v1, dt::step<dt::add_index<"customer", dt::index<"i", "id">>,
                                           dt::drop_index<"customer", "i">>> {};
struct v2 : dt::after<"2", proven> {};
struct opaque
    : dt::migration<v2, dt::step<dt::drop_index<"customer", "i">, dt::add_index<"customer", dt::index<"i", "id">>>,
                    dt::step<dt::run_sql<"statistics", "ANALYZE", dt::locks<"customer", dt::lock_mode::share>>,
                             dt::run_sql<"nothing to undo", "SELECT 1">>> {};
struct v3 : dt::after<"3", opaque> {};

static_assert(dt::unproven<v1>.empty() && dt::unproven<v2>.empty() && dt::unproven<proven>.empty());
static_assert(test::are(dt::unproven<opaque>, code::DT_UNPROVEN, code::DT_UNPROVEN));
constexpr const dt::finding& up = dt::unproven<opaque>[0];
static_assert(up.migration == "opaque" && up.version == "2" && up.step == 2 && !up.inverse && up.table == "customer" &&
              up.detail == "statistics");
constexpr const dt::finding& down = dt::unproven<opaque>[1];
static_assert(down.step == 2 && down.inverse && down.table.empty() && down.detail == "nothing to undo");
static_assert(test::are(dt::unproven<v3>, code::DT_UNPROVEN, code::DT_UNPROVEN));
static_assert([] {
  dt::text_buffer text;
  for (std::size_t i = 0; i != dt::diagnose::count_lines(down); ++i) {
    dt::diagnose::put_line(text, down, i);
    text << '\n';
  }
  return text.all() == "migration opaque, inverse of step 2\nin version 2 under migration opaque\n"
                       "fix: none, while the reason holds: nothing to undo\n";
}());
