// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/indexes.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
using by_id = dt::unique_index<"by_id", "id">;
struct customer : dt::table<"customer", id, dt::column<"name", dt::text>, by_id, dt::unique<"customer_key", "id">,
                            dt::check<"customer_check", "id > 0">> {};
struct invoice : dt::table<"invoice", id, dt::index<"invoice_idx", "id">, dt::unique<"invoice_key", "id">> {};
struct v1 : dt::schema<"1", customer, invoice> {};

struct ids : dt::view<"ids", dt::query<"SELECT 1">, id> {};
struct with_ids : dt::schema<"view", ids> {};

// ---- add_index

template <class Index, dt::fixed_string Table = "customer">
constexpr const dt::model::change& added = dt::add_index<Table, Index>::value;

using by_name = dt::index<"by_name", "name", "id">;
static_assert(added<by_name>.kind == &kind_of<changes::add_index> && added<by_name>.declared == &by_name::value);
static_assert(added<by_name>.table == dt::identifier("customer") && added<by_name>.object == dt::identifier("by_name"));

static_assert([] {
  const test::applied done(v1::value, added<by_name>);
  return done.draft.findings.empty() && done.draft.find("customer")->parts[5] == &by_name::value &&
         done.draft.find("invoice") == &invoice::value;
}());
static_assert(test::does(v1::value, added<by_name>, "add_part customer.by_name"));
static_assert(!test::destroys(v1::value, added<by_name>));
static_assert(test::comes_back(v1::value, added<by_name>));
static_assert(test::comes_back(v1::value, added<dt::unique_index<"u", "name">>));
static_assert(test::comes_back(v1::value, added<dt::index<"\"; DROP TABLE customer; --", "name">>));

static_assert(test::says(v1::value, added<by_name, "client">, code::MG_TARGET, "client", "by_name", "table"));
static_assert(test::says(v1::value, added<dt::index<"invoice_idx", "id">>, code::MG_EXISTS, "customer", "invoice_idx",
                         "invoice", "index"),
              "of another table");
static_assert(test::raises(v1::value, added<dt::index<"invoice_idx", "id">, "invoice">, code::MG_EXISTS));
static_assert(test::raises(v1::value, added<dt::index<"invoice_key", "id">>, code::MG_EXISTS), "a constraint's");
static_assert(test::raises(v1::value, added<dt::index<"customer", "id">>, code::MG_EXISTS), "a table's");

static_assert(test::raises(v1::value, added<dt::index<"i", "nr">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::index<"i", "nr", "mr", "id", "id">>, code::SC_NO_COLUMN,
                           code::SC_NO_COLUMN, code::SC_DUPLICATE));
static_assert(test::raises(v1::value, added<dt::index<"i">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::index<"", "id">>, code::SC_NAME));
using special = dt::unique_index_on<"special", dt::element_sql<"lower(name)">, dt::where<"id > 0">, dt::include<"id">>;
static_assert(test::does(v1::value, added<special>, "add_part customer.special"));
static_assert(test::comes_back(v1::value, added<special>));
static_assert(test::raises(v1::value, added<dt::index_on<"i", dt::element_sql<"(id">>>, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, added<dt::index_on<"i", dt::element<"id">, dt::include<"nr">>>, code::SC_NO_COLUMN));
static_assert(test::raises(with_ids::value, added<dt::index<"i", "id">, "ids">, code::MG_TARGET), "a view is no table");

// ---- drop_index

template <dt::fixed_string Index, dt::fixed_string Table = "customer">
constexpr const dt::model::change& dropped = dt::drop_index<Table, Index>::value;
static_assert(dropped<"by_id">.kind == &kind_of<changes::drop_index>);
static_assert(dropped<"by_id">.table == dt::identifier("customer") &&
              dropped<"by_id">.object == dt::identifier("by_id"));

static_assert([] {
  const test::applied done(v1::value, dropped<"by_id">);
  return done.draft.findings.empty() && done.draft.find("customer")->parts.size() == 4;
}());
static_assert(test::does(v1::value, dropped<"by_id">, "drop_part customer.by_id"));
static_assert(!test::destroys(v1::value, dropped<"by_id">));
static_assert(test::comes_back(v1::value, dropped<"by_id">));
static_assert(natural_inverse(dropped<"by_id">, v1::value).declared == &by_id::value);
static_assert(natural_inverse(dropped<"by_id", "client">, v1::value).declared == nullptr);

static_assert(test::says(v1::value, dropped<"by_name">, code::MG_TARGET, "customer", "by_name", "index"));
static_assert(test::raises(v1::value, dropped<"customer_key">, code::MG_TARGET), "a constraint is no index");
static_assert(test::raises(v1::value, dropped<"id">, code::MG_TARGET), "a column is no index");
static_assert(test::says(v1::value, dropped<"by_id", "client">, code::MG_TARGET, "client", "by_id", "table"));

// A unique index may be what a foreign key stands on, whichever the order of the columns.
template <class Index>
struct referred
    : dt::schema<
          "2", dt::table<"customer", id, dt::column<"nr", dt::bigint>, dt::unique<"key", "id", "nr">, Index>,
          dt::table<"purchase", id, dt::column<"customer", dt::bigint>,
                    dt::foreign_key<"f", dt::columns<"customer", "id">, dt::references<"customer", "id", "nr">>>> {};
static_assert(test::says(referred<dt::unique_index<"i", "id", "nr">>::value, dropped<"i">, code::MG_DEPENDENT,
                         "customer", "i", "f", "foreign key"));
static_assert(test::raises(referred<dt::unique_index<"i", "nr", "id">>::value, dropped<"i">, code::MG_DEPENDENT));
static_assert(test::comes_back(referred<dt::index<"i", "id", "nr">>::value, dropped<"i">), "one that is not unique");
static_assert(test::comes_back(referred<dt::unique_index<"i", "id">>::value, dropped<"i">), "or has other columns");
template <class... Each>
using unique_of = dt::unique_index_on<"i", dt::element<"id", dt::descending>, dt::element<"nr">, Each...>;
static_assert(test::raises(referred<unique_of<dt::include<"id">>>::value, dropped<"i">, code::MG_DEPENDENT));
static_assert(test::comes_back(referred<unique_of<dt::where<"id > 0">>>::value, dropped<"i">), "not of all rows");
static_assert(test::comes_back(referred<unique_of<dt::element_sql<"1">>>::value, dropped<"i">), "nor of columns only");

// ---- rename_index

template <dt::fixed_string NewName, dt::fixed_string Index = "by_id", dt::fixed_string Table = "customer">
constexpr const dt::model::change& renamed = dt::rename_index<Table, Index, NewName>::value;
static_assert(renamed<"n">.kind == &kind_of<changes::rename_index> && renamed<"n">.object == dt::identifier("by_id") &&
              renamed<"n">.renamed == dt::identifier("n"));

template <dt::fixed_string Index>
struct customer_by : dt::table<"customer", id, dt::column<"name", dt::text>, dt::unique_index<Index, "id">,
                               dt::unique<"customer_key", "id">, dt::check<"customer_check", "id > 0">> {};
static_assert(test::makes<customer_by<"n">, invoice>(v1::value, renamed<"n">), "what it says, and unique as before");
static_assert(test::does(v1::value, renamed<"n">, "alter_part customer.by_id to n"));
static_assert(!test::destroys(v1::value, renamed<"n">));
static_assert(test::comes_back(v1::value, renamed<"n">) && test::comes_back(v1::value, renamed<"id">));
static_assert(test::comes_back(v1::value, renamed<"\"; DROP TABLE customer; --">));
static_assert(natural_inverse(renamed<"n">, v1::value).kind == &kind_of<changes::rename_index>);
// Its new name counts, and the old one no more.
static_assert([] {
  test::applied done(v1::value, renamed<"n">);
  apply(done.draft, added<by_id, "invoice">);
  const bool free = done.draft.findings.empty();
  apply(done.draft, added<dt::index<"n", "id">, "invoice">);
  return free && test::are(done.draft.findings.all(), code::MG_EXISTS) && done.draft.findings[0].other == "customer";
}());

static_assert(test::says(v1::value, renamed<"n", "i", "client">, code::MG_TARGET, "client", "i", "table"));
static_assert(test::says(v1::value, renamed<"n", "i">, code::MG_TARGET, "customer", "i", "index"));
static_assert(test::raises(v1::value, renamed<"n", "customer_key">, code::MG_TARGET), "a constraint is no index");
static_assert(test::raises(with_ids::value, renamed<"n", "id", "ids">, code::MG_TARGET));
constexpr bool exists(const dt::model::change& c, dt::text_view name, dt::text_view at, dt::text_view what) {
  return test::says(v1::value, c, code::MG_EXISTS, "customer", name, at, what);
}
static_assert(exists(renamed<"invoice_idx">, "invoice_idx", "invoice", "index"), "an index of another table");
static_assert(exists(renamed<"invoice_key">, "invoice_key", "invoice", "unique constraint"));
static_assert(exists(renamed<"invoice">, "invoice", "invoice", "table"));
static_assert(exists(renamed<"customer_check">, "customer_check", "customer", "check constraint"));
static_assert(exists(renamed<"by_id">, "by_id", "customer", "index"), "the name that it has");
static_assert(test::raises(v1::value, renamed<"">, code::SC_NAME));
static_assert(test::raises(v1::value, renamed<test::too_long>, code::SC_NAME));

}  // namespace
