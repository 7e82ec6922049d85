// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/create_table.hpp>

#include "../../support/changes.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint>;
struct status : dt::enumeration<"status", "open"> {};
struct customer
    : dt::table<"customer", id, dt::column<"status", status>, dt::primary_key<"id">, dt::index<"idx", "id">> {};
struct v1 : dt::schema<"1", customer> {};

template <class... Parts>
constexpr const dt::model::change& created = dt::create_table<dt::table<"invoice", Parts...>>::value;
using to_customer = dt::foreign_key<"f", dt::columns<"id">, dt::references<"customer", "id">>;
using to_itself = dt::foreign_key<"f", dt::columns<"id">, dt::references<"invoice", "id">>;

struct invoice : dt::table<"invoice", id, to_customer, dt::index<"invoice_idx", "id">> {};
constexpr const dt::model::change& create = dt::create_table<invoice>::value;
static_assert(create.kind == dt::model::change_kind::create_table && create.table == dt::identifier("invoice"));
static_assert(create.created == &invoice::value && create.object.empty() && create.declared == nullptr);

static_assert([] {
  const test::applied done(v1::value, create);
  return done.draft.findings.empty() && done.draft.find("invoice")->parts.data() == invoice::value.parts.data() &&
         done.draft.find("customer") == &customer::value;
}());
static_assert(test::comes_back(v1::value, create));
static_assert(test::comes_back(v1::value, created<id, dt::primary_key<"id">, to_itself>));
static_assert(test::comes_back(v1::value, created<id, dt::column<"status", status>>));
static_assert(natural_inverse(create, v1::value).kind == dt::model::change_kind::drop_table);

static_assert(test::raises(v1::value, dt::create_table<customer>::value, code::MG_EXISTS));
static_assert(test::first_finding(v1::value, dt::create_table<customer>::value).table == "customer" &&
              test::first_finding(v1::value, dt::create_table<customer>::value).other == "table");
struct numbers : dt::view<"invoice", dt::query<"SELECT 1">, id> {};
static_assert(test::raises(dt::schema<"view", numbers>::value, create, code::MG_EXISTS), "a view of its name");
static_assert(test::raises(v1::value, dt::create_table<numbers>::value, code::MG_TARGET), "a view is no table");
static_assert(test::first_finding(v1::value, dt::create_table<numbers>::value).other == dt::model::draft::no_table);
// The names that all tables share.
static_assert(test::raises(v1::value, created<id, dt::index<"idx", "id">>, code::MG_EXISTS));
static_assert(test::raises(v1::value, created<id, dt::unique<"idx", "id">, dt::index<"customer", "id">>,
                           code::MG_EXISTS, code::MG_EXISTS));
static_assert(test::raises(v1::value, dt::create_table<dt::table<"idx", id>>::value, code::MG_EXISTS),
              "a table of an index's name");
static_assert(test::first_finding(v1::value, dt::create_table<dt::table<"idx", id>>::value).other == "customer" &&
              test::first_finding(v1::value, dt::create_table<dt::table<"idx", id>>::value).detail == "index");
static_assert(test::raises(v1::value, created<dt::column<"s", dt::enumeration<"status", "paid">>>, code::SC_TYPE));

// What a declaration raises, all of it.
static_assert(test::raises(v1::value, created<>, code::SC_EMPTY));
static_assert(test::raises(v1::value, dt::create_table<dt::table<"", id>>::value, code::SC_NAME));
static_assert(test::raises(v1::value, created<id, id, dt::primary_key<"nr">>, code::SC_DUPLICATE, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, created<id, dt::index<"i", "id">, dt::index<"i", "id">>, code::SC_DUPLICATE));
static_assert(test::raises(v1::value, created<id, to_itself>, code::SC_FK_TARGET), "a column that is no key");
static_assert(test::raises(v1::value, created<dt::column<"id", dt::text>, to_customer>, code::SC_FK_TYPE));

}  // namespace
