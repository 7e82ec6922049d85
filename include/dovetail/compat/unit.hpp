// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <dovetail/model/declare.hpp>
#include <dovetail/model/row.hpp>
#include <dovetail/model/validate.hpp>
#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/raise.hpp>

namespace dovetail {

namespace model {

enum class unit_kind : unsigned char { reads, inserts, updates, upserts, deletes, uses };

enum class join_kind : unsigned char { inner, left, right, full };

/// Another source of a read, and what it is joined by.
struct join {
  join_kind kind;
  identifier source;  ///< a table or view
  identifier alias;   ///< the name that the statement gives it
  identifier from;    ///< the column of the unit's own table
  identifier to;      ///< the column of the source
};
/// A column of a result that an expression makes.
struct computed {
  identifier field;
  sql_type type;
  bool nullable = false;
  text_view expression;
  array_view<identifier> columns;  ///< that the expression names
};
/// How a unit finds its rows: an update by its key, an upsert by its conflict target, a read that expects one row by the
/// columns that say which.
struct unit_key {
  array_view<identifier> columns;
};
/// What a writer promises: of a field, or that it satisfies a constraint.
struct promise {
  identifier field;
  narrowing rule;
  identifier constraint;
};
enum class mapping_kind : unsigned char {
  column,   ///< a field and its column
  ignored,  ///< a field, or a struct inside of the row, that stands for no column
  prefix,   ///< a struct inside of the row, and how the names of its columns begin
};
/// What columns, of which source, a member of the row or of a struct inside of it stands for.
struct mapping {
  mapping_kind kind;
  identifier member;
  const row* owner;  ///< the struct that has the member
  identifier name;   ///< the column, or the prefix
  identifier source;

  /// Members of adapted classes may be `inherited`.
  constexpr bool is_of(const row& r, const identifier& m, bool inherited) const {
    return member == m && (owner == &r || (inherited && r.adapted));
  }
  /// Whether it speaks of field `f` of row `r`, or of a struct that the field stands in.
  constexpr bool speaks_of(const row& r, const field& f, bool inherited) const {
    const row* within = &r;
    const field* at = &f;
    for (; at->nested != nullptr; within = at->nested->within, at = at->nested->inner)
      if (is_of(*within, at->nested->member, inherited)) return true;
    return kind != mapping_kind::prefix && is_of(*within, at->name, inherited);
  }
};
/// The columns that an upsert sets where the row exists; without any, the row stays as it is.
struct upsert_set {
  array_view<identifier> columns;
};
/// The source of a read is a function.
struct call {};

/// Where the value of a field comes from, if not from a column of the unit's own table.
struct origin {
  std::size_t source = 0;  ///< 0 is the unit's own table, then the joins
  const computed* expression = nullptr;
};

/// A statement of a deployed binary: a struct that it reads from a table, or writes to it.
struct unit {
  unit_kind kind = unit_kind::reads;
  identifier table;
  const row* fields = nullptr;     ///< without any, of `uses`
  array_view<identifier> columns;  ///< one for each field, empty where it is ignored; of `uses`, what it names
  array_view<identifier> key;
  array_view<origin> origins;      ///< one for each field, or none at all
  array_view<const join*> joins;
  array_view<const promise*> promises;
  const upsert_set* sets = nullptr;  ///< of an upsert; null for all columns that are not of the key
  bool called = false;             ///< of a read: its table is a function

  constexpr bool writes() const { return kind != unit_kind::reads && kind != unit_kind::uses; }
  /// An update, upsert or delete names this column to find its rows, and does not store it anew.
  constexpr bool is_key(const identifier& column) const { return contains(key, column); }
  constexpr const computed* computed_of(std::size_t field) const {
    return origins.empty() ? nullptr : origins[field].expression;
  }
  constexpr bool is_about(const promise& p, std::size_t field) const {
    return !p.field.empty() && (p.field == columns[field] || p.field == fields->fields[field].name);
  }
  constexpr bool promises_rule(std::size_t field, const narrowing& rule) const {
    for (const promise* p : promises)
      if (is_about(*p, field) && p->rule == rule) return true;
    return false;
  }
  constexpr bool promises_constraint(const identifier& name) const {
    for (const promise* p : promises)
      if (p->constraint == name) return true;
    return false;
  }
  /// What the field may send, Out(w): what its type holds, and what is promised of it leaves.
  constexpr domain out(std::size_t field) const {
    domain d = fields->fields[field].type->holds;
    for (const promise* p : promises)
      if (is_about(*p, field)) p->rule.apply(d);
    return d;
  }
};

struct release {
  identifier name;
  array_view<const unit*> units;
};

}  // namespace model

namespace detail {

template <class Member>
struct class_of_member;
template <class Class, class Member>
struct class_of_member<Member Class::*> {
  using type = Class;
};
template <auto Member>
constexpr model::mapping make_mapping(model::mapping_kind kind, const identifier& name, const identifier& source) {
  return {kind, identifier(last_identifier(signature_of_value<Member>())),
          &row_of<typename class_of_member<decltype(Member)>::type>, name, source};
}

}  // namespace detail

/// Binds a member of the row, or of a struct inside of it, to a column of another name,
/// `field<&card::full_name, "name">`, or of a joined source, `field<&line::customer, "full_name", "customer">`. A struct
/// of one field is bound as that field. A member that is not there, or that stands for several columns, such as one of a
/// struct that is there twice, raises SC_FIELD.
template <auto Member, fixed_string Column, fixed_string Source = "">
struct field {
  static_assert(Column.size() != 0, "[dovetail/SC_FIELD] a column has a name; ignore<...> leaves a member out");
  static constexpr model::mapping value =
      detail::make_mapping<Member>(model::mapping_kind::column, identifier_of<Column>, identifier_of<Source>);
};
/// A member that stands for no column, of any type: `ignore<&card::cached>`. A struct inside of the row is ignored with
/// all its fields.
template <auto Member>
struct ignore {
  static constexpr model::mapping value = detail::make_mapping<Member>(model::mapping_kind::ignored, {}, {});
};
/// How the columns of a struct inside of the row begin, if not with the member's name and `_`: by
/// `prefix<&card::home, "">` the column of `home.street` is `street`, and `home_street` otherwise. They may be those of a
/// joined source: `prefix<&overview::buyer, "", "customer">`.
template <auto Member, fixed_string Prefix, fixed_string Source = "">
struct prefix {
  static constexpr model::mapping value =
      detail::make_mapping<Member>(model::mapping_kind::prefix, identifier_of<Prefix>, identifier_of<Source>);
};

/// The columns by which an update finds its rows: `updates<"customer", renaming, key<"id">>`. The struct carries them,
/// else WR_KEY.
template <fixed_string... Columns>
struct key {
  static constexpr array_view<identifier> columns = detail::identifiers<Columns...>::value;
  static constexpr model::unit_key value{columns};
};
/// The conflict target of an upsert: exactly the columns of the primary key or of a unique constraint (WR_ARBITER).
template <fixed_string... Columns>
struct conflict : key<Columns...> {};
/// A read that expects at most one row, and by which columns: they have to hold a key (RD_CARD).
template <fixed_string... Columns>
struct single : key<Columns...> {};
/// What an upsert sets where the row exists; without it, every column that is not of the conflict target. `set<>` sets
/// nothing: the row stays as it is.
template <fixed_string... Columns>
struct set {
  static constexpr model::upsert_set value{detail::identifiers<Columns...>::value};
};

/// The source of a read is a function, which a statement calls: `reads<"open_orders", order, called>` (RD_SOURCE).
struct called {
  static constexpr model::call value{};
};

/// The columns by which a join is made: `on<"customer_id", "id">`, of the unit's table and of the joined source.
template <fixed_string From, fixed_string To>
struct on {
  static constexpr identifier from = identifier_of<From>;
  static constexpr identifier to = identifier_of<To>;
};
namespace detail {
template <model::join_kind Kind, fixed_string Source, class On, fixed_string Alias>
struct join {
  static constexpr model::join value{Kind, identifier_of<Source>,
                                     Alias.size() == 0 ? identifier_of<Source> : identifier_of<Alias>, On::from, On::to};
};
}  // namespace detail
/// Reads from a second source as well: `reads<"purchase", overview, join<"customer", on<"customer_id", "id">>,
/// field<&overview::customer, "full_name", "customer">>`. Under an alias it can be joined twice.
template <fixed_string Source, class On, fixed_string Alias = "">
struct join : detail::join<model::join_kind::inner, Source, On, Alias> {};
/// Columns of the joined source may be NULL.
template <fixed_string Source, class On, fixed_string Alias = "">
struct left_join : detail::join<model::join_kind::left, Source, On, Alias> {};
/// Columns of the unit's own table and of the earlier joins may be NULL.
template <fixed_string Source, class On, fixed_string Alias = "">
struct right_join : detail::join<model::join_kind::right, Source, On, Alias> {};
/// Columns of both may be NULL.
template <fixed_string Source, class On, fixed_string Alias = "">
struct full_join : detail::join<model::join_kind::full, Source, On, Alias> {};

/// The SQL of a computed column.
template <fixed_string Text>
struct expression {
  static constexpr void apply(model::computed& c) { c.expression = Text; }
};
namespace detail {
template <class Option>
constexpr void apply_computed(model::computed& c) {
  if constexpr (requires { Option::apply(c); })
    Option::apply(c);
  else if constexpr (std::is_same_v<Option, null>)
    c.nullable = true;
  else
    c.columns = Option::value;
}
}  // namespace detail
/// A field that an expression makes, with the type that it has: `computed<"total", numeric<12, 2>,
/// expression<"quantity * price">, columns<"quantity", "price">>`, and `null` if it may be NULL. Without the expression
/// there is no generated statement; the columns that it names have to exist (RD_COL_MISSING).
template <fixed_string Field, class Type, class... Options>
struct computed {
  static constexpr model::computed value = [] {
    model::computed c{identifier_of<Field>, Type::type, false, {}, {}};
    (detail::apply_computed<Options>(c), ...);
    return c;
  }();
};

/// A writer's promise about a field, of which every value satisfies the rule: `refines<"quantity", between<1, 100>>`.
/// It is the program that keeps it; what it implies need not be proven of the field's type. A rule that is none of such a
/// field's, or that none of its values obeys, raises SC_PROMISE.
template <fixed_string Field, class Rule>
struct refines {
  static constexpr model::promise value{identifier_of<Field>, Rule::rule, {}};
};
/// A writer's promise about a constraint, of which only the server understands what it says, or that no type can prove:
/// `satisfies<"order_line_total_check">`.
template <fixed_string Constraint>
struct satisfies {
  static constexpr model::promise value{{}, {}, identifier_of<Constraint>};
};

namespace detail {

template <class Value>
concept is_unit_option = std::is_same_v<Value, model::mapping> || std::is_same_v<Value, model::unit_key> ||
                         std::is_same_v<Value, model::upsert_set> || std::is_same_v<Value, model::call> ||
                         std::is_same_v<Value, model::join> ||
                         std::is_same_v<Value, model::computed> || std::is_same_v<Value, model::promise>;
template <class Option, bool Upserts>
struct must_be_option {
  static_assert(requires { requires is_unit_option<std::remove_const_t<decltype(Option::value)>>; },
                "[dovetail/SC_FIELD] not an option of a unit, such as dovetail::field, key, single, join or refines");
  static_assert(Upserts || !requires {
    requires std::is_same_v<decltype(Option::value), const model::upsert_set>;
  },
                "[dovetail/SC_FIELD] set<...> is an option of upserts: other writers set the fields of their struct");
};

template <bool Right>
struct writer_option {
  static_assert(Right, "[dovetail/SC_FIELD] refines and satisfies are options of writers: a reader promises nothing");
};
template <bool Right>
struct reader_option {
  static_assert(Right, "[dovetail/SC_FIELD] join and its kin, computed and called are options of reads");
};

/// Pointers to the values of one type among `N` options.
template <class Value, std::size_t N>
struct option_list {
  const Value* array[N + 1]{};
  std::size_t count = 0;

  constexpr array_view<const Value*> all() const { return {array, count}; }
};
/// The values of a unit's options, by their types.
template <std::size_t N>
struct option_values {
  option_list<model::mapping, N> mappings;
  option_list<model::join, N> joins;
  option_list<model::computed, N> computed;
  option_list<model::promise, N> promises;
  const model::unit_key* key = nullptr;  ///< the first
  const model::upsert_set* sets = nullptr;
  bool called = false;
  bool binds = false;  ///< one of them speaks of fields

  template <class Value>
  constexpr void keep(option_list<Value, N>& list, const Value& value) {
    list.array[list.count++] = &value;
    binds = true;
  }
  constexpr void add(const model::mapping& m) { keep(mappings, m); }
  constexpr void add(const model::join& j) { keep(joins, j); }
  constexpr void add(const model::computed& c) { keep(computed, c); }
  constexpr void add(const model::promise& p) { keep(promises, p); }
  constexpr void add(const model::unit_key& k) {
    if (key == nullptr) key = &k;
  }
  constexpr void add(const model::upsert_set& s) {
    if (sets == nullptr) sets = &s;
  }
  constexpr void add(const model::call&) { called = true; }

  constexpr array_view<identifier> key_columns() const {
    return key == nullptr ? array_view<identifier>() : key->columns;
  }
};
template <class Option, std::size_t N>
constexpr void add_option([[maybe_unused]] option_values<N>& to) {
  if constexpr (requires { requires is_unit_option<std::remove_const_t<decltype(Option::value)>>; })
    to.add(Option::value);
}
/// Once for all units with the same options.
template <class... Options>
inline constexpr option_values<sizeof...(Options)> options_of = [] {
  option_values<sizeof...(Options)> result;
  (add_option<Options>(result), ...);
  return result;
}();

/// The names of all columns of a row, some of them under a prefix of the unit's own, each closed by a NUL.
template <class Row, class... Options>
struct prefixed_names {
  static constexpr void into(text_buffer& out) {
    for (const model::field& f : row_of<Row>.fields) {
      const model::row* within = &row_of<Row>;
      const model::field* at = &f;
      for (; at->nested != nullptr; within = at->nested->within, at = at->nested->inner) {
        const model::mapping* prefix = nullptr;
        for (const model::mapping* m : options_of<Options...>.mappings.all())
          if (m->kind == model::mapping_kind::prefix && m->is_of(*within, at->nested->member, true)) prefix = m;
        if (prefix != nullptr)
          out << prefix->name;
        else
          out << at->nested->member << '_';
      }
      out << at->name << '\0';
    }
  }
};

template <class Row, class... Options>
struct unit_columns {
  static constexpr std::size_t count = row_of<Row>.fields.size();
  static constexpr array_view<const model::mapping*> mappings = options_of<Options...>.mappings.all();
  static constexpr array_view<const model::join*> joins = options_of<Options...>.joins.all();
  static constexpr array_view<const model::computed*> computed = options_of<Options...>.computed.all();
  static constexpr bool has_prefix = [] {
    for (const model::mapping* m : mappings)
      if (m->kind == model::mapping_kind::prefix) return true;
    return false;
  }();

  struct found {
    identifier columns[count + 1];
    model::origin origins[count + 1];
    bool elsewhere = false;
    text_view missing;  ///< a member or field that an option names and the struct does not have
    text_view broken;   ///< why a promise does not fit its field
    std::size_t broken_at = 0;
  };
  static constexpr found all = [] {
    found result{};
    const array_view<model::field> fields = row_of<Row>.fields;
    if constexpr (has_prefix) {
      text_view names = static_text<prefixed_names<Row, Options...>>::value;
      for (std::size_t i = 0; i != count; ++i) result.columns[i] = take_text(names);
    } else {
      for (std::size_t i = 0; i != count; ++i) result.columns[i] = fields[i].name;
    }
    for (const model::mapping* m : mappings) {
      std::size_t source = 0;
      for (std::size_t j = 0; j != joins.size(); ++j)
        if (joins[j]->alias == m->source) source = j + 1;
      if (!m->source.empty() && source == 0) result.missing = m->source;
      const auto bind = [&](bool inherited) {
        std::size_t times = 0;
        for (std::size_t i = 0; i != count; ++i) {
          if (!m->speaks_of(row_of<Row>, fields[i], inherited)) continue;
          ++times;
          if (m->kind != model::mapping_kind::prefix) result.columns[i] = m->name;
          if (source == 0) continue;
          result.origins[i].source = source;
          result.elsewhere = true;
        }
        return times;
      };
      std::size_t times = bind(false);
      if (times == 0) times = bind(true);
      if (times == 0 || (times != 1 && m->kind == model::mapping_kind::column)) result.missing = m->member;
    }
    for (const model::computed* c : computed) {
      bool any = false;
      for (std::size_t i = 0; i != count; ++i) {
        if (!(fields[i].name == c->field)) continue;
        any = true;
        result.origins[i].expression = c;
        result.elsewhere = true;
      }
      if (!any) result.missing = c->field;
    }
    for (const model::promise* p : options_of<Options...>.promises.all()) {
      bool any = p->field.empty();
      for (std::size_t i = 0; i != count && !p->field.empty(); ++i) {
        if (!(p->field == fields[i].name || p->field == result.columns[i])) continue;
        any = true;
        const text_view fault = model::rule_fault(p->rule, fields[i].type->holds, true);
        if (fault.empty()) continue;
        result.broken = fault;
        result.broken_at = i;
      }
      if (!any) result.missing = p->field;
    }
    return result;
  }();
  static constexpr array_view<identifier> value{all.columns, count};
  static constexpr array_view<model::origin> origins{all.origins, all.elsewhere ? count : 0};
};
/// Of a unit whose options, if any, say nothing of fields: the struct's own, for all such units.
template <class Row>
struct unit_columns<Row> {
  struct found {
    text_view missing;
    text_view broken;
  };
  static constexpr found all{};
  static constexpr array_view<identifier> value = row_of<Row>.names;
  static constexpr array_view<model::origin> origins{};
};

template <class Row, class Columns>
struct missing_field {
  static constexpr void into(text_buffer& out) {
    out << "struct " << row_of<Row>.name << ", about " << Columns::all.missing;
  }
  static constexpr text_view value = static_text<missing_field>::value;
};
/// A field that is none of a row, and its struct.
template <class Row, class Columns>
struct misfit_field {
  static constexpr void into(text_buffer& out) {
    const model::field& f = *find_misfit<Row>(Columns::value);
    out << row_of<Row>.name << "::" << f.spelled() << " (" << *f.type << ')';
  }
  static constexpr text_view value = static_text<misfit_field>::value;
};
/// A promise that does not fit: of which field, and why.
template <class Row, class Columns>
struct broken_promise {
  static constexpr void into(text_buffer& out) {
    const model::field& f = row_of<Row>.fields[Columns::all.broken_at];
    out << "writer " << row_of<Row>.name << "::" << f.spelled() << " (" << *f.type << ')';
  }
  static constexpr text_view value = static_text<broken_promise>::value;
  struct fix {
    static constexpr void into(text_buffer& out) {
      out << "fix: " << Columns::all.broken << ": correct the rule of refines<...>, or the type of the field";
    }
    static constexpr text_view value = static_text<fix>::value;
  };
};
template <class Field>
struct no_optional_struct {
  static_assert(sizeof(Field) == 0,
                "[dovetail/SC_ROW] a struct inside of a row is not std::optional: make its members so, or ignore it");
};
template <class Field>
struct no_gap {
  static_assert(sizeof(Field) == 0,
                "[dovetail/SC_ROW] the enumerators of a row's enum class count from 0 or 1 without a gap, at most 64");
};

enum class field_fault : unsigned char { none, missing, promise, optional_struct, gap };

template <class Row, class Columns>
constexpr field_fault find_field_fault() {
  if (!Columns::all.missing.empty()) return field_fault::missing;
  if (!Columns::all.broken.empty()) return field_fault::promise;
  const model::field* misfit = find_misfit<Row>(Columns::value);
  if (misfit == nullptr) return field_fault::none;
  return misfit->type->gap ? field_fault::gap : field_fault::optional_struct;
}
/// Nothing is composed of a unit that is right, which nearly all are; and of one that is not, the error is raised where
/// the unit asks for `check`, in fewer lines.
template <field_fault Fault>
struct raise_field_fault {
  template <class Row, class Columns>
  using check = model::unit;
};
template <>
struct raise_field_fault<field_fault::missing> {
  template <class Row, class Columns>
  using check = raise<code::SC_FIELD, line_of<missing_field<Row, Columns>>,
                      line_of<literal_text<"fix: name what is once in the unit's struct, or a source that it joins">>>;
};
template <>
struct raise_field_fault<field_fault::promise> {
  template <class Row, class Columns>
  using check = raise<code::SC_PROMISE, line_of<broken_promise<Row, Columns>>,
                      line_of<typename broken_promise<Row, Columns>::fix>>;
};
template <>
struct raise_field_fault<field_fault::optional_struct> {
  template <class Row, class Columns>
  using check = no_optional_struct<line_of<misfit_field<Row, Columns>>>;
};
template <>
struct raise_field_fault<field_fault::gap> {
  template <class Row, class Columns>
  using check = no_gap<line_of<misfit_field<Row, Columns>>>;
};

/// What may be wrong with the fields of a unit is asked only where something can be: in a row of plain values, whose
/// options say nothing of fields, it cannot.
template <bool Plain>
struct check_fields {
  template <class Row>
  using row = model::row;
  template <class Row, class... Options>
  using fields = model::unit;
};
template <>
struct check_fields<false> {
  template <class Row>
  using row = must_be_row<Row>;
  template <class Row, class... Options>
  using fields = typename raise_field_fault<find_field_fault<Row, unit_columns<Row, Options...>>()>::template check<
      Row, unit_columns<Row, Options...>>;
};

/// The columns of a unit, where its options bind them.
template <bool Binds>
struct bind_columns {
  template <class Row, class... Options>
  using of = unit_columns<Row>;
};
template <>
struct bind_columns<true> {
  template <class Row, class... Options>
  using of = unit_columns<Row, Options...>;
};

/// Once for all units of a kind with the same options.
template <model::unit_kind Kind, class... Options>
struct unit_options {
  static_assert((sizeof(must_be_option<Options, Kind == model::unit_kind::upserts>) + ... + 1) != 0);
  static constexpr const auto& all = options_of<Options...>;
  static_assert(sizeof(writer_option<Kind != model::unit_kind::reads || all.promises.count == 0>) != 0);
  static_assert(sizeof(reader_option<Kind == model::unit_kind::reads || (all.joins.count == 0 && all.computed.count == 0 && !all.called)>) != 0);
  template <bool Plain>
  using checks = check_fields<Plain && !all.binds>;
  using columns = bind_columns<all.binds>;
  static constexpr array_view<identifier> key = all.key_columns();
  static constexpr array_view<const model::join*> joins = all.joins.all();
  static constexpr array_view<const model::promise*> promises = all.promises.all();
};

template <model::unit_kind Kind, fixed_string Table, class Row, class... Options>
struct unit {
  using row_type = Row;
  using options = unit_options<Kind, Options...>;
  using checks = typename options::template checks<row_of<Row>.plain>;
  static_assert(sizeof(typename checks::template row<Row>) != 0);  // asked, not derived from: see step<> of
  static_assert(sizeof(typename checks::template fields<Row, Options...>) != 0);  // change/migration.hpp
  using columns = typename options::columns::template of<Row, Options...>;
  static constexpr model::unit value{Kind,           identifier_of<Table>, &row_of<Row>,      columns::value,    options::key,
                                     columns::origins, options::joins,     options::promises, options::all.sets, options::all.called};
};
/// Without options, as nearly all are.
template <model::unit_kind Kind, fixed_string Table, class Row>
struct unit<Kind, Table, Row> {
  using row_type = Row;
  using checks = check_fields<row_of<Row>.plain>;
  static_assert(sizeof(typename checks::template row<Row>) != 0);
  static_assert(sizeof(typename checks::template fields<Row>) != 0);
  static constexpr model::unit value{Kind, identifier_of<Table>, &row_of<Row>, row_of<Row>.names, {}, {}, {}, {}, nullptr,
                                     false};
};

inline constexpr model::row no_row{};

}  // namespace detail

/// SELECTs the struct's columns, by name, from a table, a view or a function: `reads<"customer", card>`. Other columns
/// do not matter. Options: field, ignore, prefix, join and its kin, computed, single. Findings: RD_TABLE_MISSING,
/// RD_COL_MISSING, RD_NULL, RD_TYPE, RD_RANGE, RD_LOSSY, RD_LEN, RD_ENUM, RD_CARD.
template <fixed_string Table, class Row, class... Options>
struct reads : detail::unit<model::unit_kind::reads, Table, Row, Options...> {};
/// INSERTs the struct's columns, by name; every other column has to be optional (WR_REQUIRED). Options: field, ignore,
/// prefix, refines, satisfies. Findings: WR_TABLE_MISSING, WR_COL_MISSING, WR_REQUIRED, WR_NULL, WR_TYPE, WR_RANGE,
/// WR_LOSSY, WR_LEN, WR_ENUM, WR_GENERATED, WR_SOURCE; and, where a version has a constraint that another one does not
/// have, WR_CHECK, WR_UNIQUE, WR_REFERENCE.
template <fixed_string Table, class Row, class... Options>
struct inserts : detail::unit<model::unit_kind::inserts, Table, Row, Options...> {};
/// UPDATEs the struct's columns where its `key<…>` columns are equal: `updates<"customer", renaming, key<"id">>`.
/// Findings: those of a writer, and WR_KEY.
template <fixed_string Table, class Row, class... Options>
struct updates : detail::unit<model::unit_kind::updates, Table, Row, Options...> {};
/// INSERTs the struct's columns, or sets them where the row is there already: `upserts<"customer", signup,
/// conflict<"email">>`. Findings: those of inserts, WR_KEY, and WR_ARBITER.
template <fixed_string Table, class Row, class... Options>
struct upserts : detail::unit<model::unit_kind::upserts, Table, Row, Options...> {};
/// DELETEs the rows whose columns equal the struct's: `deletes<"customer", customer_id>`. Findings: WR_TABLE_MISSING,
/// WR_COL_MISSING, WR_TYPE, WR_SOURCE; and, where a version has a foreign key to the table that another one does not have,
/// WR_RESTRICT and WR_CASCADE.
template <fixed_string Table, class Row, class... Options>
struct deletes : detail::unit<model::unit_kind::deletes, Table, Row, Options...> {};
/// Names columns in a WHERE or ORDER BY, and reads none of them: `uses<"customer", "city", "created_at">`. Findings:
/// RD_TABLE_MISSING, RD_COL_MISSING.
template <fixed_string Table, fixed_string... Columns>
struct uses {
  static constexpr model::unit value{model::unit_kind::uses, identifier_of<Table>, &detail::no_row,
                                     detail::identifiers<Columns...>::value, {}, {}, {}, {}, nullptr, false};
};

/// A deployed binary: `struct app_7 : dt::release<"7", unit…> {};`
template <fixed_string Name, class... Units>
struct release {
  // A unit that is none is an error of the release that lists it, which is nearer than the first check.
  using made = std::index_sequence<sizeof(Units)...>;
  static constexpr model::release value{identifier_of<Name>, detail::pointers_to<model::unit, Units...>::value};
  /// For who asks something of each unit.
  template <template <class...> class Of, class... First>
  using units = Of<First..., Units...>;
};

}  // namespace dovetail
