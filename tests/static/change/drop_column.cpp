// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/drop_column.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using note = dt::column<"note", dt::text, dt::null>;
struct customer
    : dt::table<"customer", dt::column<"id", dt::bigint>, note, dt::column<"email", dt::text>,
                dt::column<"area", dt::text>, dt::column<"amount", dt::integer, dt::default_value<0>>,
                dt::column<"parent", dt::bigint, dt::null>, dt::primary_key<"id">, dt::unique<"email_key", "email">,
                dt::index<"area_idx", "id", "area">, dt::check<"amount_positive", "Amount >= 0">,
                dt::foreign_key<"parent_fkey", dt::columns<"parent">, dt::references<"customer", "id">>> {};
struct v1 : dt::schema<"1", customer> {};

template <dt::fixed_string Column, dt::fixed_string Table = "customer">
constexpr const dt::model::change& dropped = dt::drop_column<Table, Column>::value;

static_assert(dropped<"note">.kind == dt::model::change_kind::drop_column);
static_assert(dropped<"note">.table == dt::identifier("customer") && dropped<"note">.object == dt::identifier("note"));

static_assert([] {
  const test::applied done(v1::value, dropped<"note">);
  return done.draft.findings.empty() && done.draft.find("customer")->find_column("note") == nullptr &&
         done.draft.find("customer")->parts.size() == customer::value.parts.size() - 1;
}());
static_assert(test::comes_back(v1::value, dropped<"note">));
static_assert(natural_inverse(dropped<"note">, v1::value).declared == &note::value);
static_assert(natural_inverse(dropped<"note", "client">, v1::value).declared == nullptr);

static_assert(test::raises(v1::value, dropped<"nr">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, dropped<"nr">).object == "nr" &&
              test::first_finding(v1::value, dropped<"nr">).other == "column");
static_assert(test::raises(v1::value, dropped<"note", "client">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, dropped<"note", "client">).other == "table");
static_assert(test::raises(v1::value, dropped<"area_idx">, code::MG_TARGET), "an index is no column");

// What needs the column, all of it.
static_assert(test::raises(v1::value, dropped<"id">, code::MG_DEPENDENT, code::MG_DEPENDENT));
constexpr dt::finding key = test::first_finding(v1::value, dropped<"id">);
static_assert(key.table == "customer" && key.object == "id" && key.other == "primary key" &&
              key.detail == "primary key");
static_assert(test::raises(v1::value, dropped<"email">, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"email">).other == "email_key" &&
              test::first_finding(v1::value, dropped<"email">).detail == "unique constraint");
static_assert(test::raises(v1::value, dropped<"area">, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"area">).detail == "index");
static_assert(test::raises(v1::value, dropped<"amount">, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"amount">).other == "amount_positive");
static_assert(test::raises(v1::value, dropped<"parent">, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"parent">).detail == "foreign key");

// A view or function needs what its query mentions, of the table that it mentions.
template <dt::fixed_string Query>
struct with_view : dt::schema<"2", customer, dt::view<"notes", dt::query<Query>, dt::column<"note", dt::text>>> {};
template <dt::fixed_string Query>
constexpr const dt::model::schema& seen = with_view<Query>::value;
static_assert(test::raises(seen<"SELECT note FROM customer">, dropped<"note">, code::MG_DEPENDENT));
static_assert(test::first_finding(seen<"SELECT note FROM customer">, dropped<"note">).other == "notes" &&
              test::first_finding(seen<"SELECT note FROM customer">, dropped<"note">).detail == "view");
static_assert(test::raises(seen<"SELECT id FROM customer">, dropped<"note">));
static_assert(test::raises(seen<"SELECT note FROM client">, dropped<"note">));
static_assert(test::raises(seen<"SELECT note FROM customer">, dropped<"note", "notes">, code::MG_TARGET), "no table");

}  // namespace
