// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/part.hpp>

#include <dovetail/model/declare.hpp>

namespace dt = dovetail;
using dt::model::difference;
using dt::model::part_kind;

namespace {

// ---- What makes two parts of one name differ

template <class... Parts>
constexpr bool equal = (difference(Parts::value, Parts::value).empty() && ...);

using name = dt::column<"name", dt::text>;
static_assert(difference(name::value, dt::column<"name", dt::varchar<9>>::value) == "type");
static_assert(difference(name::value, dt::column<"name", dt::text, dt::null>::value) == "null or not null");
static_assert(difference(name::value, dt::column<"name", dt::text, dt::default_value<"">>::value) == "default");
static_assert(difference(dt::column<"name", dt::text, dt::default_value<"now()">>::value,
                         dt::column<"name", dt::text, dt::default_sql<"now()">>::value) == "default");
static_assert(difference(dt::column<"n", dt::integer, dt::default_value<0>>::value,
                         dt::column<"n", dt::integer, dt::default_value<1>>::value) == "default");
static_assert(difference(dt::column<"id", dt::bigint>::value, dt::column<"id", dt::bigint, dt::identity>::value) ==
              "identity");
static_assert(difference(dt::column<"id", dt::bigint, dt::identity_by_default>::value,
                         dt::column<"id", dt::bigint, dt::identity>::value) == "identity");

static_assert(difference(dt::primary_key<"a", "b">::value, dt::primary_key<"b", "a">::value) == "columns");
static_assert(difference(dt::unique<"u", "a">::value, dt::unique<"u", "a", "b">::value) == "columns");
static_assert(difference(dt::unique<"u", "a">::value, dt::index<"u", "a">::value) == "another kind");

template <class Columns, class References, class... Actions>
constexpr const dt::model::part& fk = dt::foreign_key<"f", Columns, References, Actions...>::value;
using a = dt::columns<"a">;
using to_t = dt::references<"t", "id">;
static_assert(difference(fk<a, to_t>, fk<dt::columns<"b">, to_t>) == "columns");
static_assert(difference(fk<a, to_t>, fk<a, dt::references<"u", "id">>) == "target");
static_assert(difference(fk<a, to_t>, fk<a, dt::references<"t", "code">>) == "target");
static_assert(difference(fk<a, to_t>, fk<a, to_t, dt::on_delete<dt::cascade>>) == "action on delete");
static_assert(difference(fk<a, to_t>, fk<a, to_t, dt::on_update<dt::cascade>>) == "action on update");
static_assert(difference(fk<a, to_t>, fk<a, to_t, dt::on_delete<dt::no_action>>).empty(), "which is the default");
static_assert(difference(fk<a, to_t>, fk<a, to_t, dt::on_delete<dt::referential_action::restrict>>) ==
              "action on delete");

static_assert(difference(dt::check<"c", "a > 0">::value, dt::check<"c", "a >= 0">::value) == "expression");
static_assert(difference(dt::check<"c", "a > 0">::value, dt::check<"c", "\"a\" > 0">::value).empty());
static_assert(difference(dt::check<"c", "A > 0">::value, dt::check<"c", "\"A\" > 0">::value) == "expression");

static_assert(difference(dt::check_values<"c", "a", dt::between<1, 2>>::value,
                         dt::check_values<"c", "a", dt::between<1, 3>>::value) == "expression");
static_assert(difference(dt::check_values<"c", "a", dt::between<1, 2>>::value,
                         dt::check<"c", "\"a\" BETWEEN 1 AND 2">::value).empty(), "to a server they are the same");

static_assert(difference(dt::index<"i", "a", "b">::value, dt::index<"i", "b", "a">::value) == "columns");
static_assert(difference(dt::index<"i", "a">::value, dt::unique_index<"i", "a">::value) == "unique or not");

using dt::element, dt::element_sql, dt::index_on;
using by_a = index_on<"i", element<"a", dt::descending>>;
static_assert(difference(dt::index<"i", "a">::value, index_on<"i", element<"a">>::value).empty(), "two ways to say it");
static_assert(difference(by_a::value, dt::index<"i", "a">::value) == "expressions and order");
static_assert(difference(by_a::value, index_on<"i", element<"a", dt::descending, dt::nulls_last>>::value) ==
              "expressions and order");
static_assert(difference(index_on<"i", element_sql<"lower(a)">>::value,
                         index_on<"i", element_sql<"lower(\"a\")">>::value).empty());
static_assert(difference(by_a::value, index_on<"i", element<"a", dt::descending>, dt::where<"a > 0">>::value) ==
              "condition");
static_assert(difference(index_on<"i", element<"a">, dt::where<"a > 0">>::value,
                         index_on<"i", element<"a">, dt::where<"\"a\" > 0">>::value).empty());
static_assert(difference(dt::index<"i", "a">::value, index_on<"i", element<"a">, dt::method<"gin">>::value) == "method");
static_assert(difference(dt::index<"i", "a">::value, index_on<"i", element<"a">, dt::method<"btree">>::value).empty());
static_assert(difference(dt::index<"i", "a">::value, index_on<"i", element<"a">, dt::include<"b">>::value) ==
              "included columns");
static_assert(difference(by_a::value, dt::unique_index_on<"i", element<"a", dt::descending>>::value) == "unique or not");

static_assert(equal<name, dt::column<"id", dt::bigint, dt::identity>, dt::primary_key<"id">, dt::unique<"u", "a", "b">,
                    dt::foreign_key<"f", a, to_t, dt::on_delete<dt::set_null>>, dt::check<"c", "a > 0">,
                    dt::index<"i", "a">, dt::unique_index<"i", "a">>);
// Values that are equal, at different places.
constexpr dt::model::column copied = name::value;
static_assert(difference(copied, name::value).empty());

// ---- A part of any kind, in storage of its own

constexpr dt::identifier names[]{"x", "y", "z", "w"};
template <class Part>
constexpr bool is_copied = [] {
  const dt::model::any_part copy(Part::value);
  return &copy.get() != &Part::value && copy.get().kind == Part::value.kind && copy.get().name == Part::value.name &&
         difference(copy.get(), Part::value).empty();
}();
using two_columns =
    dt::foreign_key<"f", dt::columns<"a", "b">, dt::references<"t", "c", "d">, dt::on_delete<dt::cascade>>;
using rule = dt::check_values<"r", "a", dt::between<1, 2>>;
static_assert(is_copied<dt::column<"c", dt::varchar<9>, dt::null, dt::default_value<"x">>> &&
              is_copied<dt::column<"id", dt::bigint, dt::identity>> && is_copied<dt::primary_key<"a", "b">> &&
              is_copied<dt::unique<"u", "a">> && is_copied<two_columns> && is_copied<dt::check<"c", "a > 0">> &&
              is_copied<rule> && is_copied<dt::unique_index<"i", "a">>);
using special = dt::unique_index_on<"i", element<"a">, element_sql<"f(b, ')')", dt::descending>, dt::where<"c > 0">,
                                    dt::include<"d", "e">, dt::method<"gin">>;
static_assert(is_copied<special>);
static_assert([] {
  const dt::model::any_part copy(rule::value);
  const auto& c = static_cast<const dt::model::check&>(copy.get());
  return c.column == dt::identifier("a") && c.rule == rule::value.rule;
}());

/// A part that names nothing any more, and then as many of `names` as it has columns.
template <class Part>
constexpr bool owns(dt::array_view<dt::identifier> columns, dt::array_view<dt::identifier> target_columns) {
  dt::model::any_part copy(Part::value);
  copy.disown(true, true);
  if (dt::model::columns_of(&copy.get()).data() != nullptr) return false;
  copy.own({names, columns.size() + target_columns.size()}, {});
  const auto* f = dt::model::as_foreign_key(&copy.get());
  return dt::model::columns_of(&copy.get()) == columns &&
         (f == nullptr ? target_columns.empty() : f->target_columns == target_columns);
}
static_assert(owns<dt::primary_key<"a", "b">>({names, 2}, {}) && owns<dt::unique<"u", "a">>({names, 1}, {}));
static_assert(owns<dt::index<"i", "a", "b", "c">>({names, 3}, {}));
static_assert(owns<two_columns>({names, 2}, {names + 2, 2}), "those of the target last");
// An index has those that it includes last, and two texts, which are split by their sizes.
static_assert([] {
  dt::model::any_part copy(special::value);
  const dt::model::index_details& own = copy.details_of_index();
  const auto& i = static_cast<const dt::model::index&>(copy.get());
  copy.disown(true, true);
  if (own.included.data() != nullptr || own.elements.data() != nullptr || own.predicate.data() != nullptr) return false;
  if (i.more != nullptr) return false;
  copy.own({names, 3}, "\"x\", (F(B, '(')) DESCC > 0");
  return i.more == &own && i.columns[0] == dt::identifier("x") && own.included[0] == dt::identifier("y") &&
         own.included[1] == dt::identifier("z") && own.elements == "\"x\", (F(B, '(')) DESC" && own.predicate == "C > 0" &&
         special::value.more->predicate == "c > 0";
}());
static_assert([] {
  dt::model::any_part copy(special::value);
  copy.own({}, {});
  return difference(copy.get(), special::value).empty();
}());
// A text, which of other parts a check only has; what is empty stays as it is.
static_assert([] {
  dt::model::any_part copy(dt::check<"c", "a > 0">::value);
  const auto& c = static_cast<const dt::model::check&>(copy.get());
  copy.own({}, {});
  const bool kept = c.expression == "a > 0";
  copy.disown(false, true);
  const bool gone = c.expression.data() == nullptr && c.expression.size() == 5;
  copy.own({}, "b > 0");
  return kept && gone && c.expression == "b > 0";
}());
static_assert([] {
  dt::model::any_part copy(dt::primary_key<"a", "b">::value);
  copy.disown(false, false);
  copy.own({}, {});
  return difference(copy.get(), dt::primary_key<"a", "b">::value).empty();
}());
// Copies are parts of their own.
static_assert([] {
  dt::model::any_part first(name::value);
  const dt::model::any_part second = first;
  first.get().name = "other";
  return second.get().name == dt::identifier("name") && first.get().name == dt::identifier("other");
}());

// What few columns have, changed: of its own, wherever the copy stands.
using doubled = dt::column<"c", dt::bigint, dt::generated_stored<"a * 2">>;
constexpr bool is_doubled(const dt::model::any_part& p, dt::text_view expression) {
  return static_cast<const dt::model::column&>(p.get()).more->expression == expression;
}
static_assert([] {
  dt::model::any_part copy(doubled::value);
  if (static_cast<const dt::model::column&>(copy.get()).more != doubled::value.more) return false;
  copy.details().expression = "a * 3";
  const bool changed = is_doubled(copy, "a * 3") && doubled::value.more->expression == "a * 2";
  dt::model::any_part moved = copy;
  moved.disown(false, true);
  const bool gone = static_cast<dt::model::column&>(moved.get()).more == nullptr;
  moved.own({}, "a * 4");
  return changed && gone && is_doubled(moved, "a * 4") && is_doubled(copy, "a * 3");
}());
constexpr dt::model::any_part kept(doubled::value);
static_assert(is_doubled(kept, "a * 2"));

// ---- Raw SQL of any part

constexpr bool holds(const dt::model::part& p, dt::text_view sql) {
  return any_sql(p, [&](dt::text_view each) { return each == sql; });
}
static_assert(holds(doubled::value, "a * 2") && holds(dt::check<"c", "a > 0">::value, "a > 0"));
static_assert(holds(dt::index_on<"i", dt::element_sql<"a">>::value, "a") && !holds(dt::unique<"u", "a">::value, "a"));
static_assert(!any_sql(name::value, [](dt::text_view) { return true; }));

// ---- What an index stands on

/// Its elements, between bars.
constexpr bool are(dt::text_view elements, dt::text_view wanted) {
  const dt::model::index_details more{elements, {}, {}, {}};
  dt::model::index i{};
  i.more = &more;
  dt::text_buffer out;
  i.each_element([&](const dt::model::index_element& e) {
    out << '|' << (e.is_sql ? dt::text_view("sql ") : dt::text_view()) << e.body << e.order
        << (e.is_closed ? dt::text_view() : dt::text_view(" (open)"));
  });
  return out.all() == wanted;
}
static_assert(are("", "") && are(R"("a")", R"(|"a")") && are(R"("a", "b" DESC NULLS LAST)", R"(|"a"|"b" DESC NULLS LAST)"));
static_assert(are(R"x("a"", (b" DESC, """", ")")x", R"x(|"a"", (b" DESC|""""|")")x"), "quotes, commas and brackets in names");
static_assert(are("(lower(a)) DESC, (b)", "|sql lower(a) DESC|sql b"));
static_assert(are(R"x((f(a, ')') || ")"), "b")x", R"x(|sql f(a, ')') || ")"|"b")x"), "in texts and names of an expression");
static_assert(are("((a)", "|sql (a) (open)") && are("('a)", "|sql 'a) (open)"));
static_assert(are("(a),(b)", "|sql a (open)|b) (open)"), "a comma without a space is none of the library's");
static_assert(special::value.more->elements == R"("a", (f(b, ')')) DESC)" && special::value.columns.size() == 1);
static_assert(special::value.has_sql() && !by_a::value.has_sql() && !dt::index<"i", "a">::value.has_sql());
static_assert(!index_on<"i", element<"a (", dt::descending>>::value.has_sql());

using dt::unique_index_on;
static_assert(dt::unique_index<"i", "a">::value.tells_apart() && !dt::index<"i", "a">::value.tells_apart());
static_assert(unique_index_on<"i", element<"a", dt::descending>, dt::include<"b">>::value.tells_apart());
static_assert(!unique_index_on<"i", element<"a">, dt::where<"a > 0">>::value.tells_apart(), "not of all rows");
static_assert(!unique_index_on<"i", element<"a">, element_sql<"b">>::value.tells_apart(), "nor of columns only");
static_assert(!by_a::value.tells_apart());

constexpr bool has(const dt::model::index& i, dt::text_view sql) {
  return i.any_sql([&](dt::text_view each) { return each == sql; });
}
static_assert(has(special::value, "f(b, ')')") && has(special::value, "c > 0") && !has(special::value, "\"a\""));
static_assert(!has(dt::index<"i", "a">::value, "") && !has(by_a::value, "\"a\""));

// ---- One part, seen as what it is

/// `c`olumn, `k`ey, `f`oreign key, check `x`, `i`ndex: every kind that the part is seen as.
constexpr bool is_only(const dt::model::part& p, char kind) {
  return (dt::model::as_column(&p) == &p) == (kind == 'c') && (dt::model::as_key(&p) == &p) == (kind == 'k') &&
         (dt::model::as_foreign_key(&p) == &p) == (kind == 'f') && (dt::model::as_check(&p) == &p) == (kind == 'x') &&
         (dt::model::as_index(&p) == &p) == (kind == 'i');
}
static_assert(is_only(dt::comment<"c">::value, '-') && dt::model::columns_of(&dt::comment<"c">::value).empty());
static_assert(difference(dt::comment<"a">::value, dt::comment<"b">::value) == "text" &&
              difference(dt::comment<"a">::value, dt::comment<"a">::value).empty());
static_assert([] {
  dt::model::any_part copy(dt::comment<"a">::value);
  return copy.get().kind == part_kind::comment && difference(copy.get(), dt::comment<"a">::value).empty();
}());
static_assert(is_only(name::value, 'c') && is_only(dt::primary_key<"a">::value, 'k'));
static_assert(is_only(dt::unique<"u", "a">::value, 'k') && is_only(dt::unique_index<"u", "a">::value, 'i'));
static_assert(is_only(fk<a, to_t>, 'f') && is_only(dt::check<"c", "a">::value, 'x'));
static_assert(is_only(dt::index<"i", "a">::value, 'i'));

static_assert(dt::model::columns_of(&name::value).empty() &&
              dt::model::columns_of(&dt::check<"c", "a">::value).empty());
static_assert(dt::model::columns_of(&dt::primary_key<"a", "b">::value).size() == 2);
static_assert(dt::model::columns_of(&dt::unique<"u", "a">::value)[0] == dt::identifier("a"));
static_assert(dt::model::columns_of(&fk<dt::columns<"a", "b">, to_t>).size() == 2);
static_assert(dt::model::columns_of(&dt::index<"i", "a", "b", "c">::value).size() == 3);

static_assert(!name::value.optional());
static_assert(dt::column<"c", dt::text, dt::null>::value.optional());
static_assert(dt::column<"c", dt::text, dt::default_value<"">>::value.optional());
static_assert(dt::column<"c", dt::text, dt::default_sql<"now()">>::value.optional());
static_assert(dt::column<"c", dt::bigint, dt::identity>::value.optional());
static_assert(dt::column<"c", dt::bigint, dt::identity_by_default>::value.optional());
static_assert(doubled::value.optional() && doubled::value.is_generated() && !name::value.is_generated());

template <class... Options>
constexpr const dt::model::column& c = dt::column<"c", dt::bigint, Options...>::value;
using dt::generated_stored, dt::generated_virtual;
static_assert(difference(c<generated_stored<"a">>, c<generated_stored<"\"a\"">>).empty(), "but for quotes");
static_assert(difference(c<generated_stored<"a">>, c<generated_stored<"b">>) == "generated values");
static_assert(difference(c<generated_stored<"a">>, c<generated_virtual<"a">>) == "generated values");
static_assert(difference(c<dt::collate<"C">>, c<dt::collate<"D">>) == "collation" && difference(c<dt::collate<"C">>, c<>) == "collation");
static_assert(difference(c<dt::comment<"a">>, c<>) == "comment" && difference(c<dt::comment<"a">>, c<dt::comment<"b">>) == "comment");
static_assert(difference(c<dt::collate<"C">>, c<dt::collate<"C">, dt::null>) == "null or not null");
static_assert(difference(c<generated_stored<"a">>, c<>) == "generated values" &&
              difference(c<>, c<generated_stored<"a">>) == "generated values");

static_assert(dt::model::word(part_kind::column) == "column" &&
              dt::model::word(part_kind::primary_key) == "primary key");
static_assert(dt::model::word(part_kind::unique) == "unique constraint" &&
              dt::model::word(part_kind::index) == "index");
static_assert(dt::model::word(part_kind::foreign_key) == "foreign key");
static_assert(dt::model::word(part_kind::check) == "check constraint");
static_assert(dt::model::word(part_kind::comment) == "comment");

}  // namespace
