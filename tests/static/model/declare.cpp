// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/declare.hpp>

namespace dt = dovetail;
using dt::model::default_kind;
using dt::model::identity_kind;
using dt::model::part_kind;

namespace {

// ---- Columns

constexpr const dt::model::column& id = dt::column<"id", dt::bigint, dt::identity>::value;
static_assert(id.kind == part_kind::column && id.name == dt::identifier("id") && id.type == dt::bigint::type);
static_assert(id.identity == identity_kind::always && !id.nullable && id.value.kind == default_kind::none);
static_assert(dt::column<"id", dt::bigint, dt::identity_by_default>::value.identity == identity_kind::by_default);

constexpr const dt::model::column& note = dt::column<"note", dt::text, dt::null, dt::default_value<"it's">>::value;
static_assert(note.nullable && note.value.kind == default_kind::text && note.value.text == "it's");
static_assert(dt::column<"note", dt::text>::value.value.kind == default_kind::none);

template <dt::detail::literal Value>
constexpr dt::model::default_value given = dt::column<"c", dt::text, dt::default_value<Value>>::value.value;
static_assert(given<0>.kind == default_kind::number && given<0>.text == "0");
static_assert(given<-1>.text == "-1" && given<10>.text == "10" && given<42u>.text == "42" && given<9>.text == "9");
static_assert(given<INT64_MAX>.text == "9223372036854775807" && given<INT64_MIN>.text == "-9223372036854775808");
static_assert(given<UINT64_MAX>.text == "18446744073709551615" && given<UINT64_MAX>.kind == default_kind::number);
static_assert(given<true>.kind == default_kind::boolean && given<true>.text == "true" && given<false>.text == "false");
static_assert(given<"">.kind == default_kind::text && given<"">.text.empty());
static_assert(given<"a\0b">.text.size() == 3, "for validation to see");
static_assert(dt::column<"c", dt::text, dt::default_sql<"now()">>::value.value.kind == default_kind::expression);
static_assert(dt::column<"c", dt::text, dt::default_sql<"now()">>::value.value.text == "now()");

constexpr const dt::model::column& total =
    dt::column<"total", dt::bigint, dt::generated_stored<"a * b">, dt::null>::value;
static_assert(total.more->generated == dt::model::generated_kind::stored && total.more->expression == "a * b" &&
              total.nullable && note.more == nullptr);
constexpr const dt::model::column& all =
    dt::column<"c", dt::text, dt::comment<"it's">, dt::collate<"C">, dt::default_value<"">>::value;
static_assert(all.more->comment == "it's" && all.more->collation == "C" && all.value.kind == default_kind::text &&
              !all.is_generated());
static_assert(dt::comment<"it's">::value.text == "it's" && dt::comment<"it's">::value.kind == part_kind::comment);
static_assert(dt::column<"c", dt::bigint, dt::generated_virtual<"a">>::value.more->generated ==
              dt::model::generated_kind::computed);
static_assert(dt::column<"d", dt::bigint, dt::generated_stored<"a">>::value.more ==
              dt::column<"c", dt::bigint, dt::generated_stored<"a">>::value.more, "made once");

// ---- Constraints and indexes

using dt::model::deferral;
constexpr const dt::model::key& ranks =
    dt::unique_on<"u", dt::columns<"a", "b">, dt::initially_deferred, dt::nulls_not_distinct>::value;
static_assert(ranks.kind == part_kind::unique && ranks.name == dt::identifier("u") && ranks.columns.size() == 2 &&
              ranks.deferred == deferral::initially_deferred && ranks.nulls_not_distinct);
constexpr const dt::model::key& primary = dt::primary_key_on<dt::columns<"a">, dt::deferrable>::value;
static_assert(primary.kind == part_kind::primary_key && primary.name.empty() && primary.deferred == deferral::deferrable);
static_assert(difference(primary, dt::primary_key<"a">::value) == "deferrable or not");
static_assert(difference(ranks, dt::unique_on<"u", dt::columns<"a", "b">, dt::initially_deferred>::value) ==
              "nulls distinct or not");
static_assert(difference(dt::unique_on<"u", dt::columns<"a">>::value, dt::unique<"u", "a">::value).empty());

static_assert(dt::primary_key<"a", "b">::value.kind == part_kind::primary_key);
static_assert(dt::primary_key<"a", "b">::value.name.empty() && dt::primary_key<"a", "b">::value.columns.size() == 2);
static_assert(dt::unique<"u", "a">::value.kind == part_kind::unique);
static_assert(dt::unique<"u", "a">::value.name == dt::identifier("u"));

using linked = dt::foreign_key<"f", dt::columns<"a", "b">, dt::references<"t", "x", "y">, dt::on_delete<dt::cascade>,
                               dt::on_update<dt::set_null>>;
constexpr const dt::model::foreign_key& f = linked::value;
static_assert(f.kind == part_kind::foreign_key && f.name == dt::identifier("f") && f.target == dt::identifier("t"));
static_assert(f.columns[1] == dt::identifier("b") && f.target_columns[1] == dt::identifier("y"));
static_assert(f.on_delete == dt::referential_action::cascade && f.on_update == dt::referential_action::set_null);
// The actions of the language of SQL, in either order, or none. `restrict` alone is a keyword of C's, not of C++'s.
constexpr const dt::model::foreign_key& g =
    dt::foreign_key<"g", dt::columns<"a">, dt::references<"t", "x">, dt::on_update<dt::referential_action::restrict>,
                    dt::on_delete<dt::set_default>>::value;
static_assert(g.on_update == dt::referential_action::restrict && g.on_delete == dt::referential_action::set_default);
constexpr const dt::model::foreign_key& h = dt::foreign_key<"h", dt::columns<"a">, dt::references<"t", "x">>::value;
static_assert(h.on_update == dt::referential_action::no_action && h.on_delete == dt::referential_action::no_action);

static_assert(dt::check<"c", "a > 0">::value.kind == part_kind::check);
static_assert(dt::check<"c", "a > 0">::value.expression == "a > 0");
static_assert(dt::index<"i", "a">::value.kind == part_kind::index && !dt::index<"i", "a">::value.unique);
static_assert(dt::unique_index<"i", "a">::value.kind == part_kind::index && dt::unique_index<"i", "a">::value.unique);

constexpr const dt::model::index& special =
    dt::unique_index_on<"i", dt::method<"gist">, dt::element<"a">, dt::where<"d IS NULL">, dt::include<"x", "y">,
                        dt::element<"q\"b", dt::nulls_last, dt::descending>, dt::element_sql<"lower(c)", dt::descending>,
                        dt::element_sql<"1", dt::nulls_first>>::value;
static_assert(special.kind == part_kind::index && special.unique && special.name == dt::identifier("i"));
static_assert(special.more->elements == R"("a", "q""b" DESC NULLS LAST, (lower(c)) DESC, (1) NULLS FIRST)");
static_assert(special.columns.size() == 2 && special.columns[0] == dt::identifier("a") &&
              special.columns[1] == dt::identifier("q\"b"));
static_assert(special.more->predicate == "d IS NULL" && special.more->method == "gist" && special.more->included.size() == 2 &&
              special.more->included[1] == dt::identifier("y"));
// One of columns only is the one that is declared without elements.
constexpr const dt::model::index& plain = dt::index_on<"i", dt::element<"a">, dt::element<"b">>::value;
static_assert(plain.more->elements.empty() && plain.columns.size() == 2 && !plain.unique && plain.more->predicate.empty() &&
              plain.more->method.empty() && plain.more->included.empty());
static_assert(dt::index_on<"i", dt::method<"btree">>::value.more->method.empty() &&
              dt::index_on<"i">::value.columns.empty() && dt::index_on<"i">::value.more->elements.empty());

// ---- Rules

template <class Rule>
constexpr const dt::model::check& ruled = dt::check_values<"c", "a \"b\"", Rule>::value;
static_assert(ruled<dt::finite>.kind == part_kind::check && ruled<dt::finite>.name == dt::identifier("c"));
static_assert(ruled<dt::finite>.column == dt::identifier("a \"b\""));
static_assert(ruled<dt::finite>.expression == R"("a ""b""" > '-infinity' AND "a ""b""" < 'infinity')");
static_assert(ruled<dt::between<-5, 100>>.expression == R"("a ""b""" BETWEEN -5 AND 100)");
static_assert(ruled<dt::between<INT64_MIN, UINT64_MAX>>.expression ==
              R"("a ""b""" BETWEEN -9223372036854775808 AND 18446744073709551615)");
static_assert(ruled<dt::one_of<"open", "it's">>.expression == R"("a ""b""" IN ('open', 'it''s'))");
static_assert(ruled<dt::at_most<9>>.expression == R"(length("a ""b""") <= 9)");
static_assert(ruled<dt::like<"it's%">>.expression == R"("a ""b""" LIKE 'it''s%')");

using dt::narrowing;
static_assert(ruled<dt::between<-5, 100>>.rule == narrowing{narrowing::what::range, dt::limit(std::int64_t{-5}),
                                                            dt::limit(std::int64_t{100}), {}, 0, {}});
static_assert(ruled<dt::one_of<"a", "b">>.rule.kind == narrowing::what::labels &&
              ruled<dt::one_of<"a", "b">>.rule.labels[1] == dt::identifier("b"));
static_assert(ruled<dt::at_most<9>>.rule == narrowing{narrowing::what::length, {}, {}, {}, 9, {}});
static_assert(ruled<dt::like<"a%">>.rule == narrowing{narrowing::what::pattern, {}, {}, {}, 0, "a%"});
static_assert(ruled<dt::finite>.rule.kind == narrowing::what::finite);
static_assert(dt::check<"c", "a > 0">::value.column.empty() &&
              dt::check<"c", "a > 0">::value.rule.kind == narrowing::what::nothing);

// ---- Tables and versions

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct shop : dt::schema<"1", customer, product> {};
struct nothing : dt::schema<"0"> {};

static_assert(customer::value.name == dt::identifier("customer") && customer::value.parts.size() == 2);
static_assert(customer::value.parts[0] == &dt::column<"id", dt::bigint>::value, "in the order of the declaration");
static_assert(customer::value.parts[0] == product::value.parts[0], "the same declaration is the same value");
static_assert(shop::value.version == dt::identifier("1") && shop::value.tables.size() == 2);
static_assert(shop::value.tables[1] == &product::value);
static_assert(nothing::value.tables.empty());

// ---- Views and functions

using dt::model::source_kind;
struct names : dt::view<"names", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
struct numbers
    : dt::function<"numbers", dt::query<"SELECT 1, 2">, dt::column<"a", dt::bigint>, dt::column<"b", dt::bigint>> {};
static_assert(customer::value.kind == source_kind::table && customer::value.query.empty());
static_assert(names::value.kind == source_kind::view && names::value.query == "SELECT name FROM customer");
static_assert(names::value.name == dt::identifier("names") && names::value.parts.size() == 1);
static_assert(numbers::value.kind == source_kind::function && numbers::value.parts.size() == 2);
static_assert(numbers::value.name == dt::identifier("numbers") && numbers::value.query == "SELECT 1, 2");

}  // namespace
