// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/add_index.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint>;
struct customer : dt::table<"customer", id, dt::column<"name", dt::text>> {};
struct invoice : dt::table<"invoice", id, dt::index<"invoice_idx", "id">, dt::unique<"invoice_key", "id">> {};
struct v1 : dt::schema<"1", customer, invoice> {};

template <class Index, dt::fixed_string Table = "customer">
constexpr const dt::model::change& added = dt::add_index<Table, Index>::value;

using by_name = dt::index<"by_name", "name", "id">;
static_assert(added<by_name>.kind == dt::model::change_kind::add_index && added<by_name>.declared == &by_name::value);
static_assert(added<by_name>.table == dt::identifier("customer") && added<by_name>.object == dt::identifier("by_name"));

static_assert([] {
  const test::applied done(v1::value, added<by_name>);
  return done.draft.findings.empty() && done.draft.find("customer")->parts[2] == &by_name::value &&
         done.draft.find("invoice") == &invoice::value;
}());
static_assert(test::comes_back(v1::value, added<by_name>));
static_assert(test::comes_back(v1::value, added<dt::unique_index<"u", "name">>));

static_assert(test::raises(v1::value, added<by_name, "client">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, added<by_name, "client">).other == "table");
static_assert(test::raises(v1::value, added<dt::index<"invoice_idx", "id">>, code::MG_EXISTS), "of another table");
static_assert(test::raises(v1::value, added<dt::index<"invoice_idx", "id">, "invoice">, code::MG_EXISTS));
static_assert(test::raises(v1::value, added<dt::index<"invoice_key", "id">>, code::MG_EXISTS), "a constraint's");
static_assert(test::raises(v1::value, added<dt::index<"customer", "id">>, code::MG_EXISTS), "a table's");
static_assert(test::first_finding(v1::value, added<dt::index<"invoice_idx", "id">>).other == "invoice");

static_assert(test::raises(v1::value, added<dt::index<"i", "nr">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::index<"i", "nr", "mr", "id", "id">>, code::SC_NO_COLUMN,
                           code::SC_NO_COLUMN, code::SC_DUPLICATE));
static_assert(test::raises(v1::value, added<dt::index<"i">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::index<"", "id">>, code::SC_NAME));

struct ids : dt::view<"ids", dt::query<"SELECT 1">, dt::column<"id", dt::bigint>> {};
struct with_ids : dt::schema<"view", ids> {};
static_assert(test::raises(with_ids::value, dt::add_index<"ids", dt::index<"i", "id">>::value,
                           code::MG_TARGET), "a view is no table");

}  // namespace
