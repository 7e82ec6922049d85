// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/alter_column.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

/// A table whose column `c` is declared so, and another one that stays as it is.
template <class Type, class... Options>
struct item : dt::table<"item", dt::column<"c", Type, Options...>, dt::column<"other", dt::text, dt::null>> {};
template <class Type, class... Options>
struct v1 : dt::schema<"1", item<Type, Options...>> {};
template <class Type, class... Options>
constexpr const dt::model::schema& with = v1<Type, Options...>::value;

struct ids : dt::view<"ids", dt::query<"SELECT 1">, dt::column<"c", dt::bigint>> {};
struct with_ids : dt::schema<"view", ids> {};

/// The change, one `alter_part`, destroys nothing and comes back.
constexpr bool alters(const dt::model::schema& before, const dt::model::change& c) {
  return test::does(before, c, "alter_part item.c to c") && !test::destroys(before, c) && test::comes_back(before, c);
}
constexpr bool nothing_changes(const dt::model::schema& before, const dt::model::change& c) {
  return test::says(before, c, code::MG_NO_CHANGE, "item", "c");
}
/// What every change of a column needs: `Change<table, column>`.
template <class OfClient, class OfNr, class OfView>
constexpr bool needs_a_column = test::says(with<dt::bigint>, OfClient::value, code::MG_TARGET, "client", "c",
                                           "table") &&
                                test::says(with<dt::bigint>, OfNr::value, code::MG_TARGET, "item", "nr", "column") &&
                                test::says(with_ids::value, OfView::value, code::MG_TARGET, "ids", "c",
                                           dt::model::draft::no_table);

// ---- set_column_default, drop_column_default

template <class Default>
constexpr const dt::model::change& set = dt::set_column_default<"item", "c", Default>::value;
constexpr const dt::model::change& drop = dt::drop_column_default<"item", "c">::value;
using zero = dt::default_value<0>;
using one = dt::default_value<1>;

static_assert(set<zero>.kind == &kind_of<changes::set_default> && drop.kind == set<zero>.kind &&
              drop.declared == nullptr && drop.table == dt::identifier("item") && drop.object == dt::identifier("c"));
static_assert(test::makes<item<dt::integer, zero>>(with<dt::integer>, set<zero>));
static_assert(test::makes<item<dt::integer, zero>>(with<dt::integer, one>, set<zero>));
static_assert(test::makes<item<dt::integer>>(with<dt::integer, one>, drop));
static_assert(test::makes<item<dt::integer, dt::null, zero>>(with<dt::integer, dt::null>, set<zero>), "and still null");
static_assert(alters(with<dt::integer>, set<zero>) && alters(with<dt::integer, one>, set<zero>));
static_assert(alters(with<dt::integer, one>, drop) && alters(with<dt::timestamptz>, set<dt::default_sql<"now()">>));
static_assert(alters(with<dt::text>, set<dt::default_value<"'; DROP TABLE item; --">>));

static_assert(needs_a_column<dt::set_column_default<"client", "c", zero>, dt::set_column_default<"item", "nr", zero>,
                             dt::set_column_default<"ids", "c", zero>>);
static_assert(needs_a_column<dt::drop_column_default<"client", "c">, dt::drop_column_default<"item", "nr">,
                             dt::drop_column_default<"ids", "c">>);
static_assert(nothing_changes(with<dt::integer, zero>, set<zero>) && nothing_changes(with<dt::integer>, drop));
static_assert(alters(with<dt::text, dt::default_value<"now()">>, set<dt::default_sql<"now()">>), "a text is no SQL");
static_assert(test::raises(with<dt::smallint>, set<dt::default_value<40000>>, code::SC_DEFAULT));
static_assert(test::raises(with<dt::varchar<2>>, set<dt::default_value<"abc">>, code::SC_DEFAULT));
static_assert(test::raises(with<dt::text>, set<dt::default_value<"a\0b">>, code::SC_DEFAULT));
static_assert(test::raises(with<dt::integer>, set<dt::default_sql<"0); DROP TABLE item; --">>, code::SC_EXPRESSION));
static_assert(test::raises(with<dt::bigint, dt::identity>, set<zero>, code::SC_IDENTITY));
using customer = dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">>;
template <dt::referential_action Action, class... Options>
struct referring
    : dt::schema<
          "2", customer,
          dt::table<"item", dt::column<"c", dt::bigint, Options...>,
                    dt::foreign_key<"f", dt::columns<"c">, dt::references<"customer", "id">, dt::on_delete<Action>>>> {
};
static_assert(test::says(referring<dt::set_default, zero>::value, drop, code::SC_FK_ACTION, "item", "f", "c",
                         "set default on a column without default"));
static_assert(alters(referring<dt::set_default, zero, dt::null>::value, drop), "then it is set null");

// ---- set_not_null, drop_not_null

constexpr const dt::model::change& not_null = dt::set_not_null<"item", "c">::value;
constexpr const dt::model::change& nullable = dt::drop_not_null<"item", "c">::value;
static_assert(not_null.kind == &kind_of<changes::set_not_null> && nullable.kind == &kind_of<changes::drop_not_null>);
static_assert(natural_inverse(not_null, with<dt::text>).kind == nullable.kind &&
              natural_inverse(nullable, with<dt::text>).kind == not_null.kind);
static_assert(test::makes<item<dt::text>>(with<dt::text, dt::null>, not_null));
static_assert(test::makes<item<dt::text, dt::null>>(with<dt::text>, nullable));
static_assert(test::makes<item<dt::text, dt::default_value<"">>>(with<dt::text, dt::default_value<"">, dt::null>,
                                                                 not_null));
static_assert(alters(with<dt::text, dt::null>, not_null) && alters(with<dt::text>, nullable));

static_assert(
    needs_a_column<dt::set_not_null<"client", "c">, dt::set_not_null<"item", "nr">, dt::set_not_null<"ids", "c">>);
static_assert(
    needs_a_column<dt::drop_not_null<"client", "c">, dt::drop_not_null<"item", "nr">, dt::drop_not_null<"ids", "c">>);
static_assert(nothing_changes(with<dt::text>, not_null) && nothing_changes(with<dt::text, dt::null>, nullable));
static_assert(test::says(referring<dt::set_null, dt::null>::value, not_null, code::SC_FK_ACTION, "item", "f", "c",
                         "set null on a not null column"));
static_assert(alters(referring<dt::cascade, dt::null>::value, not_null));
struct keyed : dt::schema<"3", dt::table<"item", dt::column<"c", dt::bigint>, dt::primary_key<"c">>> {};
static_assert(test::says(keyed::value, nullable, code::SC_KEY, "item", "primary key", "c",
                         "a column of it may be null"));
static_assert(test::raises(with<dt::bigint, dt::identity>, nullable, code::SC_IDENTITY));

// ---- set_identity, drop_identity

template <class Identity>
constexpr const dt::model::change& numbered = dt::set_identity<"item", "c", Identity>::value;
constexpr const dt::model::change& unnumbered = dt::drop_identity<"item", "c">::value;
static_assert(numbered<dt::identity>.kind == &kind_of<changes::set_identity> &&
              unnumbered.kind == numbered<dt::identity>.kind && unnumbered.declared == nullptr);
static_assert(test::makes<item<dt::bigint, dt::identity>>(with<dt::bigint>, numbered<dt::identity>));
static_assert(test::makes<item<dt::bigint, dt::identity>>(with<dt::bigint, dt::identity_by_default>,
                                                          numbered<dt::identity>));
static_assert(test::makes<item<dt::integer, dt::identity_by_default>>(with<dt::integer>,
                                                                      numbered<dt::identity_by_default>));
static_assert(test::makes<item<dt::bigint>>(with<dt::bigint, dt::identity>, unnumbered));
static_assert(alters(with<dt::bigint>, numbered<dt::identity>) && alters(with<dt::bigint, dt::identity>, unnumbered));
static_assert(alters(with<dt::smallint, dt::identity>, numbered<dt::identity_by_default>));

static_assert(needs_a_column<dt::set_identity<"client", "c", dt::identity>,
                             dt::set_identity<"item", "nr", dt::identity>, dt::set_identity<"ids", "c", dt::identity>>);
static_assert(
    needs_a_column<dt::drop_identity<"client", "c">, dt::drop_identity<"item", "nr">, dt::drop_identity<"ids", "c">>);
static_assert(nothing_changes(with<dt::bigint, dt::identity>, numbered<dt::identity>) &&
              nothing_changes(with<dt::bigint>, unnumbered));
static_assert(test::raises(with<dt::text>, numbered<dt::identity>, code::SC_IDENTITY));
static_assert(test::raises(with<dt::bigint, dt::null>, numbered<dt::identity>, code::SC_IDENTITY));
static_assert(test::raises(with<dt::bigint, zero>, numbered<dt::identity_by_default>, code::SC_IDENTITY));

// ---- Of generated columns

struct product : dt::table<"item", dt::column<"c", dt::bigint>, dt::column<"n", dt::bigint, dt::generated_stored<"c * 2">>,
                           dt::column<"e", dt::bigint, dt::generated_virtual<"c * 2">, dt::null>> {};
struct with_product : dt::schema<"1", product> {};
constexpr const dt::model::schema& products = with_product::value;
static_assert(test::comes_back(products, dt::drop_not_null<"item", "n">::value));
static_assert(test::comes_back(products, dt::set_not_null<"item", "e">::value));
static_assert(test::raises(products, dt::set_column_default<"item", "n", zero>::value, code::SC_GENERATED));
static_assert(test::raises(products, dt::set_identity<"item", "n", dt::identity>::value, code::SC_GENERATED));
static_assert(test::says(products, dt::set_type<"item", "n", dt::integer>::value, code::MG_GENERATED, "item", "n"));
static_assert(test::raises(products, dt::set_type<"item", "c", dt::integer>::value, code::MG_DEPENDENT, code::MG_DEPENDENT));
static_assert(test::comes_back(products, dt::drop_column<"item", "n">::value) &&
              !test::destroys(products, dt::drop_column<"item", "n">::value), "what is computed is not lost");
static_assert(test::comes_back(with<dt::bigint>, dt::add_column<"item", dt::column<"n", dt::bigint, dt::generated_stored<"c">>>::value),
              "not null, and needs no default");

// ---- set_collation, drop_collation

using english = dt::collate<"en">;
using plain = dt::collate<"C">;
template <dt::fixed_string Name>
constexpr const dt::model::change& collated = dt::set_collation<"item", "c", Name>::value;
constexpr const dt::model::change& uncollated = dt::drop_collation<"item", "c">::value;
static_assert(test::makes<item<dt::text, english, dt::null>>(with<dt::text, dt::null>, collated<"en">));
static_assert(test::makes<item<dt::text, english>>(with<dt::text, plain>, collated<"en">));
static_assert(test::makes<item<dt::text>>(with<dt::text, plain>, uncollated));
static_assert(test::makes<item<dt::text, dt::generated_stored<"other">, english>>(
    with<dt::text, dt::generated_stored<"other">>, collated<"en">), "and still generated");
static_assert(alters(with<dt::text>, collated<"en">) && alters(with<dt::varchar<9>, plain>, collated<"en">) &&
              alters(with<dt::text, plain>, uncollated));
static_assert(alters(with<dt::varchar<9>, plain>, dt::set_type<"item", "c", dt::text>::value), "which keeps it");
static_assert(test::makes<item<dt::text, plain>>(with<dt::varchar<9>, plain>, dt::set_type<"item", "c", dt::text>::value));
static_assert(needs_a_column<dt::set_collation<"client", "c", "C">, dt::set_collation<"item", "nr", "C">,
                             dt::set_collation<"ids", "c", "C">>);
static_assert(nothing_changes(with<dt::text, plain>, collated<"C">) && nothing_changes(with<dt::text>, uncollated));
static_assert(test::raises(with<dt::bigint>, collated<"C">, code::SC_COLLATION));
static_assert(test::raises(with<dt::text>, collated<"">, code::MG_NO_CHANGE));
static_assert(test::raises(with<dt::text>, collated<"a\n">, code::SC_NAME));
static_assert(test::raises(with<dt::varchar<9>, plain>, dt::set_type<"item", "c", dt::bytea, dt::using_sql<"c::bytea">>::value,
                           code::SC_COLLATION));
struct named : dt::schema<"1", dt::table<"item", dt::column<"c", dt::text>, dt::column<"d", dt::text>, dt::primary_key<"c">,
                                         dt::index<"i", "c">, dt::check<"k", "c > ''">,
                                         dt::foreign_key<"f", dt::columns<"d">, dt::references<"item", "c">>>> {};
static_assert(test::says(named::value, collated<"C">, code::MG_DEPENDENT, "item", "c", "f", "foreign key"));
static_assert(test::says(named::value, dt::set_collation<"item", "d", "C">::value, code::MG_DEPENDENT, "item", "d", "f",
                         "foreign key"));
static_assert(test::raises(products, dt::set_collation<"item", "c", "C">::value, code::MG_DEPENDENT, code::MG_DEPENDENT));

// ---- set_comment, set_column_comment

template <class... Comment>
struct note : dt::table<"item", Comment..., dt::column<"c", dt::bigint>, dt::primary_key<"c">> {};
template <class... Comment>
struct noted : dt::schema<"1", note<Comment...>> {};
using old_note = dt::comment<"old">;
template <dt::fixed_string Text>
constexpr const dt::model::change& comments = dt::set_comment<"item", Text>::value;
constexpr const dt::model::change& silent = dt::drop_comment<"item">::value;
static_assert(test::makes<note<old_note>>(noted<>::value, comments<"old">));
static_assert(test::makes<note<old_note>>(noted<dt::comment<"new">>::value, comments<"old">));
static_assert(test::makes<note<>>(noted<old_note>::value, silent));
static_assert(test::does(noted<>::value, comments<"x">, "add_part item.") && test::does(noted<old_note>::value, silent, "drop_part item."));
static_assert(test::comes_back(noted<>::value, comments<"x">) && test::comes_back(noted<old_note>::value, comments<"x">) &&
              test::comes_back(noted<old_note>::value, silent));
static_assert(test::says(noted<>::value, silent, code::MG_NO_CHANGE, "item", "comment") &&
              test::says(noted<old_note>::value, comments<"old">, code::MG_NO_CHANGE, "item", "comment"));
static_assert(test::raises(noted<>::value, comments<"">, code::SC_COMMENT));
static_assert(test::says(noted<>::value, dt::drop_comment<"client">::value, code::MG_TARGET, "client", {}, "table"));
static_assert(test::does(noted<old_note>::value, dt::drop_primary_key<"item">::value, "drop_part item.primary key"),
              "and not the comment, which has no name either");

template <dt::fixed_string Text>
constexpr const dt::model::change& said = dt::set_column_comment<"item", "c", Text>::value;
constexpr const dt::model::change& unsaid = dt::drop_column_comment<"item", "c">::value;
static_assert(test::makes<item<dt::text, plain, dt::comment<"x">>>(with<dt::text, plain>, said<"x">));
static_assert(test::makes<item<dt::text, plain>>(with<dt::text, plain, dt::comment<"x">>, unsaid));
static_assert(alters(with<dt::text>, said<"x">) && alters(with<dt::text, dt::comment<"y">>, said<"x">) &&
              alters(with<dt::text, dt::comment<"y">>, unsaid));
static_assert(nothing_changes(with<dt::text, dt::comment<"x">>, said<"x">) && nothing_changes(with<dt::text>, unsaid));
static_assert(test::raises(with<dt::text>, said<"a\0b">, code::SC_COMMENT));
static_assert(needs_a_column<dt::set_column_comment<"client", "c", "x">, dt::set_column_comment<"item", "nr", "x">,
                             dt::set_column_comment<"ids", "c", "x">>);

// ---- set_type

template <class Type, class... Using>
constexpr const dt::model::change& typed = dt::set_type<"item", "c", Type, Using...>::value;
static_assert(typed<dt::text>.kind == &kind_of<changes::set_type> && typed<dt::text>.expression.empty());
static_assert(typed<dt::text, dt::using_sql<"c::text">>.expression == "c::text");
static_assert(test::makes<item<dt::bigint, dt::null, zero>>(with<dt::integer, dt::null, zero>, typed<dt::bigint>),
              "and everything else as before");
static_assert(test::makes<item<dt::bigint, dt::identity>>(with<dt::integer, dt::identity>, typed<dt::bigint>));

// What holds all values of the old type; that its inverse may be refused, or rounds, is of the inverse's rows.
template <class From, class To>
constexpr bool widens = alters(with<From>, typed<To>);
static_assert(widens<dt::smallint, dt::integer> && widens<dt::integer, dt::bigint>);
static_assert(widens<dt::varchar<10>, dt::varchar<20>> && widens<dt::varchar<10>, dt::text>);
static_assert(widens<dt::numeric<12, 2>, dt::numeric<14, 2>> && widens<dt::numeric<12, 2>, dt::numeric<14, 4>>);
static_assert(widens<dt::integer, dt::numeric<10>> && widens<dt::numeric<12, 2>, dt::any_numeric>);
static_assert(widens<dt::real, dt::double_precision> && widens<dt::integer, dt::double_precision>);
static_assert(widens<dt::precise<dt::timestamptz, 3>, dt::timestamptz>);
static_assert(widens<dt::array<dt::integer>, dt::array<dt::bigint>>);
struct state : dt::enumeration<"state", "open", "paid"> {};
struct larger_state : dt::enumeration<"larger_state", "open", "paid", "sent"> {};
static_assert(widens<state, larger_state>);
// Of these the server refuses the values that do not fit, so that nothing is lost.
static_assert(widens<dt::bigint, dt::integer> && widens<dt::text, dt::varchar<5>>);
static_assert(widens<dt::varchar<10>, dt::varchar<5>> && widens<dt::numeric<12, 2>, dt::numeric<6, 2>>);
static_assert(widens<larger_state, state> && widens<dt::numeric<12>, dt::integer>);

// Of these it rounds or cuts them without a word.
template <class From, class To>
constexpr bool rounds = test::destroys(with<From>, typed<To>) && test::makes<item<To>>(with<From>, typed<To>);
static_assert(rounds<dt::numeric<12, 2>, dt::numeric<12, 0>> && rounds<dt::numeric<12, 2>, dt::numeric<6, 1>>);
static_assert(rounds<dt::numeric<12, 2>, dt::integer> && rounds<dt::any_numeric, dt::numeric<12, 2>>);
static_assert(rounds<dt::double_precision, dt::real> && rounds<dt::double_precision, dt::bigint>);
static_assert(rounds<dt::bigint, dt::double_precision> && rounds<dt::numeric<12, 2>, dt::double_precision>);
static_assert(rounds<dt::timestamptz, dt::precise<dt::timestamptz, 0>>);
static_assert(rounds<dt::time, dt::precise<dt::time, 3>>);
static_assert(rounds<dt::array<dt::double_precision>, dt::array<dt::real>>);
// The inverse of a wider type cuts again what was written since, and says so where it is a step of its own.
static_assert([] {
  test::applied done(with<dt::numeric<12, 0>>, typed<dt::numeric<14, 2>>);
  const bool forward = done.draft.destroys();
  done.draft.begin_inverse();
  apply(done.draft, natural_inverse(typed<dt::numeric<14, 2>>, with<dt::numeric<12, 0>>));
  return !forward && done.draft.destroys();
}());

// Of these somebody has to say how.
template <class From, class To>
constexpr bool is_to_be_said = [] {
  const test::applied done(with<From>, typed<To>);
  if (!test::are(done.draft.findings.all(), code::MG_CONVERSION)) return false;
  const dt::finding& f = done.draft.findings[0];
  return f.table == "item" && f.object == "c" && *f.column_type == From::type && done.draft.operations().empty();
}();
static_assert(is_to_be_said<dt::text, dt::integer> && is_to_be_said<dt::integer, dt::text>);
static_assert(is_to_be_said<dt::boolean, dt::integer> && is_to_be_said<dt::integer, dt::boolean>);
static_assert(is_to_be_said<dt::timestamp, dt::timestamptz> && is_to_be_said<dt::date, dt::timestamp>);
static_assert(is_to_be_said<dt::text, state> && is_to_be_said<dt::text, dt::uuid>);
static_assert(is_to_be_said<dt::integer, dt::array<dt::integer>> && is_to_be_said<dt::text, dt::jsonb>);
static_assert(is_to_be_said<dt::array<dt::text>, dt::array<dt::integer>>);

// Said so, it is done, and nothing is lossy.
using by_hand = dt::using_sql<"nullif(c, '')::integer">;
static_assert(test::makes<item<dt::integer>>(with<dt::text>, typed<dt::integer, by_hand>));
static_assert(test::does(with<dt::text>, typed<dt::integer, by_hand>,
                         "alter_part item.c to c using nullif(c, '')::integer"));
static_assert(!test::destroys(with<dt::text>, typed<dt::integer, by_hand>));
static_assert(!test::destroys(with<dt::double_precision>, typed<dt::bigint, dt::using_sql<"round(c)">>));
// The natural inverse does not know how to come back.
static_assert([] {
  test::applied done(with<dt::text>, typed<dt::integer, by_hand>);
  apply(done.draft, natural_inverse(typed<dt::integer, by_hand>, with<dt::text>));
  return test::are(done.draft.findings.all(), code::MG_CONVERSION);
}());
static_assert([] {
  test::applied done(with<dt::text>, typed<dt::integer, by_hand>);
  apply(done.draft, typed<dt::text, dt::using_sql<"c::text">>);
  dt::detail::prove_restored(done.draft);
  return done.draft.findings.empty();
}());

static_assert(needs_a_column<dt::set_type<"client", "c", dt::text>, dt::set_type<"item", "nr", dt::text>,
                             dt::set_type<"ids", "c", dt::text>>);
static_assert(nothing_changes(with<dt::text>, typed<dt::text>));
static_assert(nothing_changes(with<dt::text>, typed<dt::text, dt::using_sql<"lower(c)">>));
static_assert(nothing_changes(with<state>, typed<dt::enumeration<"state", "open", "paid">>));

template <dt::fixed_string Expression>
constexpr bool is_no_expression(dt::text_view fault) {
  return test::says(with<dt::text>, typed<dt::integer, dt::using_sql<Expression>>, code::SC_EXPRESSION, "item", "c",
                    Expression, fault);
}
static_assert(is_no_expression<"(c::integer">("a bracket is not closed"));
static_assert(is_no_expression<"0; DROP TABLE item">("it holds a semicolon"));
static_assert(is_no_expression<"0) -- ">("a bracket is closed that was not opened"));
static_assert(is_no_expression<"0 -- ">("it holds a comment") && is_no_expression<" ">("it is empty"));

// What a declaration raises: of the column, and of all that stands on it.
static_assert(test::raises(with<dt::text, dt::default_value<"none">>, typed<dt::integer, by_hand>, code::SC_DEFAULT));
static_assert(test::raises(with<dt::varchar<9>, dt::default_value<"none">>, typed<dt::varchar<3>>, code::SC_DEFAULT));
static_assert(test::raises(with<dt::bigint, dt::identity>, typed<dt::numeric<20>>, code::SC_IDENTITY));
struct fewer_states : dt::enumeration<"state", "open"> {};
static_assert(test::says(with<state>, typed<fewer_states>, code::SC_TYPE, "item", "c", "state",
                         "declared otherwise elsewhere"),
              "the labels of an enumeration do not change like that");
// A foreign key would be made anew, with locks on the tables at both of its ends.
static_assert(test::says(referring<dt::cascade>::value, typed<dt::integer>, code::MG_DEPENDENT, "item", "c", "f",
                         "foreign key"));
static_assert(test::says(referring<dt::cascade>::value, dt::set_type<"customer", "id", dt::integer>::value,
                         code::MG_DEPENDENT, "customer", "id", "f", "foreign key"),
              "a target's type");
struct node : dt::table<"node", dt::column<"id", dt::bigint>, dt::column<"up", dt::bigint>, dt::primary_key<"id">,
                        dt::foreign_key<"same", dt::columns<"id">, dt::references<"node", "id">>,
                        dt::foreign_key<"up_fkey", dt::columns<"up">, dt::references<"node", "id">>> {};
struct nodes : dt::schema<"4", node> {};
static_assert(test::raises(nodes::value, dt::set_type<"node", "id", dt::integer>::value, code::MG_DEPENDENT,
                           code::MG_DEPENDENT),
              "each once, also one from the column to itself");
static_assert(test::comes_back(keyed::value, typed<dt::integer>), "a key that nobody refers to");

struct seen : dt::schema<"5", item<dt::integer>,
                         dt::view<"numbers", dt::query<"SELECT c FROM item">, dt::column<"c", dt::integer>>> {};
static_assert(test::says(seen::value, typed<dt::bigint>, code::MG_DEPENDENT, "item", "c", "numbers", "view"));
static_assert(test::comes_back(seen::value, dt::set_type<"item", "other", dt::varchar<9>>::value));
static_assert(alters(seen::value, set<zero>) && alters(seen::value, nullable), "a view sees no other property");

}  // namespace
