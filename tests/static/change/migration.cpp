// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/migration.hpp>

#include <dovetail/change/version.hpp>
#include <dovetail/diagnose/predicates.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

// What the migrations begin from.
namespace {

using id = dt::column<"id", dt::bigint, dt::identity>;
using name = dt::column<"name", dt::varchar<20>, dt::null, dt::default_value<"">>;
using by_name = dt::index<"by_name", "name", "id">;
struct customer : dt::table<"customer", id, name, dt::primary_key<"id">, by_name> {};
struct product : dt::table<"product", dt::column<"code", dt::text>> {};
struct purchase
    : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"customer", dt::bigint, dt::null>,
                dt::column<"note", dt::text, dt::null>, dt::primary_key<"id">, dt::unique<"purchase_key", "customer">,
                dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "id">,
                                dt::on_delete<dt::set_null>>,
                dt::check<"positive", "id > 0">, dt::index<"purchase_idx", "customer">> {};
struct v1 : dt::schema<"1", customer, product, purchase> {};

template <class M>
constexpr dt::array_view<dt::finding> findings = dt::detail::migration_done<M>::findings;
template <class M>
constexpr const dt::model::schema& result = dt::detail::migration_done<M>::last;

}  // namespace

// ---- Steps

using nick = dt::column<"nick", dt::text, dt::null>;
using add_nick = dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>;
static_assert(add_nick::value.forward.kind == &kind_of<changes::add_column> && !add_nick::value.lossy);
static_assert(add_nick::value.inverse.kind == &kind_of<changes::drop_column> && add_nick::value.reason.empty());

using drop_name = dt::step<dt::drop_column<"customer", "name">, dt::add_column<"customer", name>>;
using forget = dt::lossy<"nobody reads it", drop_name>;
static_assert(forget::value.lossy && forget::value.reason == "nobody reads it");
static_assert(forget::value.forward.kind == &kind_of<changes::drop_column>);

// ---- What a migration makes, and what it shares

struct add_two
    : dt::migration<
          v1, add_nick,
          dt::step<dt::add_index<"customer", dt::index<"by_nick", "nick">>, dt::drop_index<"customer", "by_nick">>> {};
static_assert(findings<add_two>.empty() && add_two::step_count == 2);
static_assert(result<add_two>.find("customer")->parts.size() == 6 && customer::value.parts.size() == 4);
static_assert(result<add_two>.find("customer")->find_column("nick") == &nick::value);
static_assert(result<add_two>.find("customer") != &customer::value);
static_assert(result<add_two>.find("product") == &product::value &&
                  result<add_two>.find("purchase") == &purchase::value,
              "untouched tables are those of the version before");
static_assert(result<add_two>.find("customer")->parts[0] == &id::value,
              "and untouched parts those of the table before");
static_assert(result<add_two>.tables.size() == 3 && result<add_two>.tables[0]->name == dt::identifier("customer"));
// The versions between: each step makes one.
static_assert(dt::detail::migration_done<add_two>::versions[0] == &v1::value);
static_assert(dt::detail::migration_done<add_two>::versions[1]->find("customer")->parts.size() == 5);
static_assert(dt::detail::migration_done<add_two>::versions[2] == &result<add_two>);

struct nothing : dt::migration<v1> {};
static_assert(findings<nothing>.empty() && &result<nothing> == &v1::value);

struct invoice : dt::table<"invoice", dt::column<"id", dt::bigint>> {};
using create_invoice = dt::step<dt::create_table<invoice>, dt::drop_table<"invoice">>;
struct with_invoice : dt::migration<v1, create_invoice> {};
static_assert(findings<with_invoice>.empty());
static_assert(result<with_invoice>.tables.size() == 4 && result<with_invoice>.tables[3] == &invoice::value,
              "a created table is the declared one");
using create_and_change = dt::migration<
    v1, create_invoice,
    dt::step<dt::add_column<"invoice", dt::column<"note", dt::text, dt::null>>, dt::drop_column<"invoice", "note">>>;
struct created_and_changed : create_and_change {};
static_assert(findings<created_and_changed>.empty() && result<created_and_changed>.find("invoice")->parts.size() == 2);

struct without_product
    : dt::migration<v1, dt::lossy<"sold out", dt::step<dt::drop_table<"product">, dt::create_table<product>>>> {};
static_assert(findings<without_product>.empty() && result<without_product>.tables.size() == 2);
static_assert(result<without_product>.find("product") == nullptr &&
              result<without_product>.tables[0] == &customer::value);

struct without_index
    : dt::migration<v1, dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>, forget> {};
static_assert(findings<without_index>.empty() && result<without_index>.find("customer")->parts.size() == 2);

// ---- Parts that a step makes of others stay, and further steps stand on them

using rename_id =
    dt::step<dt::rename_column<"customer", "id", "number">, dt::rename_column<"customer", "number", "id">>;
using rename_customer = dt::step<dt::rename_table<"customer", "client">, dt::rename_table<"client", "customer">>;
struct follows
    : dt::migration<v1, rename_id,
                    dt::step<dt::rename_column<"purchase", "id", "nr">, dt::rename_column<"purchase", "nr", "id">>,
                    rename_customer,
                    dt::step<dt::rename_column<"client", "name", "Full \"name\"">,
                             dt::rename_column<"client", "Full \"name\"", "name">>,
                    dt::step<dt::set_type<"client", "Full \"name\"", dt::text>,
                             dt::set_type<"client", "Full \"name\"", dt::varchar<20>>>,
                    dt::step<dt::drop_column_default<"client", "Full \"name\"">,
                             dt::set_column_default<"client", "Full \"name\"", dt::default_value<"">>>,
                    dt::step<dt::rename_column<"client", "number", "no">, dt::rename_column<"client", "no", "number">>,
                    dt::step<dt::rename_index<"client", "by_name", "by_full_name">,
                             dt::rename_index<"client", "by_full_name", "by_name">>,
                    dt::step<dt::rename_column<"purchase", "nr", "it's">, dt::rename_column<"purchase", "it's", "nr">>,
                    dt::step<dt::rename_constraint<"purchase", "positive", "above_zero">,
                             dt::rename_constraint<"purchase", "above_zero", "positive">>,
                    dt::step<dt::drop_constraint<"purchase", "purchase_key">,
                             dt::add_constraint<"purchase", dt::unique<"purchase_key", "customer">>>,
                    dt::step<dt::add_index<"client", dt::index<"last", "no">>, dt::drop_index<"client", "last">>> {};
static_assert(findings<follows>.empty() && dt::reversible<follows>);

struct client
    : dt::table<"client", dt::column<"no", dt::bigint, dt::identity>, dt::column<"Full \"name\"", dt::text, dt::null>,
                dt::primary_key<"no">, dt::index<"by_full_name", "Full \"name\"", "no">, dt::index<"last", "no">> {};
struct purchase_of_client
    : dt::table<"purchase", dt::column<"it's", dt::bigint>, dt::column<"customer", dt::bigint, dt::null>,
                dt::column<"note", dt::text, dt::null>, dt::primary_key<"it's">,
                dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"client", "no">,
                                dt::on_delete<dt::set_null>>,
                dt::check<"above_zero", "\"it's\" > 0">, dt::index<"purchase_idx", "customer">> {};
struct followed : dt::schema<"followed", purchase_of_client, product, client> {};
struct v2 : dt::after<"2", follows> {};
static_assert(dt::same<v2, followed>);
// What has a new name in a list or a text has a list or text of its own, which stays as it is in every version.
static_assert([] {
  using dt::model::part_kind;
  const auto* const versions = dt::detail::migration_done<follows>::versions;
  const auto check_of = [&](int version, dt::text_view name) {
    return dt::model::as_check(versions[version]->find("purchase")->find(part_kind::check, name))->expression;
  };
  const auto key_of = [&](int version) { return versions[version]->find("purchase")->primary_key()->columns[0]; };
  const auto target_of = [&](int version) {
    return dt::model::as_foreign_key(
        versions[version]->find("purchase")->find(part_kind::foreign_key, "purchase_fkey"));
  };
  return check_of(0, "positive") == "id > 0" && check_of(2, "positive") == R"("nr" > 0)" &&
         check_of(9, "positive") == R"("it's" > 0)" && check_of(12, "above_zero") == R"("it's" > 0)" &&
         key_of(1) == dt::identifier("id") && key_of(2) == dt::identifier("nr") &&
         key_of(9) == dt::identifier("it's") && target_of(0)->target_columns[0] == dt::identifier("id") &&
         target_of(1)->target_columns[0] == dt::identifier("number") && target_of(2) == target_of(1) &&
         target_of(3)->target == dt::identifier("client") &&
         target_of(3)->target_columns[0] == dt::identifier("number") &&
         target_of(12)->target_columns[0] == dt::identifier("no") &&
         versions[1]->find("purchase")->find(part_kind::check, "positive") ==
             purchase::value.find(part_kind::check, "positive");
}());
// Untouched tables are shared as ever, and untouched parts of touched ones.
static_assert(result<follows>.find("product") == &product::value);
static_assert(result<follows>.find("purchase")->find(dt::model::part_kind::index, "purchase_idx") ==
              purchase::value.find(dt::model::part_kind::index, "purchase_idx"));

// There and back, in six steps, to what was there: the check's quotes do not count.
struct back_again
    : dt::migration<v1, dt::to<v1>, rename_id, rename_customer,
                    dt::step<dt::rename_column<"client", "number", "id">, dt::rename_column<"client", "id", "number">>,
                    dt::step<dt::rename_column<"purchase", "id", "nr">, dt::rename_column<"purchase", "nr", "id">>,
                    dt::step<dt::rename_table<"client", "customer">, dt::rename_table<"customer", "client">>,
                    dt::step<dt::rename_column<"purchase", "nr", "id">, dt::rename_column<"purchase", "id", "nr">>> {};
struct v1_again : dt::after<"again", back_again> {};
static_assert(findings<back_again>.empty() && dt::same<v1_again, v1>);

// A created table, under changes.
struct created_and_renamed
    : dt::migration<v1, create_invoice,
                    dt::step<dt::rename_column<"invoice", "id", "nr">, dt::rename_column<"invoice", "nr", "id">>,
                    dt::step<dt::rename_table<"invoice", "bill">, dt::rename_table<"bill", "invoice">>,
                    dt::step<dt::set_type<"bill", "nr", dt::integer>, dt::set_type<"bill", "nr", dt::bigint>>,
                    dt::step<dt::add_constraint<"bill", dt::primary_key<"nr">>, dt::drop_primary_key<"bill">>,
                    dt::step<dt::set_identity<"bill", "nr", dt::identity>, dt::drop_identity<"bill", "nr">>> {};
static_assert(findings<created_and_renamed>.empty());
static_assert(result<created_and_renamed>.tables.size() == 4 && result<created_and_renamed>.find("invoice") == nullptr);
static_assert(dt::model::difference(*result<created_and_renamed>.find("bill")->find_column("nr"),
                                    dt::column<"nr", dt::integer, dt::identity>::value)
                  .empty());

// ---- The inverse is proven: MG_INVERSE, attribute by attribute

/// A step that drops customer.name, whose index is gone, and brings back another column.
template <class Back>
struct back
    : dt::migration<v1, dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>,
                    dt::lossy<"so", dt::step<dt::drop_column<"customer", "name">, dt::add_column<"customer", Back>>>> {
};
template <class Back>
constexpr bool restores = findings<back<Back>>.empty();
template <class Back>
constexpr bool differs(dt::text_view how) {
  const dt::array_view<dt::finding> all = findings<back<Back>>;
  return test::are(all, code::MG_INVERSE) && all[0].detail == how && all[0].table == "customer" &&
         all[0].object == "name" && all[0].other == "column" && all[0].step == 2 && all[0].inverse &&
         all[0].version == "1";
}
static_assert(restores<name>);
static_assert(restores<dt::column<"name", dt::varchar<20>, dt::default_value<"">, dt::null>>,
              "declared in other words");
static_assert(differs<dt::column<"name", dt::varchar<21>, dt::null, dt::default_value<"">>>("type"));
static_assert(differs<dt::column<"name", dt::text, dt::null, dt::default_value<"">>>("type"));
static_assert(differs<dt::column<"name", dt::varchar<20>, dt::default_value<"">>>("null or not null"));
static_assert(differs<dt::column<"name", dt::varchar<20>, dt::null>>("default"));
static_assert(differs<dt::column<"name", dt::varchar<20>, dt::null, dt::default_value<"x">>>("default"));
static_assert(differs<dt::column<"name", dt::varchar<20>, dt::null, dt::default_sql<"''">>>("default"));

using another_name = back<dt::column<"nom", dt::varchar<20>, dt::null, dt::default_value<"">>>;
static_assert(test::are(findings<another_name>, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<another_name>[0].object == "name" && findings<another_name>[0].detail == "missing");
static_assert(findings<another_name>[1].object == "nom" && findings<another_name>[1].detail == "extra");

/// Drops purchase and creates another in its place.
template <class... Parts>
struct again
    : dt::migration<
          v1,
          dt::lossy<"so", dt::step<dt::drop_table<"purchase">, dt::create_table<dt::table<"purchase", Parts...>>>>> {};
template <class... Parts>
constexpr bool table_differs(dt::text_view object, dt::text_view other, dt::text_view how) {
  const dt::array_view<dt::finding> all = findings<again<Parts...>>;
  return test::are(all, code::MG_INVERSE) && all[0].detail == how && all[0].table == "purchase" &&
         all[0].object == object && all[0].other == other;
}
using p_id = dt::column<"id", dt::bigint>;
using p_customer = dt::column<"customer", dt::bigint, dt::null>;
using p_note = dt::column<"note", dt::text, dt::null>;
using p_pk = dt::primary_key<"id">;
using p_key = dt::unique<"purchase_key", "customer">;
template <class... Actions>
using fkey = dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "id">, Actions...>;
using p_fkey = fkey<dt::on_delete<dt::set_null>>;
using p_check = dt::check<"positive", "id > 0">;
using p_idx = dt::index<"purchase_idx", "customer">;
static_assert(findings<again<p_id, p_customer, p_note, p_pk, p_key, p_fkey, p_check, p_idx>>.empty());
static_assert(findings<again<p_note, p_idx, p_customer, p_check, p_fkey, p_id, p_key, p_pk>>.empty(),
              "the order does not count");
static_assert(table_differs<dt::column<"id", dt::bigint, dt::identity>, p_customer, p_note, p_pk, p_key, p_fkey,
                            p_check, p_idx>("id", "column", "identity"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, fkey<>, p_check, p_idx>("purchase_fkey",
                                                                                           "foreign key",
                                                                                           "action on delete"));
static_assert(
    table_differs<p_id, p_customer, p_note, p_pk, p_key, fkey<dt::on_delete<dt::set_null>, dt::on_update<dt::cascade>>,
                  p_check, p_idx>("purchase_fkey", "foreign key", "action on update"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, p_fkey, dt::check<"positive", "id >= 0">, p_idx>(
    "positive", "check constraint", "expression"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, p_fkey, p_check, dt::index<"purchase_idx", "id">>(
    "purchase_idx", "index", "columns"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, p_fkey, p_check,
                            dt::unique_index<"purchase_idx", "customer">>("purchase_idx", "index", "unique or not"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, dt::unique<"purchase_key", "id", "customer">, p_fkey,
                            p_check, p_idx>("purchase_key", "unique constraint", "columns"));
static_assert(table_differs<p_id, p_customer, p_note, dt::unique<"purchase_key", "customer">, p_fkey, p_check, p_idx>(
    "primary key", "primary key", "missing"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, p_fkey, p_check>("purchase_idx", "index",
                                                                                    "missing"));
static_assert(table_differs<p_id, p_customer, p_note, p_pk, p_key, p_fkey, p_check, p_idx, dt::index<"more", "note">>(
    "more", "index", "extra"));
// All differences, not the first only.
static_assert(findings<again<p_id>>.size() == 7 && test::count(findings<again<p_id>>, code::MG_INVERSE) == 7);

// An inverse that does something else altogether.
struct keeps : dt::migration<v1, dt::step<dt::add_column<"customer", nick>,
                                          dt::add_column<"customer", dt::column<"nack", dt::text, dt::null>>>> {};
static_assert(test::are(findings<keeps>, code::MG_INVERSE, code::MG_INVERSE) && findings<keeps>[0].detail == "extra");
struct elsewhere : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"purchase", "note">>> {
};
static_assert(test::are(findings<elsewhere>, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<elsewhere>[0].table == "customer" && findings<elsewhere>[0].object == "nick" &&
              findings<elsewhere>[0].detail == "extra");
static_assert(findings<elsewhere>[1].table == "purchase" && findings<elsewhere>[1].object == "note" &&
              findings<elsewhere>[1].detail == "missing");
struct table_stays
    : dt::migration<v1, dt::step<dt::create_table<invoice>, dt::drop_index<"purchase", "purchase_idx">>> {};
static_assert(test::are(findings<table_stays>, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<table_stays>[0].table == "invoice" && findings<table_stays>[0].other == "table" &&
              findings<table_stays>[0].detail == "extra" && findings<table_stays>[0].object.empty());
struct table_gone : dt::migration<v1, dt::step<dt::add_column<"product", nick>, dt::drop_table<"product">>> {};
static_assert(test::are(findings<table_gone>, code::MG_INVERSE) && findings<table_gone>[0].table == "product" &&
              findings<table_gone>[0].detail == "missing");
struct other_table
    : dt::migration<v1, dt::lossy<"so", dt::step<dt::drop_table<"product">, dt::create_table<invoice>>>> {};
static_assert(test::are(findings<other_table>, code::MG_INVERSE, code::MG_INVERSE));

// An inverse that cannot be applied says why.
struct inverse_fails
    : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nock">>> {};
static_assert(test::are(findings<inverse_fails>, code::MG_TARGET));
static_assert(findings<inverse_fails>[0].inverse && findings<inverse_fails>[0].step == 1 &&
              findings<inverse_fails>[0].object == "nock" && findings<inverse_fails>[0].migration == "inverse_fails");

// ---- Of each change, an inverse that is not

/// A step of which the inverse leaves one difference: what, and in which respect.
template <class Change, class Inverse>
struct one_step : dt::migration<v1, dt::step<Change, Inverse>> {};
template <class Change, class Inverse>
constexpr bool is_no_inverse(dt::text_view table, dt::text_view object, dt::text_view other, dt::text_view how) {
  const dt::array_view<dt::finding> all = findings<one_step<Change, Inverse>>;
  return test::are(all, code::MG_INVERSE) && all[0].table == table && all[0].object == object &&
         all[0].other == other && all[0].detail == how && all[0].inverse && all[0].step == 1;
}
template <class Change, class Inverse>
constexpr bool is_inverse = findings<one_step<Change, Inverse>>.empty();

// No foreign key stands on what the step itself has added.
static_assert(is_inverse<dt::add_index<"customer", dt::unique_index<"twice", "id">>, dt::drop_index<"customer", "twice">>);
static_assert(is_inverse<dt::add_constraint<"customer", dt::unique<"twice", "id">>, dt::drop_constraint<"customer", "twice">>);

static_assert(is_no_inverse<dt::rename_table<"product", "article">, dt::rename_table<"article", "goods">>(
    "product", "", "it is now called", "goods"));
static_assert(is_no_inverse<dt::set_not_null<"purchase", "note">,
                            dt::set_column_default<"purchase", "note", dt::default_value<"">>>("purchase", "note",
                                                                                               "column",
                                                                                               "null or not null"));
static_assert(is_no_inverse<dt::set_column_default<"customer", "name", dt::default_value<"x">>,
                            dt::drop_column_default<"customer", "name">>("customer", "name", "column", "default"));
static_assert(
    is_no_inverse<dt::drop_identity<"customer", "id">, dt::set_identity<"customer", "id", dt::identity_by_default>>(
        "customer", "id", "column", "identity"));
static_assert(is_no_inverse<dt::set_type<"customer", "name", dt::text>,
                            dt::set_type<"customer", "name", dt::varchar<21>>>("customer", "name", "column", "type"));
static_assert(is_no_inverse<dt::drop_constraint<"purchase", "positive">,
                            dt::add_constraint<"purchase", dt::check<"positive", "id >= 0">>>("purchase", "positive",
                                                                                              "check constraint",
                                                                                              "expression"));
static_assert(is_inverse<dt::drop_constraint<"purchase", "positive">,
                         dt::add_constraint<"purchase", dt::check<"positive", "\"id\" > 0">>>,
              "quotes do not count");
static_assert(is_no_inverse<dt::drop_constraint<"purchase", "purchase_fkey">,
                            dt::add_constraint<"purchase", dt::foreign_key<"purchase_fkey", dt::columns<"customer">,
                                                                           dt::references<"customer", "id">>>>(
    "purchase", "purchase_fkey", "foreign key", "action on delete"));
static_assert(is_inverse<dt::drop_primary_key<"purchase">, dt::add_constraint<"purchase", dt::primary_key<"id">>>);
/// Two: one part is missing, and another stands there that was not.
template <class Change, class Inverse>
constexpr bool swaps(dt::text_view missing, dt::text_view extra) {
  const dt::array_view<dt::finding> all = findings<one_step<Change, Inverse>>;
  return test::are(all, code::MG_INVERSE, code::MG_INVERSE) && all[0].object == missing && all[0].detail == "missing" &&
         all[1].object == extra && all[1].detail == "extra";
}
static_assert(swaps<dt::rename_constraint<"purchase", "positive", "p">, dt::rename_constraint<"purchase", "p", "q">>(
    "positive", "q"));
static_assert(swaps<dt::rename_index<"purchase", "purchase_idx", "p">, dt::rename_index<"purchase", "p", "q">>(
    "purchase_idx", "q"));
static_assert(swaps<dt::add_constraint<"purchase", dt::check<"c", "id > 1">>,
                    dt::drop_constraint<"purchase", "positive">>("positive", "c"));
static_assert(
    swaps<dt::drop_primary_key<"purchase">, dt::add_constraint<"purchase", dt::unique<"u", "id">>>("primary key", "u"));

// A column that comes back under another name takes its index with it.
using other_name =
    one_step<dt::rename_column<"customer", "name", "full_name">, dt::rename_column<"customer", "full_name", "nom">>;
static_assert(test::are(findings<other_name>, code::MG_INVERSE, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<other_name>[0].object == "name" && findings<other_name>[0].detail == "missing" &&
              findings<other_name>[1].object == "by_name" && findings<other_name>[1].detail == "columns" &&
              findings<other_name>[2].object == "nom" && findings<other_name>[2].detail == "extra");
// Of a renamed table: it has another name, and what refers to it does not know.
using renamed_for_good = one_step<dt::rename_table<"customer", "client">, dt::rename_table<"product", "article">>;
static_assert(test::are(findings<renamed_for_good>, code::MG_INVERSE, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<renamed_for_good>[0].table == "purchase" &&
              findings<renamed_for_good>[0].object == "purchase_fkey" &&
              findings<renamed_for_good>[0].detail == "target" && findings<renamed_for_good>[1].table == "customer" &&
              findings<renamed_for_good>[1].other == "it is now called" && findings<renamed_for_good>[2].detail == "article");
using created_in_its_place = one_step<dt::rename_table<"product", "article">, dt::create_table<product>>;
static_assert(test::are(findings<created_in_its_place>, code::MG_INVERSE, code::MG_INVERSE));
static_assert(findings<created_in_its_place>[0].table == "product" &&
              findings<created_in_its_place>[0].other == "it is now called" &&
              findings<created_in_its_place>[1].table == "product" &&
              findings<created_in_its_place>[1].detail == "extra");
// The inverse is applied to what the change has made, under its new names.
static_assert(
    test::are(findings<one_step<dt::rename_table<"product", "article">, dt::rename_table<"product", "article">>>,
              code::MG_TARGET));
static_assert(test::are(findings<one_step<dt::set_type<"customer", "name", dt::integer, dt::using_sql<"length(name)">>,
                                          dt::set_type<"customer", "name", dt::varchar<20>>>>,
                        code::SC_DEFAULT),
              "'' is no integer");

// A finding outlives the column that the step has made, and says of which type it was.
using with_default = one_step<dt::set_type<"purchase", "note", dt::varchar<3>>,
                              dt::set_column_default<"purchase", "note", dt::default_value<"four">>>;
static_assert(test::are(findings<with_default>, code::SC_DEFAULT) && findings<with_default>[0].inverse &&
              *findings<with_default>[0].column_type == dt::varchar<3>::type);
using with_name = one_step<dt::rename_column<"purchase", "note", "">, dt::rename_column<"purchase", "", "note">>;
static_assert(test::are(findings<with_name>, code::SC_NAME) && *findings<with_name>[0].column_type == dt::text::type);

// ---- MG_LOSSY, MG_NOT_LOSSY

struct drops_silently
    : dt::migration<v1, dt::step<dt::drop_column<"purchase", "note">, dt::add_column<"purchase", p_note>>,
                    dt::step<dt::drop_table<"product">, dt::create_table<product>>> {};
static_assert(test::are(findings<drops_silently>, code::MG_LOSSY, code::MG_LOSSY));
static_assert(findings<drops_silently>[0].table == "purchase" && findings<drops_silently>[0].object == "note" &&
              findings<drops_silently>[0].detail == "drop_column" && findings<drops_silently>[0].step == 1 &&
              !findings<drops_silently>[0].inverse && findings<drops_silently>[0].migration == "drops_silently");
static_assert(findings<drops_silently>[1].table == "product" && findings<drops_silently>[1].detail == "drop_table");
struct too_careful : dt::migration<v1, dt::lossy<"so", add_nick>> {};
static_assert(test::are(findings<too_careful>, code::MG_NOT_LOSSY) && findings<too_careful>[0].object == "nick" &&
              findings<too_careful>[0].detail == "add_column");
struct index_is_no_data
    : dt::migration<
          v1, dt::lossy<"so", dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>>> {};
static_assert(test::are(findings<index_is_no_data>, code::MG_NOT_LOSSY));

// Of a change of type it depends on the types.
template <class Step>
struct on_price : dt::migration<dt::schema<"1", dt::table<"product", dt::column<"price", dt::numeric<12, 2>>>>, Step> {
};
template <class To>
using retyped = dt::step<dt::set_type<"product", "price", To>, dt::set_type<"product", "price", dt::numeric<12, 2>>>;
static_assert(test::are(findings<on_price<retyped<dt::numeric<12, 0>>>>, code::MG_LOSSY));
static_assert(findings<on_price<retyped<dt::numeric<12, 0>>>>[0].detail == "set_type" &&
              findings<on_price<retyped<dt::numeric<12, 0>>>>[0].object == "price");
static_assert(findings<on_price<dt::lossy<"cents are not sold", retyped<dt::numeric<12, 0>>>>>.empty());
static_assert(findings<on_price<retyped<dt::numeric<14, 4>>>>.empty() &&
              findings<on_price<retyped<dt::numeric<6, 2>>>>.empty());
static_assert(test::are(findings<on_price<dt::lossy<"so", retyped<dt::numeric<14, 4>>>>>, code::MG_NOT_LOSSY));
static_assert(test::are(findings<on_price<dt::lossy<"so", retyped<dt::numeric<6, 2>>>>>, code::MG_NOT_LOSSY),
              "the server refuses what does not fit");
static_assert(dt::detail::step_node<on_price<retyped<dt::numeric<14, 4>>>, 0>::size.inverse_destroys &&
              !dt::detail::step_node<on_price<retyped<dt::numeric<14, 2>>>, 0>::size.inverse_destroys);
static_assert(test::are(
    findings<one_step<dt::drop_constraint<"purchase", "positive">, dt::add_constraint<"purchase", p_check>>>));
struct renamed_with_care : dt::migration<v1, dt::lossy<"so", rename_id>> {};
static_assert(test::are(findings<renamed_with_care>, code::MG_NOT_LOSSY) &&
              findings<renamed_with_care>[0].detail == "rename_column");

// ---- What a step raises names the step, and the others are checked as well

struct all_wrong
    : dt::migration<
          v1, add_nick, add_nick, dt::step<dt::drop_index<"customer", "x">, dt::add_index<"customer", by_name>>,
          dt::step<dt::add_column<"customer", dt::column<"n", dt::integer>>, dt::drop_column<"customer", "n">>> {};
static_assert(test::are(findings<all_wrong>, code::MG_EXISTS, code::MG_TARGET, code::MG_REQUIRED));
static_assert(findings<all_wrong>[0].step == 2 && findings<all_wrong>[1].step == 3 && findings<all_wrong>[2].step == 4);

// ---- MG_RESULT: a migration between two declarations

struct v2_in_full
    : dt::schema<"2", product, purchase, dt::table<"customer", nick, name, id, by_name, dt::primary_key<"id">>> {};
struct to_v2 : dt::migration<v1, dt::to<v2_in_full>, add_nick> {};
static_assert(findings<to_v2>.empty(), "the order of columns and tables does not count");
static_assert(to_v2::declared_result == &v2_in_full::value && add_two::declared_result == nullptr);
static_assert(to_v2::step_count == 1);

struct not_there : dt::migration<v1, dt::to<v2_in_full>, create_invoice> {};
static_assert(test::are(findings<not_there>, code::MG_RESULT, code::MG_RESULT));
static_assert(findings<not_there>[0].table == "customer" && findings<not_there>[0].object == "nick" &&
              findings<not_there>[0].detail == "missing" && findings<not_there>[0].version == "2" &&
              findings<not_there>[0].migration == "not_there");
static_assert(findings<not_there>[1].table == "invoice" && findings<not_there>[1].detail == "extra");
struct without_steps : dt::migration<v1, dt::to<v1>> {};
static_assert(findings<without_steps>.empty());
// Of steps that fail, the result says nothing more.
struct failed : dt::migration<v1, dt::to<v2_in_full>,
                              dt::step<dt::drop_index<"customer", "x">, dt::add_index<"customer", by_name>>> {};
static_assert(test::are(findings<failed>, code::MG_TARGET));
