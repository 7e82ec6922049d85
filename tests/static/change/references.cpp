// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/references.hpp>

#include <dovetail/change/columns.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::depends;

namespace {

// ---- What names a column

using to_other = dt::foreign_key<"f", dt::columns<"a", "b">, dt::references<"t", "c", "d">>;
static_assert(depends(to_other::value, "a") && depends(to_other::value, "b") && !depends(to_other::value, "c"));
static_assert(depends(dt::primary_key<"a">::value, "a") && !depends(dt::primary_key<"a">::value, "b"));
static_assert(depends(dt::index<"a", "b">::value, "b") && !depends(dt::index<"a", "b">::value, "a"));
static_assert(depends(dt::check<"c", "x > A">::value, "a") && !depends(dt::check<"c", "x > aa">::value, "a"));
static_assert(depends(dt::check_values<"c", "n", dt::between<1, 2>>::value, "n"));
static_assert(!depends(dt::column<"a", dt::text>::value, "a"));

// ---- The foreign keys to a table

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">,
                            dt::foreign_key<"own", dt::columns<"id">, dt::references<"customer", "id">>> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>,
                            dt::foreign_key<"other", dt::columns<"id">, dt::references<"customer", "id">>,
                            dt::foreign_key<"away", dt::columns<"id">, dt::references<"product", "id">>> {};
struct v1 : dt::schema<"1", customer, purchase> {};
static_assert([] {
  dt::model::draft d(v1::value, {});
  dt::text_buffer out;
  const auto put = [&](const dt::model::table& t, const dt::model::foreign_key& f) {
    out << t.name.text() << '.' << f.name.text() << ' ';
  };
  each_reference(d, "customer", put);
  d.drop("purchase");
  each_reference(d, "customer", put);
  return out.all() == "customer.own purchase.other customer.own ";
}());

// A key is needed by what refers to its columns, in any order; not one that the step itself has added.
static_assert([] {
  dt::model::draft d(v1::value, {});
  const auto needed = [&](const dt::model::part& unique) { return references_need(d, "customer", unique); };
  const bool by_both = needed(dt::primary_key<"id">::value);
  const bool by_none = needed(dt::unique<"u", "id", "name">::value) || needed(dt::unique<"u", "name">::value) ||
                       needed(dt::unique_index<"i", "id">::value);
  return by_both && !by_none && d.findings.size() == 2 && d.findings[0].object == "primary key" &&
         d.findings[0].other == "own" && d.findings[1].other == "other";
}());

// ---- A check's expression under a new name of a column

template <dt::fixed_string Old, class Check>
struct checked : dt::schema<"1", dt::table<"t", dt::column<Old, dt::text>, dt::column<"other", dt::text>, Check>> {};

template <dt::fixed_string Expression, dt::fixed_string Old = "a", dt::fixed_string New = "b">
constexpr bool becomes(dt::text_view wanted) {
  const test::applied done(checked<Old, dt::check<"c", Expression>>::value, dt::rename_column<"t", Old, New>::value);
  const dt::model::part* found = done.draft.find("t")->find(dt::model::part_kind::check, "c");
  return done.draft.findings.empty() && dt::model::as_check(found)->expression == wanted;
}
template <dt::fixed_string Expression, dt::fixed_string Old = "a">
constexpr bool is_refused = test::says(checked<Old, dt::check<"c", Expression>>::value,
                                       dt::rename_column<"t", Old, "b">::value, code::MG_DEPENDENT, "t", Old, "c",
                                       "check constraint that may mean the column, or another thing: put it in quotes");

static_assert(becomes<"a > 0">(R"("b" > 0)") && becomes<R"("a" > 0)">(R"("b" > 0)") && becomes<"a">(R"("b")"));
static_assert(becomes<"0<a AND a<(9)">(R"(0<"b" AND "b"<(9))"));
static_assert(becomes<"other > aa AND a_a > ba AND a1 > 0">("other > aa AND a_a > ba AND a1 > 0"), "parts of words");
static_assert(becomes<"äa > 0 AND aä > a">(R"(äa > 0 AND aä > "b")"), "a letter beyond ASCII is one, too");
static_assert(becomes<"t.a > other">(R"(t."b" > other)"));
static_assert(becomes<"length(a) < 9 AND a(other) > 0">(R"(length("b") < 9 AND a(other) > 0)"), "a function's name");
// What is no column: a function, a type before its literal or behind a cast, a table, which need not be the same.
static_assert(becomes<"a (other) > a AND a\n(0)">(R"(a (other) > "b" AND a
(0))"));
static_assert(becomes<"a >= a '2000-01-01'">(R"("b" >= a '2000-01-01')"));
static_assert(becomes<"other::a > a AND other :: \"a\" > a">(R"(other::a > "b" AND other :: "a" > "b")"));
static_assert(becomes<"CAST(other AS a) > cast(a as text)">(R"(CAST(other AS a) > cast("b" as text))"));
static_assert(becomes<"bas a">(R"(bas "b")"), "a word that ends like it");
static_assert(becomes<R"(a.a > 0 AND "a"."a" > 0)">(R"(a."b" > 0 AND "a"."b" > 0)"));
static_assert(becomes<"substring(a FROM 2) > a">(R"(substring("b" FROM 2) > "b")"));
static_assert(is_refused<"extract(a FROM other) > a"> && is_refused<"EXTRACT(a\nfrom other) > 0">);
static_assert(becomes<"other < interval '1' a + a">(R"(other < interval '1' a + "b")"));
static_assert(is_refused<"time > other at time zone 'UTC'", "time">);
static_assert(becomes<"\"end\" > 0", "end">(R"("b" > 0)") && becomes<"ended > 0", "end">("ended > 0"));
static_assert(is_refused<"case when \"end\" > 0 then other end", "end"> && is_refused<"user > \"user\"", "user">,
              "a key word, or a column where a server has no such word");
static_assert(becomes<"extract(year FROM a) > a">(R"(extract(year FROM "b") > "b")"));
// Texts stay, also those that mention it.
static_assert(becomes<"other <> 'a' AND a <> 'it''s \"a\"'">(R"(other <> 'a' AND "b" <> 'it''s "a"')"));
static_assert(becomes<"other <> 'A'">("other <> 'A'") && becomes<"other <> ''">("other <> ''"));
// Names that are quoted, and the quotes in them.
static_assert(becomes<R"("x""y" > "x")", R"(x"y)", "b">(R"("b" > "x")"));
static_assert(becomes<"a > 0", "a", R"(x"y)">(R"("x""y" > 0)"));
static_assert(becomes<R"("Two words" > 0)", "Two words">(R"("b" > 0)"));
static_assert(becomes<R"("A" > 0)", "A">(R"("b" > 0)"));
static_assert(becomes<"a > 0", "a", "'; DROP TABLE t; --">(R"("'; DROP TABLE t; --" > 0)"));
// A name but for the case of its letters: PostgreSQL and SQLite read it differently.
static_assert(is_refused<R"("a""a" > 0)">, "a name that holds it: better once too often");
static_assert(is_refused<"A > 0"> && is_refused<R"("A" > 0)"> && is_refused<"a > 0 AND other > A">);
static_assert(is_refused<"A > 0", "A"> && is_refused<"a > 0", "A">);

// What does not end is not read beyond its end.
static_assert(is_refused<"a > 'x"> && is_refused<"a > \"x"> && is_refused<"a > (9">);

// A check of values says it three times.
static_assert([] {
  const test::applied done(checked<"a", dt::check_values<"c", "a", dt::one_of<"a", "z">>>::value,
                           dt::rename_column<"t", "a", "b">::value);
  const auto* c = dt::model::as_check(done.draft.find("t")->find(dt::model::part_kind::check, "c"));
  return done.draft.findings.empty() && c->column == dt::identifier("b") && c->expression == R"("b" IN ('a', 'z'))" &&
         c->rule.labels[0] == dt::identifier("a");
}());

// ---- What stands on a column that has changed

static_assert([] {
  dt::model::draft d(v1::value, {});
  dt::model::column narrow = *customer::value.find_column("id");
  narrow.type = dt::numeric<9>::type;
  narrow.nullable = true;
  d.alter("customer", customer::value.find_column("id"), &narrow);
  validate_users(d, "customer", narrow);
  return test::are(d.findings.all(), code::SC_KEY, code::SC_FK_TYPE) && d.findings[0].table == "customer" &&
         d.findings[1].table == "purchase" && d.findings[1].object == "other";
}());

// ---- What generated columns are computed from

template <dt::fixed_string Name, dt::fixed_string Expression>
using computed = dt::table<"t", dt::column<Name, dt::bigint>, dt::column<"b", dt::bigint>,
                           dt::column<"c", dt::bigint, dt::generated_stored<Expression>>>;
static_assert(depends(dt::column<"c", dt::bigint, dt::generated_stored<"a + 1">>::value, "a"));
static_assert(!depends(dt::column<"c", dt::bigint, dt::generated_stored<"a + 1">>::value, "c"));
static_assert(!depends(dt::column<"a", dt::bigint>::value, "a"));
static_assert(test::makes<computed<"x\"y", R"("x""y" * 2)">>(dt::schema<"1", computed<"a", "a * 2">>::value,
                                                            dt::rename_column<"t", "a", "x\"y">::value));
static_assert(test::comes_back(dt::schema<"1", computed<"a", "a * 2">>::value, dt::rename_column<"t", "a", "z">::value));
static_assert(test::comes_back(dt::schema<"1", computed<"a", "a * 2">>::value, dt::rename_column<"t", "c", "z">::value));
static_assert(test::says(dt::schema<"1", computed<"a", "A * 2">>::value, dt::rename_column<"t", "a", "z">::value,
                         code::MG_DEPENDENT, "t", "a", "c",
                         "generated column that may mean the column, or another thing: put it in quotes"));
static_assert(test::says(dt::schema<"1", computed<"a", "a * 2">>::value, dt::drop_column<"t", "a">::value,
                         code::MG_DEPENDENT, "t", "a", "c", "column"));
static_assert(test::destroys(dt::schema<"1", computed<"a", "a * 2">>::value, dt::drop_column<"t", "b">::value));
static_assert(test::says(dt::schema<"1", computed<"a", "t.a * 2">>::value, dt::rename_table<"t", "u">::value,
                         code::MG_DEPENDENT, "t", {}, "c", "column"));

// ---- What an index of more than columns names

using dt::element, dt::element_sql, dt::index_on;
using special = index_on<"i", element<"a", dt::descending, dt::nulls_last>, element_sql<"f(b, 'last')">,
                         dt::where<"c > 0">, dt::include<"d">>;
static_assert(depends(special::value, "a") && depends(special::value, "b") && depends(special::value, "c") &&
              depends(special::value, "d") && depends(special::value, "last"));
static_assert(!depends(special::value, "desc") && !depends(special::value, "nulls") && !depends(special::value, "e"));

template <dt::fixed_string Name, class... Each>
using indexed = dt::table<"t", dt::column<Name, dt::text>, dt::column<"b", dt::text>, dt::index_on<"i", Each...>>;
template <class Before, class After, dt::fixed_string Old = "a">
constexpr bool follows = test::makes<After>(dt::schema<"1", Before>::value, dt::rename_column<"t", Old, "x\"y">::value) &&
                         test::comes_back(dt::schema<"1", Before>::value, dt::rename_column<"t", Old, "x\"y">::value);
static_assert(follows<indexed<"a", element<"a", dt::descending>, element<"b">>,
                      indexed<"x\"y", element<"x\"y", dt::descending>, element<"b">>>);
static_assert(follows<indexed<"a", element<"b", dt::nulls_first>, element_sql<"lower(a) || 'a'", dt::descending>,
                              dt::where<"a <> b">, dt::include<"a">>,
                      indexed<"x\"y", element<"b", dt::nulls_first>,
                              element_sql<"lower(\"x\"\"y\") || 'a'", dt::descending>, dt::where<"\"x\"\"y\" <> b">,
                              dt::include<"x\"y">>>);
static_assert(follows<indexed<"a", element<"b">, dt::where<"a > ''">>, indexed<"x\"y", element<"b">, dt::where<"\"x\"\"y\" > ''">>>);
static_assert(follows<indexed<"desc", element<"desc", dt::descending>>, indexed<"x\"y", element<"x\"y", dt::descending>>,
                      "desc">, "a name that is a word of the order");
template <class... Each>
constexpr bool is_stuck = test::says(dt::schema<"1", indexed<"a", element<"b">, Each...>>::value,
                                     dt::rename_column<"t", "a", "c">::value, code::MG_DEPENDENT, "t", "a", "i",
                                     "index that may mean the column, or another thing: put it in quotes");
static_assert(is_stuck<element_sql<"lower(A)">> && is_stuck<dt::where<"A > ''">> &&
              is_stuck<element_sql<"extract(a FROM b)">, dt::where<"a > ''">>);
// A column of it is not dropped, wherever it stands.
template <class Each>
constexpr bool is_kept = test::raises(dt::schema<"1", indexed<"a", element<"b">, Each>>::value,
                                      dt::drop_column<"t", "a">::value, code::MG_DEPENDENT);
static_assert(is_kept<element<"a", dt::descending>> && is_kept<element_sql<"lower(a)">> && is_kept<dt::where<"a > ''">> &&
              is_kept<dt::include<"a">>);

}  // namespace
