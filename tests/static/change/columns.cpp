// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/columns.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

// ---- add_column

namespace adding {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};

template <class Column, dt::fixed_string Table = "customer">
constexpr const dt::model::change& added = dt::add_column<Table, Column>::value;

using note = dt::column<"note", dt::text, dt::null>;
static_assert(added<note>.kind == &kind_of<changes::add_column> && added<note>.table == dt::identifier("customer"));
static_assert(added<note>.object == dt::identifier("note") && added<note>.declared == &note::value);

static_assert([] {
  const test::applied done(v1::value, added<note>);
  const dt::model::table* t = done.draft.find("customer");
  return done.draft.findings.empty() && t->parts.size() == 2 && t->parts[1] == &note::value;
}());
static_assert(test::does(v1::value, added<note>, "add_part customer.note") && !test::destroys(v1::value, added<note>));
using hostile = dt::column<"\"; DROP TABLE customer; --", dt::text, dt::null>;
static_assert(test::does(v1::value, added<hostile>, "add_part customer.\"; DROP TABLE customer; --"));

static_assert(test::comes_back(v1::value, added<note>) && test::comes_back(v1::value, added<hostile>));
static_assert(test::comes_back(v1::value, added<dt::column<"n", dt::integer, dt::default_value<0>>>));
static_assert(test::comes_back(v1::value, added<dt::column<"at", dt::timestamptz, dt::default_sql<"now()">>>));
static_assert(test::comes_back(v1::value, added<dt::column<"nr", dt::bigint, dt::identity>>));

static_assert(test::says(v1::value, added<note, "client">, code::MG_TARGET, "client", "note", "table"));
using id_again = dt::column<"id", dt::text, dt::null>;
static_assert(test::says(v1::value, added<id_again>, code::MG_EXISTS, "customer", "id", "column"));

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
                           code::MG_TARGET),
              "a view is no table");

}  // namespace adding

// ---- drop_column

namespace dropping {

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

static_assert(dropped<"note">.kind == &kind_of<changes::drop_column>);
static_assert(dropped<"note">.table == dt::identifier("customer") && dropped<"note">.object == dt::identifier("note"));

static_assert([] {
  const test::applied done(v1::value, dropped<"note">);
  return done.draft.findings.empty() && done.draft.find("customer")->find_column("note") == nullptr &&
         done.draft.find("customer")->parts.size() == customer::value.parts.size() - 1;
}());
static_assert(test::does(v1::value, dropped<"note">, "drop_part customer.note"));
static_assert(test::destroys(v1::value, dropped<"note">));
static_assert(test::comes_back(v1::value, dropped<"note">));
static_assert(natural_inverse(dropped<"note">, v1::value).declared == &note::value);
static_assert(natural_inverse(dropped<"note", "client">, v1::value).declared == nullptr);

static_assert(test::says(v1::value, dropped<"nr">, code::MG_TARGET, "customer", "nr", "column"));
static_assert(test::says(v1::value, dropped<"note", "client">, code::MG_TARGET, "client", "note", "table"));
static_assert(test::raises(v1::value, dropped<"area_idx">, code::MG_TARGET), "an index is no column");

struct small : dt::schema<"small", dt::table<"customer", note, dt::index<"i">>> {};
static_assert(test::says(small::value, dropped<"note">, code::SC_EMPTY, "customer", "note"), "it has no other column");

// What needs the column, all of it.
static_assert(test::raises(v1::value, dropped<"id">, code::MG_DEPENDENT, code::MG_DEPENDENT));
constexpr dt::finding key = test::first_finding(v1::value, dropped<"id">);
static_assert(key.table == "customer" && key.object == "id" && key.other == "primary key" &&
              key.detail == "primary key");
constexpr bool is_needed(const dt::model::change& c, dt::text_view object, dt::text_view by, dt::text_view kind) {
  return test::says(v1::value, c, code::MG_DEPENDENT, "customer", object, by, kind);
}
static_assert(is_needed(dropped<"email">, "email", "email_key", "unique constraint"));
static_assert(is_needed(dropped<"area">, "area", "area_idx", "index"));
static_assert(is_needed(dropped<"amount">, "amount", "amount_positive", "check constraint"));
static_assert(is_needed(dropped<"parent">, "parent", "parent_fkey", "foreign key"));

// A view or function needs what its query mentions, of the table that it mentions.
template <dt::fixed_string Query>
struct with_view : dt::schema<"2", customer, dt::view<"notes", dt::query<Query>, dt::column<"note", dt::text>>> {};
template <dt::fixed_string Query>
constexpr const dt::model::schema& seen = with_view<Query>::value;
static_assert(test::says(seen<"SELECT note FROM customer">, dropped<"note">, code::MG_DEPENDENT, "customer", "note",
                         "notes", "view"));
static_assert(test::raises(seen<"SELECT id FROM customer">, dropped<"note">));
static_assert(test::raises(seen<"SELECT note FROM client">, dropped<"note">));
static_assert(test::raises(seen<"SELECT note FROM customer">, dropped<"note", "notes">, code::MG_TARGET), "no table");

}  // namespace dropping

// ---- rename_column

namespace renaming {

template <dt::fixed_string Column, dt::fixed_string NewName, dt::fixed_string Table = "account">
constexpr const dt::model::change& renamed = dt::rename_column<Table, Column, NewName>::value;

static_assert(renamed<"id", "number">.kind == &kind_of<changes::rename_column> &&
              renamed<"id", "number">.table == dt::identifier("account"));
static_assert(renamed<"id", "number">.object == dt::identifier("id") &&
              renamed<"id", "number">.renamed == dt::identifier("number"));

/// A table in which everything names the column `Id`, and one that refers to it.
template <dt::fixed_string Id, dt::fixed_string Condition>
struct account_by
    : dt::table<"account", dt::column<Id, dt::bigint, dt::identity>, dt::column<"area", dt::text>,
                dt::column<"parent", dt::bigint, dt::null>, dt::primary_key<Id>, dt::unique<"account_key", "area", Id>,
                dt::index<"account_idx", Id, "area">, dt::unique_index<"account_unique_idx", Id>,
                dt::foreign_key<"parent_fkey", dt::columns<"parent">, dt::references<"account", Id>,
                                dt::on_delete<dt::cascade>>,
                dt::check<"positive", Condition>, dt::check_values<"range", Id, dt::between<1, 100>>,
                dt::check<"area_check", "area <> ''">> {};
template <dt::fixed_string Id>
struct purchase_by
    : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"area", dt::text>, dt::primary_key<"id">,
                dt::index<"purchase_idx", "id">, dt::check<"purchase_check", "id > 0">,
                dt::foreign_key<"first_fkey", dt::columns<"id">, dt::references<"account", Id>>,
                dt::foreign_key<"second_fkey", dt::columns<"area", "id">, dt::references<"account", "area", Id>>> {};
using account = account_by<"id", "id > 0">;
using purchase = purchase_by<"id">;
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", account, purchase, product> {};

// Everything that names it follows, here and in other tables; what has a column of the same name of its own does not.
using account_after = account_by<"number", "\"number\" > 0">;
static_assert(test::makes<account_after, purchase_by<"number">, product>(v1::value, renamed<"id", "number">));
static_assert([] {
  const test::applied done(v1::value, renamed<"id", "number">);
  const dt::model::table& t = *done.draft.find("account");
  const auto* rule = dt::model::as_check(t.find(dt::model::part_kind::check, "range"));
  return t.find_column("id") == nullptr && t.find_column("number")->identity == dt::model::identity_kind::always &&
         rule->column == dt::identifier("number") && rule->expression == "\"number\" BETWEEN 1 AND 100" &&
         t.parts.size() == account::value.parts.size() && t.parts[0]->name == dt::identifier("number") &&
         t.find(dt::model::part_kind::check, "area_check") ==
             account::value.find(dt::model::part_kind::check, "area_check") &&
         done.draft.find("product") == &product::value;
}());
// The server does the rest by itself: one operation.
static_assert(test::does(v1::value, renamed<"id", "number">, "alter_part account.id to number"));
static_assert(!test::destroys(v1::value, renamed<"id", "number">));
static_assert(test::comes_back(v1::value, renamed<"id", "number">));
static_assert(natural_inverse(renamed<"id", "number">, v1::value).kind == &kind_of<changes::rename_column>);

// A column that others name only beside their own.
static_assert(test::comes_back(v1::value, renamed<"area", "region">));
static_assert([] {
  const test::applied done(v1::value, renamed<"area", "region">);
  const dt::model::table& from = *done.draft.find("purchase");
  const auto* second = dt::model::as_foreign_key(from.find(dt::model::part_kind::foreign_key, "second_fkey"));
  return second->columns[0] == dt::identifier("area") && second->target_columns[0] == dt::identifier("region") &&
         second->target_columns[1] == dt::identifier("id") && from.parts[5] == purchase::value.parts[5];
}());
// The referencing side.
static_assert(test::comes_back(v1::value, renamed<"id", "account", "purchase">));
static_assert([] {
  const test::applied done(v1::value, renamed<"id", "account", "purchase">);
  const dt::model::table& t = *done.draft.find("purchase");
  const auto* second = dt::model::as_foreign_key(t.find(dt::model::part_kind::foreign_key, "second_fkey"));
  return done.draft.find("account") == &account::value && second->columns[0] == dt::identifier("area") &&
         second->columns[1] == dt::identifier("account") && second->target_columns[1] == dt::identifier("id");
}());

// A foreign key to its own table, that names the column on one end, on the other, and on both.
template <dt::fixed_string A, dt::fixed_string B>
struct node_of
    : dt::table<"node", dt::column<A, dt::bigint>, dt::column<B, dt::bigint>, dt::primary_key<A>,
                dt::unique<"node_key", A, B>, dt::foreign_key<"up", dt::columns<B>, dt::references<"node", A>>,
                dt::foreign_key<"same", dt::columns<A>, dt::references<"node", A>>,
                dt::foreign_key<"crossed", dt::columns<B, A>, dt::references<"node", A, B>>> {};
struct nodes : dt::schema<"nodes", node_of<"a", "b">> {};
static_assert(test::makes<node_of<"x", "b">>(nodes::value, renamed<"a", "x", "node">));
static_assert(test::makes<node_of<"a", "x">>(nodes::value, renamed<"b", "x", "node">));
static_assert(test::does(nodes::value, renamed<"a", "x", "node">, "alter_part node.a to x"));
static_assert(test::comes_back(nodes::value, renamed<"a", "x", "node">) &&
              test::comes_back(nodes::value, renamed<"b", "x", "node">));

// Names are any text.
static_assert(test::makes<account_by<"\"; DROP TABLE account; --", R"("""; DROP TABLE account; --" > 0)">,
                          purchase_by<"\"; DROP TABLE account; --">>(v1::value,
                                                                     renamed<"id", "\"; DROP TABLE account; --">));
static_assert(test::comes_back(v1::value, renamed<"id", "\"; DROP TABLE account; --">));
static_assert(test::comes_back(v1::value, renamed<"id", "Two words">) &&
              test::comes_back(v1::value, renamed<"id", "Id">));
static_assert(test::comes_back(v1::value, renamed<"area", "account_idx">), "a column of an index's name");

static_assert(test::says(v1::value, renamed<"id", "n", "client">, code::MG_TARGET, "client", "id", "table"));
static_assert(test::says(v1::value, renamed<"nr", "n">, code::MG_TARGET, "account", "nr", "column"));
static_assert(test::raises(v1::value, renamed<"account_idx", "n">, code::MG_TARGET), "an index is no column");
static_assert(test::says(v1::value, renamed<"id", "area">, code::MG_EXISTS, "account", "area", "column"));
static_assert(test::says(v1::value, renamed<"id", "id">, code::MG_EXISTS, "account", "id", "column"));
static_assert(test::says(v1::value, renamed<"id", "">, code::SC_NAME, "account", "", {}, "it is empty"));
static_assert(test::raises(v1::value, renamed<"id", test::too_long>, code::SC_NAME));
static_assert(test::raises(v1::value, renamed<"id", "two\nlines">, code::SC_NAME));

template <dt::fixed_string Query>
struct seen : dt::schema<"2", account, dt::function<"ids", dt::query<Query>, dt::column<"id", dt::bigint>>> {};
static_assert(test::says(seen<"SELECT id FROM account">::value, renamed<"id", "n">, code::MG_DEPENDENT, "account", "id",
                         "ids", "function"));
static_assert(test::raises(seen<"SELECT ID FROM \"account\"">::value, renamed<"id", "n">, code::MG_DEPENDENT));
static_assert(test::raises(seen<"SELECT area FROM account">::value, renamed<"id", "n">));
static_assert(test::raises(seen<"SELECT id FROM purchase">::value, renamed<"id", "n">));
static_assert(test::raises(seen<"SELECT id FROM account">::value, renamed<"id", "n", "ids">, code::MG_TARGET));

}  // namespace renaming
