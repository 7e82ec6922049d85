// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/add_column.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};

template <class Column, dt::fixed_string Table = "customer">
constexpr const dt::model::change& added = dt::add_column<Table, Column>::value;

using note = dt::column<"note", dt::text, dt::null>;
static_assert(added<note>.kind == dt::model::change_kind::add_column &&
              added<note>.table == dt::identifier("customer"));
static_assert(added<note>.object == dt::identifier("note") && added<note>.declared == &note::value);

static_assert([] {
  const test::applied done(v1::value, added<note>);
  const dt::model::table* t = done.draft.find("customer");
  return done.draft.findings.empty() && t->parts.size() == 2 && t->parts[1] == &note::value;
}());

static_assert(test::comes_back(v1::value, added<note>));
static_assert(test::comes_back(v1::value, added<dt::column<"n", dt::integer, dt::default_value<0>>>));
static_assert(test::comes_back(v1::value, added<dt::column<"at", dt::timestamptz, dt::default_sql<"now()">>>));
static_assert(test::comes_back(v1::value, added<dt::column<"nr", dt::bigint, dt::identity>>));

static_assert(test::raises(v1::value, added<note, "client">, code::MG_TARGET));
static_assert(test::first_finding(v1::value, added<note, "client">).table == "client" &&
              test::first_finding(v1::value, added<note, "client">).other == "table");
static_assert(test::raises(v1::value, added<dt::column<"id", dt::text, dt::null>>, code::MG_EXISTS));
static_assert(test::first_finding(v1::value, added<dt::column<"id", dt::text, dt::null>>).object == "id" &&
              test::first_finding(v1::value, added<dt::column<"id", dt::text, dt::null>>).other == "column");

// Neither null nor a default: which value would the rows have that exist?
static_assert(test::raises(v1::value, added<dt::column<"name", dt::text>>, code::MG_REQUIRED));
constexpr dt::finding required = test::first_finding(v1::value, added<dt::column<"name", dt::text>>);
static_assert(required.table == "customer" && required.object == "name" && required.migration == "testing" &&
              required.version == "1" && required.step == 1 && !required.inverse);

// What a declaration raises, all of it.
static_assert(test::raises(v1::value, added<dt::column<"", dt::smallint, dt::default_value<40000>>>, code::SC_NAME,
                           code::SC_DEFAULT));
static_assert(test::raises(v1::value, added<dt::column<"n", dt::text, dt::default_sql<"(">>>, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, added<dt::column<"n", dt::text, dt::identity>>, code::SC_IDENTITY));

// An enumeration of one name is one type, in the whole schema.
struct status : dt::enumeration<"status", "open"> {};
struct v2 : dt::schema<"2", customer, dt::table<"purchase", dt::column<"status", status>>> {};
static_assert(test::comes_back(v2::value, added<dt::column<"status", status, dt::null>>));
static_assert(test::raises(v2::value, added<dt::column<"s", dt::enumeration<"status", "paid">, dt::null>>,
                           code::SC_TYPE));

struct ids : dt::view<"ids", dt::query<"SELECT 1">, dt::column<"id", dt::bigint>> {};
struct with_ids : dt::schema<"view", ids> {};
static_assert(test::raises(with_ids::value, dt::add_column<"ids", dt::column<"c", dt::text, dt::null>>::value,
                           code::MG_TARGET), "a view is no table");

}  // namespace
