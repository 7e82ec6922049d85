// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/constraints.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
using email = dt::column<"email", dt::text>;
using nick = dt::column<"nick", dt::text, dt::null>;
using key = dt::unique<"customer_key", "email", "id">;
using positive = dt::check<"positive", "id > 0">;
struct customer
    : dt::table<"customer", id, email, nick, dt::primary_key<"id">, key, positive, dt::index<"customer_idx", "email">> {
};
using to_id = dt::foreign_key<"to_id", dt::columns<"customer">, dt::references<"customer", "id">>;
using to_key = dt::foreign_key<"to_key", dt::columns<"email", "customer">, dt::references<"customer", "email", "id">>;
struct purchase
    : dt::table<"purchase", dt::column<"customer", dt::bigint>, email, dt::unique<"purchase_key", "email">, to_id> {};
struct v1 : dt::schema<"1", customer, purchase> {};

struct ids : dt::view<"ids", dt::query<"SELECT 1">, id> {};
struct with_ids : dt::schema<"view", ids> {};

// ---- set_deferrable, drop_deferrable

template <class... Deferral>
struct deferring
    : dt::schema<"d", customer,
                 dt::table<"purchase", dt::column<"customer", dt::bigint>, email, dt::unique_on<"purchase_key", dt::columns<"email">, dt::deferrable>,
                           dt::foreign_key<"to_id", dt::columns<"customer">, dt::references<"customer", "id">,
                                           dt::on_delete<dt::cascade>, Deferral...>>> {};
template <class Deferral, dt::fixed_string ForeignKey = "to_id", dt::fixed_string Table = "purchase">
constexpr const dt::model::change& deferred = dt::set_deferrable<Table, ForeignKey, Deferral>::value;
constexpr const dt::model::change& held = dt::drop_deferrable<"purchase", "to_id">::value;
static_assert(test::does(deferring<>::value, deferred<dt::deferrable>, "alter_part purchase.to_id to to_id"));
static_assert(test::comes_back(deferring<>::value, deferred<dt::deferrable>) &&
              test::comes_back(deferring<dt::deferrable>::value, deferred<dt::initially_deferred>) &&
              test::comes_back(deferring<dt::initially_deferred>::value, held));
static_assert(test::says(deferring<>::value, held, code::MG_NO_CHANGE, "purchase", "to_id"));
static_assert(test::says(deferring<dt::deferrable>::value, deferred<dt::deferrable>, code::MG_NO_CHANGE, "purchase", "to_id"));
static_assert(test::says(v1::value, deferred<dt::deferrable, "purchase_key">, code::MG_TARGET, "purchase", "purchase_key",
                         "foreign key"), "PostgreSQL alters foreign keys only");
static_assert(test::says(v1::value, deferred<dt::deferrable, "to_id", "client">, code::MG_TARGET, "client", "to_id", "table"));
static_assert([] {
  const test::applied done(deferring<>::value, deferred<dt::initially_deferred>);
  const auto* f = dt::model::as_foreign_key(done.draft.find("purchase")->find(dt::model::part_kind::foreign_key, "to_id"));
  return f->deferred == dt::model::deferral::initially_deferred && f->on_delete == dt::cascade && f->columns.size() == 1;
}());

// ---- add_constraint

template <class Constraint, dt::fixed_string Table = "customer">
constexpr const dt::model::change& added = dt::add_constraint<Table, Constraint>::value;

using short_email = dt::check_values<"short_email", "email", dt::at_most<9>>;
static_assert(added<short_email>.kind == &kind_of<changes::add_constraint> &&
              added<short_email>.table == dt::identifier("customer") &&
              added<short_email>.object == dt::identifier("short_email") &&
              added<short_email>.declared == &short_email::value);

// Each kind of constraint.
template <class Constraint, dt::fixed_string Table = "customer">
constexpr bool can_be_added(dt::text_view operation) {
  return test::does(v1::value, added<Constraint, Table>, operation) &&
         !test::destroys(v1::value, added<Constraint, Table>) && test::comes_back(v1::value, added<Constraint, Table>);
}
static_assert(can_be_added<short_email>("add_part customer.short_email"));
static_assert(can_be_added<dt::check<"c", "id < 9">>("add_part customer.c"));
static_assert(can_be_added<dt::unique<"u", "nick">>("add_part customer.u"));
static_assert(can_be_added<to_key, "purchase">("add_part purchase.to_key"));
static_assert(can_be_added<dt::primary_key<"customer">, "purchase">("add_part purchase.primary key"));
static_assert(
    can_be_added<dt::check<"\"; DROP TABLE customer; --", "id < 9">>("add_part customer.\"; DROP TABLE customer; --"));
static_assert(can_be_added<dt::check<"customer", "id < 9">>("add_part customer.customer"), "a check of a table's name");
static_assert(can_be_added<dt::check<"id", "id < 9">>("add_part customer.id"), "and of a column's");
static_assert(can_be_added<dt::check<"purchase_key", "id < 9">>("add_part customer.purchase_key"),
              "and of another table's constraint");
static_assert([] {
  const test::applied done(v1::value, added<short_email>);
  const dt::model::table& t = *done.draft.find("customer");
  return t.parts.size() == 8 && t.parts[7] == &short_email::value && t.has_rules && !customer::value.has_rules &&
         done.draft.find("purchase") == &purchase::value;
}());

static_assert(test::says(v1::value, added<positive, "client">, code::MG_TARGET, "client", "positive", "table"));
static_assert(test::says(with_ids::value, added<positive, "ids">, code::MG_TARGET, "ids", "positive",
                         dt::model::draft::no_table));
constexpr bool exists(const dt::model::change& c, dt::text_view name, dt::text_view at, dt::text_view what) {
  return test::says(v1::value, c, code::MG_EXISTS, c.table, name, at, what);
}
static_assert(exists(added<positive>, "positive", "customer", "check constraint"));
static_assert(exists(added<dt::check<"customer_key", "id > 1">>, "customer_key", "customer", "unique constraint"));
static_assert(exists(added<dt::check<"customer_idx", "id > 1">>, "customer_idx", "customer", "index"));
static_assert(exists(added<dt::unique<"purchase_key", "id">>, "purchase_key", "purchase", "unique constraint"));
static_assert(exists(added<dt::unique<"purchase", "id">>, "purchase", "purchase", "table"));
static_assert(exists(added<dt::unique<"customer_idx", "email">, "purchase">, "customer_idx", "customer", "index"));
static_assert(exists(added<dt::primary_key<"email">>, "primary key", "customer", "primary key"));

// What a declaration raises.
static_assert(test::raises(v1::value, added<dt::unique<"u", "nr">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::unique<"u">>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::check_values<"c", "nr", dt::between<1, 2>>>, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, added<dt::check<"c", "id > 0; DROP TABLE customer">>, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, added<dt::check<"c", "">>, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, added<dt::check<"", "id > 0">>, code::SC_NAME));
static_assert(test::raises(v1::value, added<dt::check<test::too_long, "id > 0">>, code::SC_NAME));
using without_key = dt::schema<"2", dt::table<"customer", id, nick>>;
static_assert(test::raises(without_key::value, added<dt::primary_key<"nick">>, code::SC_KEY), "it may be null");
template <dt::fixed_string Column, class References, class... Actions>
using fkey = dt::foreign_key<"f", dt::columns<Column>, References, Actions...>;
static_assert(test::raises(v1::value, added<fkey<"customer", dt::references<"customer", "email">>, "purchase">,
                           code::SC_FK_TARGET),
              "a column that is no key");
static_assert(test::raises(v1::value, added<fkey<"customer", dt::references<"client", "id">>, "purchase">,
                           code::SC_FK_TARGET));
static_assert(test::raises(v1::value, added<fkey<"email", dt::references<"customer", "id">>, "purchase">,
                           code::SC_FK_TYPE));
static_assert(test::raises(
    v1::value, added<fkey<"customer", dt::references<"customer", "id">, dt::on_delete<dt::set_null>>, "purchase">,
    code::SC_FK_ACTION));

// ---- drop_constraint, drop_primary_key

template <dt::fixed_string Constraint, dt::fixed_string Table = "customer">
constexpr const dt::model::change& dropped = dt::drop_constraint<Table, Constraint>::value;
template <dt::fixed_string Table>
constexpr const dt::model::change& without_primary_key = dt::drop_primary_key<Table>::value;

static_assert(dropped<"positive">.kind == &kind_of<changes::drop_constraint> &&
              dropped<"positive">.table == dt::identifier("customer") &&
              dropped<"positive">.object == dt::identifier("positive"));
static_assert(without_primary_key<"customer">.kind == &kind_of<changes::drop_constraint> &&
              without_primary_key<"customer">.object.empty());

static_assert(
    test::makes<dt::table<"customer", id, email, nick, dt::primary_key<"id">, key, dt::index<"customer_idx", "email">>>(
        v1::value, dropped<"positive">));
constexpr bool can_be_dropped(const dt::model::change& c, dt::text_view operation) {
  return test::does(v1::value, c, operation) && !test::destroys(v1::value, c) && test::comes_back(v1::value, c);
}
static_assert(can_be_dropped(dropped<"positive">, "drop_part customer.positive"));
static_assert(can_be_dropped(dropped<"customer_key">, "drop_part customer.customer_key"), "nobody refers to it");
static_assert(can_be_dropped(dropped<"to_id", "purchase">, "drop_part purchase.to_id"));
static_assert(natural_inverse(dropped<"positive">, v1::value).declared == &positive::value);
static_assert(natural_inverse(dropped<"positive", "client">, v1::value).declared == nullptr);

struct alone : dt::schema<"3", customer> {};
static_assert(test::comes_back(alone::value, without_primary_key<"customer">));
static_assert(test::does(alone::value, without_primary_key<"customer">, "drop_part customer.primary key"));
static_assert([] {
  const test::applied done(alone::value, without_primary_key<"customer">);
  const dt::model::table& t = *done.draft.find("customer");
  return t.primary_key() == nullptr && t.find_column("id") == &id::value && !t.find_column("id")->nullable;
}());

static_assert(test::says(v1::value, dropped<"nr">, code::MG_TARGET, "customer", "nr", "constraint"));
static_assert(test::says(v1::value, dropped<"positive", "client">, code::MG_TARGET, "client", "positive", "table"));
static_assert(test::says(v1::value, dropped<"positive", "purchase">, code::MG_TARGET, "purchase", "positive",
                         "constraint"),
              "of another table");
static_assert(test::raises(v1::value, dropped<"customer_idx">, code::MG_TARGET), "an index is no constraint");
static_assert(test::raises(v1::value, dropped<"id">, code::MG_TARGET), "nor is a column");
static_assert(test::says(v1::value, without_primary_key<"purchase">, code::MG_TARGET, "purchase", "", "primary key"));
static_assert(test::raises(with_ids::value, dropped<"positive", "ids">, code::MG_TARGET));

// A key that a foreign key stands on, of another table or of its own.
static_assert(test::says(v1::value, without_primary_key<"customer">, code::MG_DEPENDENT, "customer", "primary key",
                         "to_id", "foreign key"));
struct referred : dt::schema<"4", customer, dt::table<"purchase", dt::column<"customer", dt::bigint>, email, to_key>> {
};
static_assert(test::says(referred::value, dropped<"customer_key">, code::MG_DEPENDENT, "customer", "customer_key",
                         "to_key", "foreign key"));
static_assert(test::comes_back(referred::value, without_primary_key<"customer">), "it stands on the other key");
// Which of two keys a foreign key stands on, the server has decided: each may be the one.
struct twice
    : dt::schema<
          "6",
          dt::table<"customer", id, email, dt::unique<"first", "email", "id">, dt::unique<"second", "id", "email">>,
          dt::table<"purchase", dt::column<"customer", dt::bigint>, email, to_key>> {};
static_assert(test::says(twice::value, dropped<"first">, code::MG_DEPENDENT, "customer", "first", "to_key",
                         "foreign key") &&
              test::says(twice::value, dropped<"second">, code::MG_DEPENDENT, "customer", "second", "to_key",
                         "foreign key"));
struct node : dt::table<"node", id, dt::primary_key<"id">,
                        dt::foreign_key<"up", dt::columns<"id">, dt::references<"node", "id">>> {};
struct nodes : dt::schema<"5", node> {};
static_assert(test::says(nodes::value, without_primary_key<"node">, code::MG_DEPENDENT, "node", "primary key", "up",
                         "foreign key"));
// The foreign key first.
static_assert([] {
  test::applied done(nodes::value, dropped<"up", "node">);
  apply(done.draft, without_primary_key<"node">);
  return done.draft.findings.empty() && done.draft.find("node")->parts.size() == 1;
}());

// ---- rename_constraint

template <dt::fixed_string Constraint, dt::fixed_string NewName, dt::fixed_string Table = "customer">
constexpr const dt::model::change& renamed = dt::rename_constraint<Table, Constraint, NewName>::value;

static_assert(renamed<"positive", "n">.kind == &kind_of<changes::rename_constraint> &&
              renamed<"positive", "n">.object == dt::identifier("positive") &&
              renamed<"positive", "n">.renamed == dt::identifier("n"));
template <dt::fixed_string Key, dt::fixed_string Check>
struct customer_with : dt::table<"customer", id, email, nick, dt::primary_key<"id">, dt::unique<Key, "email", "id">,
                                 dt::check<Check, "id > 0">, dt::index<"customer_idx", "email">> {};
static_assert(test::makes<customer_with<"n", "positive">>(v1::value, renamed<"customer_key", "n">));
static_assert(test::makes<customer_with<"customer_key", "n">>(v1::value, renamed<"positive", "n">));
static_assert(test::does(v1::value, renamed<"positive", "n">, "alter_part customer.positive to n"));
static_assert(!test::destroys(v1::value, renamed<"positive", "n">));
static_assert(test::comes_back(v1::value, renamed<"positive", "n">) &&
              test::comes_back(v1::value, renamed<"customer_key", "n">) &&
              test::comes_back(v1::value, renamed<"to_id", "n", "purchase">) &&
              test::comes_back(referred::value, renamed<"customer_key", "n">));
static_assert(test::comes_back(v1::value, renamed<"positive", "\"; DROP TABLE customer; --">));
static_assert(test::comes_back(v1::value, renamed<"positive", "purchase_key">), "a check and another table's key");
static_assert(natural_inverse(renamed<"positive", "n">, v1::value).kind == &kind_of<changes::rename_constraint>);

static_assert(test::says(v1::value, renamed<"nr", "n">, code::MG_TARGET, "customer", "nr", "constraint"));
static_assert(test::says(v1::value, renamed<"nr", "n", "client">, code::MG_TARGET, "client", "nr", "table"));
static_assert(test::raises(v1::value, renamed<"customer_idx", "n">, code::MG_TARGET), "an index is no constraint");
static_assert(exists(renamed<"positive", "customer_key">, "customer_key", "customer", "unique constraint"));
static_assert(exists(renamed<"positive", "customer_idx">, "customer_idx", "customer", "index"));
static_assert(exists(renamed<"positive", "positive">, "positive", "customer", "check constraint"));
static_assert(exists(renamed<"customer_key", "purchase_key">, "purchase_key", "purchase", "unique constraint"));
static_assert(exists(renamed<"customer_key", "purchase">, "purchase", "purchase", "table"));
static_assert(test::raises(v1::value, renamed<"positive", "">, code::SC_NAME));
static_assert(test::raises(v1::value, renamed<"positive", test::too_long>, code::SC_NAME));
static_assert(test::raises(v1::value, renamed<"", "customer_pkey">, code::MG_EXISTS), "a primary key has no name");

// ---- Exclusion constraints

using dt::element, dt::element_sql, dt::with, dt::method;
template <dt::fixed_string Name, dt::fixed_string Room = "room", class Where = dt::where<"room > 0">>
using no_overlap = dt::exclude<Name, element<Room, with<"=">>, element_sql<"int8range(first_day, last_day)", with<"&&">>,
                               method<"gist">, dt::include<"id">, Where, dt::deferrable>;
template <class... Parts>
using booking = dt::table<"booking", id, dt::column<"first_day", dt::bigint>, dt::column<"last_day", dt::bigint>, Parts...>;
using room = dt::column<"room", dt::bigint>;
struct booked : dt::schema<"8", booking<room, no_overlap<"no_overlap">>> {};
struct unbooked : dt::schema<"9", booking<room>> {};
constexpr const dt::model::change& excluding = dt::add_constraint<"booking", no_overlap<"no_overlap">>::value;

static_assert(test::makes<booking<room, no_overlap<"no_overlap">>>(unbooked::value, excluding));
static_assert(test::does(unbooked::value, excluding, "add_part booking.no_overlap"));
static_assert(test::comes_back(unbooked::value, excluding) && !test::destroys(unbooked::value, excluding));
static_assert(test::makes<booking<room>>(booked::value, dropped<"no_overlap", "booking">));
static_assert(test::comes_back(booked::value, dropped<"no_overlap", "booking">));
static_assert(test::makes<booking<room, no_overlap<"n">>>(booked::value, renamed<"no_overlap", "n", "booking">));
static_assert(test::comes_back(booked::value, renamed<"no_overlap", "n", "booking">));
static_assert(test::says(booked::value, excluding, code::MG_EXISTS, "booking", "no_overlap", "booking",
                         "exclusion constraint"));
static_assert(test::raises(unbooked::value, dt::add_constraint<"booking", no_overlap<"booking">>::value, code::MG_EXISTS),
              "it is an index, which no table has the name of");
static_assert(test::raises(unbooked::value, dt::add_constraint<"booking", dt::exclude<"e", element<"id">>>::value,
                           code::SC_EXCLUSION));
// A column of it gets another name in all of it, and is not dropped.
static_assert(test::makes<booking<dt::column<"hall", dt::bigint>, no_overlap<"no_overlap", "hall", dt::where<"\"hall\" > 0">>>>(
    booked::value, dt::rename_column<"booking", "room", "hall">::value));
static_assert(test::comes_back(booked::value, dt::rename_column<"booking", "room", "hall">::value) &&
              test::comes_back(booked::value, dt::rename_column<"booking", "first_day", "x\"y">::value) &&
              test::comes_back(booked::value, dt::rename_column<"booking", "id", "nr">::value));
static_assert(test::says(dt::schema<"1", booking<no_overlap<"e", "id", dt::where<"First_day > 0">>>>::value,
                         dt::rename_column<"booking", "first_day", "n">::value, code::MG_DEPENDENT, "booking", "first_day",
                         "e", "exclusion constraint that may mean the column, or another thing: put it in quotes"));
static_assert(test::raises(booked::value, dt::drop_column<"booking", "room">::value, code::MG_DEPENDENT) &&
              test::raises(booked::value, dt::drop_column<"booking", "first_day">::value, code::MG_DEPENDENT) &&
              test::raises(booked::value, dt::drop_column<"booking", "id">::value, code::MG_DEPENDENT));
static_assert(test::comes_back(booked::value, dt::rename_table<"booking", "stay">::value));

}  // namespace
