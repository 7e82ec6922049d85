// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/drop_index.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using by_id = dt::unique_index<"by_id", "id">;
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, by_id, dt::unique<"key", "id">> {};
struct v1 : dt::schema<"1", customer> {};

template <dt::fixed_string Index, dt::fixed_string Table = "customer">
constexpr const dt::model::change& dropped = dt::drop_index<Table, Index>::value;
static_assert(dropped<"by_id">.kind == dt::model::change_kind::drop_index);
static_assert(dropped<"by_id">.table == dt::identifier("customer") &&
              dropped<"by_id">.object == dt::identifier("by_id"));

static_assert([] {
  const test::applied done(v1::value, dropped<"by_id">);
  return done.draft.findings.empty() && done.draft.find("customer")->parts.size() == 2;
}());
static_assert(test::comes_back(v1::value, dropped<"by_id">));
static_assert(natural_inverse(dropped<"by_id">, v1::value).declared == &by_id::value);
static_assert(natural_inverse(dropped<"by_id", "client">, v1::value).declared == nullptr);

static_assert(test::raises(v1::value, dropped<"by_name">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, dropped<"by_name">).object == "by_name" &&
              test::first_finding(v1::value, dropped<"by_name">).other == "index");
static_assert(test::raises(v1::value, dropped<"key">, code::MG_TARGET), "a constraint is no index");
static_assert(test::raises(v1::value, dropped<"id">, code::MG_TARGET), "a column is no index");
static_assert(test::raises(v1::value, dropped<"by_id", "client">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, dropped<"by_id", "client">).other == "table");

}  // namespace
