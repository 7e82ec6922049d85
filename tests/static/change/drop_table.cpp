// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/drop_table.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint>;
using itself = dt::foreign_key<"itself", dt::columns<"id">, dt::references<"customer", "id">>;
struct customer : dt::table<"customer", id, dt::primary_key<"id">, itself> {};
struct invoice
    : dt::table<"invoice", id, dt::foreign_key<"first", dt::columns<"id">, dt::references<"customer", "id">>,
                dt::foreign_key<"second", dt::columns<"id">, dt::references<"customer", "id">>, dt::index<"i", "id">> {
};
struct v1 : dt::schema<"1", customer, invoice> {};
struct alone : dt::schema<"2", customer> {};

template <dt::fixed_string Table>
constexpr const dt::model::change& dropped = dt::drop_table<Table>::value;
static_assert(dropped<"invoice">.kind == dt::model::change_kind::drop_table);
static_assert(dropped<"invoice">.table == dt::identifier("invoice") && dropped<"invoice">.object.empty());

static_assert([] {
  const test::applied done(v1::value, dropped<"invoice">);
  return done.draft.findings.empty() && done.draft.find("invoice") == nullptr &&
         done.draft.find("customer") == &customer::value;
}());
static_assert(test::comes_back(v1::value, dropped<"invoice">));
static_assert(test::comes_back(alone::value, dropped<"customer">), "its own foreign key does not hold it");
static_assert(natural_inverse(dropped<"invoice">, v1::value).created == &invoice::value);
static_assert(natural_inverse(dropped<"client">, v1::value).created == nullptr);

static_assert(test::raises(v1::value, dropped<"client">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, dropped<"client">).table == "client" &&
              test::first_finding(v1::value, dropped<"client">).other == "table");
static_assert(test::raises(v1::value, dropped<"customer">, code::MG_DEPENDENT, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"customer">).other == "first" &&
              test::first_finding(v1::value, dropped<"customer">).detail == "foreign key");

// A view or function needs the tables that its query mentions, and is none itself.
struct ids : dt::function<"ids", dt::query<"SELECT id FROM invoice">, id> {};
struct with_ids : dt::schema<"3", customer, invoice, ids> {};
static_assert(test::raises(with_ids::value, dropped<"invoice">, code::MG_DEPENDENT));
static_assert(test::first_finding(with_ids::value, dropped<"invoice">).other == "ids" &&
              test::first_finding(with_ids::value, dropped<"invoice">).detail == "function");
static_assert(test::raises(with_ids::value, dropped<"ids">, code::MG_TARGET));
static_assert(test::first_finding(with_ids::value, dropped<"ids">).other == dt::model::draft::no_table);

}  // namespace
