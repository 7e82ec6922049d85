// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/migration.hpp>
#include <dovetail/change/references.hpp>

/// Changes that would break the releases of today or those of tomorrow, in three migrations that break neither: expand,
/// fill, contract. Each leads to a version of its own and can be deployed by itself, with the releases in between.
namespace dovetail {

namespace model::phases {

inline constexpr table no_table{};
/// Without columns where there is no such table, which the first step reports.
constexpr const table& table_or_none(const table* t) { return t == nullptr ? no_table : *t; }

/// What all phases of a recipe find in the version that they begin from. A recipe says the table, the sync's name and its
/// two sides; `declared<From>(i)` is the i-th newer column as it is to be in the end.
template <class From, class Recipe>
struct gradual {
  static constexpr const table& subject = table_or_none(From::value.find(Recipe::table));
  static constexpr array_view<assignment> older = Recipe::older;
  static constexpr array_view<assignment> newer = Recipe::newer;

  static constexpr const column* find(const identifier& column) {
    return subject.find_column(column);
  }
  static constexpr bool one_to_one = older.size() == 1 && newer.size() == 1;
  /// The newer column is the older one under another name.
  static constexpr bool is_copy = one_to_one && sql::is_quoted(newer[0].expression, older[0].column);

  template <sync_side Stale>
  static constexpr sync with{{part_kind::sync, Recipe::name}, older, newer, Stale};

  struct columns {
    column declared[newer.size()];
    column bare[older.size() + newer.size()];  ///< as they come and go: null, and without a default
  };
  static constexpr columns kept_columns = [] {
    columns all{};
    const auto put_bare = [](column& to, const column& from) {
      to = from;
      to.nullable = true;
      to.value = {};
    };
    for (std::size_t i = 0; i != newer.size(); ++i) {
      all.declared[i] = Recipe::template declared<gradual>(i);
      put_bare(all.bare[i], all.declared[i]);
    }
    for (std::size_t i = 0; i != older.size(); ++i)
      if (const column* c = find(older[i].column)) put_bare(all.bare[newer.size() + i], *c);
    return all;
  }();
  struct pointers {
    const part* array[older.size() + newer.size()]{};
  };
  static constexpr pointers bare_parts = [] {
    pointers all;
    for (std::size_t i = 0; i != older.size() + newer.size(); ++i) all.array[i] = &kept_columns.bare[i];
    return all;
  }();
  static constexpr table bare_columns{Recipe::table, bare_parts.array};

  /// The constraint or index is made once more, of the newer column. SQL over the older one says nothing of other values.
  static constexpr bool is_carried(const part& p) {
    if (!one_to_one || !depends(p, older[0].column)) return false;
    switch (p.kind) {
      case part_kind::unique:
      case part_kind::foreign_key: return true;
      case part_kind::exclusion:
      case part_kind::check: return is_copy;
      case part_kind::index: return is_copy || !static_cast<const index&>(p).any_sql([](text_view) { return true; });
      case part_kind::column:
      case part_kind::primary_key:
      case part_kind::comment:
      case part_kind::sequence:
      case part_kind::trigger:
      case part_kind::partitioning:
      case part_kind::partition:
      case part_kind::sync: break;
    }
    return false;
  }
  static constexpr std::size_t carried_count = [] {
    std::size_t n = 0;
    for (const part* p : subject.parts) n += is_carried(*p);
    return n;
  }();
  struct carried_parts {
    const part* parts[carried_count + 1]{};
    char name[carried_count + 1][longest_identifier]{};  ///< of the twin, while both are there
    std::size_t size[carried_count + 1]{};
  };
  static constexpr carried_parts carried = [] {
    carried_parts all;
    std::size_t n = 0;
    for (const part* p : subject.parts) {
      if (!is_carried(*p)) continue;
      all.parts[n] = p;
      text_buffer name;
      put_shortened(name, p->name, "_new");
      for (std::size_t i = 0; i != name.size(); ++i) all.name[n][i] = name.all()[i];
      all.size[n++] = name.size();
    }
    return all;
  }();
  static constexpr identifier twin_name(std::size_t i) { return identifier(text_view(carried.name[i], carried.size[i])); }

  /// What would stand in the way of the last phase (MG_DEPENDENT): it is said before the first, which then does nothing.
  static constexpr void report(const finding& proto, list<finding>& out) {
    draft d(From::value, proto);
    for (const assignment& each : older) {
      const column* c = find(each.column);
      if (c == nullptr) continue;
      if (c->identity != identity_kind::none) d.report(code::MG_DEPENDENT, Recipe::table, each.column, "its identity", "identity");
      for (const part* p : subject.parts)
        if (p != c && !is_carried(*p) && !(p->kind == part_kind::sync && p->name == Recipe::name) && depends(*p, each.column))
          d.report(code::MG_DEPENDENT, Recipe::table, each.column, name_of(*p), word(p->kind));
      each_reference(d, Recipe::table, [&](const table& from, const foreign_key& f) {
        if (contains(f.target_columns, each.column) && !(from.name == Recipe::table && is_carried(f)))
          d.report(code::MG_DEPENDENT, Recipe::table, each.column, f.name, word(f.kind));
      });
      views_need(d, Recipe::table, each.column);
    }
    out.append(d.findings.all());
  }

  static constexpr change about(const change_kind& kind, const identifier& object = Recipe::name,
                                        const part* declared = nullptr, const identifier& renamed = {}) {
    return {&kind, Recipe::table, object, declared, nullptr, renamed};
  }
  template <sync_side Stale>
  static constexpr change adding_sync() {
    return {&kind_of<changes::add_sync>, Recipe::table, Recipe::name, &with<Stale>, &bare_columns};
  }

  // What the phases do, in their order; `put(change, inverse)` takes each step.

  static constexpr void expand(auto put) {
    put(adding_sync<sync_side::newer>(), about(kind_of<changes::drop_sync>));
  }

  static constexpr void fill(auto put) {
    put(about(kind_of<changes::fill_sync>),
        about(kind_of<changes::retire_sync>, Recipe::name, &with<sync_side::newer>));
    for (const column& c : kept_columns.declared)
      if (!c.nullable)
        put(about(kind_of<changes::set_not_null>, c.name), about(kind_of<changes::drop_not_null>, c.name));
    for (std::size_t i = 0; i != carried_count; ++i)
      put(about(kind_of<changes::add_twin>, Recipe::name, carried.parts[i], twin_name(i)),
          about(kind_that_drops(*carried.parts[i]), twin_name(i)));
  }

  static constexpr void contract(auto put) {
    // Nobody reads or writes the older columns any more, and they lose what a column that comes and goes cannot have.
    for (const assignment& each : older) {
      const column* c = find(each.column);
      if (c == nullptr) continue;
      if (c->value.kind != default_kind::none)
        put(about(kind_of<changes::set_default>, c->name), about(kind_of<changes::set_default>, c->name, c));
      if (!c->nullable)
        put(about(kind_of<changes::drop_not_null>, c->name), about(kind_of<changes::set_not_null>, c->name));
    }
    for (std::size_t i = 0; i != carried_count; ++i) {
      const part& p = *carried.parts[i];
      put(about(kind_that_drops(p), p.name), about(kind_that_adds(p), p.name, &p));
    }
    for (const column& c : kept_columns.declared)
      if (c.value.kind != default_kind::none)
        put(about(kind_of<changes::set_default>, c.name, &c), about(kind_of<changes::set_default>, c.name));
    if (older.empty()) {
      put(about(kind_of<changes::drop_sync>), adding_sync<sync_side::none>());
    } else {
      put(about(kind_of<changes::retire_sync>, Recipe::name, &with<sync_side::older>),
          about(kind_of<changes::fill_sync>));
      put(about(kind_of<changes::drop_sync>), adding_sync<sync_side::older>());
    }
    for (std::size_t i = 0; i != carried_count; ++i) {
      const part& p = *carried.parts[i];
      put(about(kind_that_renames(p), twin_name(i), nullptr, p.name), about(kind_that_renames(p), p.name, nullptr, twin_name(i)));
    }
  }
};

/// A column of another type under the same name. Its shadow, which no release knows, has the newer type until the two
/// exchange their values, and the older one from then on: `contract` ends as `expand` and `fill` begin.
template <class From, class Recipe>
struct widened {
  static constexpr const table& subject = table_or_none(From::value.find(Recipe::table));
  static constexpr const column* subject_column = subject.find_column(Recipe::column);
  /// Without what the shadow has not: a default, NOT NULL, a number that the server gives.
  static constexpr column shadow_of(const sql_type& type) {
    column c{};
    if (subject_column != nullptr) c = *subject_column;
    c.kind = part_kind::column;
    c.name = Recipe::shadow;
    c.type = type;
    c.nullable = true;
    c.value = {};
    c.identity = identity_kind::none;
    return c;
  }
  static constexpr column shadows[2]{shadow_of(Recipe::type),
                                     shadow_of(subject_column == nullptr ? Recipe::type : subject_column->type)};
  static constexpr const part* parts[2]{&shadows[0], &shadows[1]};
  static constexpr table newer_shadow{Recipe::table, {parts, 1}};
  static constexpr table older_shadow{Recipe::table, {parts + 1, 1}};
  template <sync_side Stale>
  static constexpr sync with{{part_kind::sync, Recipe::name}, {}, Recipe::newer, Stale, true};

  static constexpr change about(const change_kind& kind, const identifier& object = Recipe::name,
                                const part* declared = nullptr, const table* created = nullptr) {
    return {&kind, Recipe::table, object, declared, created};
  }
  static constexpr change adding(const table& shadow) {
    return about(kind_of<changes::add_sync>, Recipe::name, &with<sync_side::newer>, &shadow);
  }
  static constexpr change retiring = about(kind_of<changes::retire_sync>, Recipe::name, &with<sync_side::newer>);
  static constexpr change swapping{&kind_of<changes::swap>, Recipe::table, Recipe::name, nullptr, nullptr, Recipe::column};
  static constexpr bool is_required = subject_column != nullptr && !subject_column->nullable;

  static constexpr void expand(auto put) { put(adding(newer_shadow), about(kind_of<changes::drop_sync>)); }
  static constexpr void fill(auto put) {
    put(about(kind_of<changes::fill_sync>), retiring);
    if (is_required)
      put(about(kind_of<changes::set_not_null>, Recipe::shadow), about(kind_of<changes::drop_not_null>, Recipe::shadow));
  }
  static constexpr void contract(auto put) {
    put(swapping, swapping);
    if (is_required)
      put(about(kind_of<changes::drop_not_null>, Recipe::shadow), about(kind_of<changes::set_not_null>, Recipe::shadow));
    put(retiring, about(kind_of<changes::fill_sync>));
    put(about(kind_of<changes::drop_sync>), adding(older_shadow));
  }

  /// Every value is one of the other type as it is, and the server compares the two.
  static constexpr bool widens(const sql_type& from, const sql_type& to) {
    const domain old = domain_of(from);
    const domain wide = domain_of(to);
    return wide.kind == old.kind && from.labels == nullptr && from.element == nullptr && !(from == to) && includes(wide, old);
  }
  /// Before the first phase, what any of them would say, and that a type cannot hold what releases write meanwhile.
  static constexpr void report(const finding& proto, list<finding>& out) {
    if (subject.find(part_kind::sync, Recipe::name) != nullptr) return;
    draft d(From::value, proto);
    if (subject_column != nullptr && !widens(subject_column->type, Recipe::type))
      d.report(code::MG_NARROWER, Recipe::table, Recipe::column).column_type = &subject_column->type;
    const auto put = [&](const change& forward, const change&) {
      if (d.findings.empty()) model::apply(d, forward);
    };
    expand(put);
    fill(put);
    put(swapping, swapping);
    out.append(d.findings.all());
  }
};

/// A table under two names. It has no rows to fill in.
template <class From, class Recipe>
struct renamed_table {
  static constexpr const table* before = From::value.find(Recipe::table);
  static constexpr const table* after = From::value.find(Recipe::new_name);
  /// As it is, whichever name it has.
  static constexpr const table& subject =
      before != nullptr && before->alias_of.empty() ? *before : table_or_none(after);
  struct renamed {
    static constexpr table value{Recipe::new_name, subject.parts};
  };
  using columns = dovetail::detail::columns_of_table<renamed>;
  static constexpr table alias = dovetail::detail::make_alias(
      Recipe::table, columns::value, dovetail::detail::static_text<columns>::value, Recipe::new_name);

  static constexpr void report(const finding&, list<finding>&) {}

  static constexpr void expand(auto put) {
    put({&kind_of<changes::rename_behind_alias>, Recipe::table, {}, nullptr, &alias, Recipe::new_name},
        {&kind_of<changes::rename_to_alias>, Recipe::new_name, {}, nullptr, nullptr, Recipe::table});
  }
  static constexpr void contract(auto put) {
    put({&kind_of<changes::drop_view>, Recipe::table, {}},
        {&kind_of<changes::create_view>, Recipe::table, {}, nullptr, From::value.find(Recipe::table)});
  }
};

/// What stands for a recipe whose parameters are wrong, so that this is the only error.
struct no_recipe {
  static constexpr void report(const finding&, list<finding>&) {}
  static constexpr void expand(auto) {}
  static constexpr void fill(auto) {}
  static constexpr void contract(auto) {}
};

enum class phase_kind { expand, fill, contract };

/// Nothing stands in the way of any phase.
template <class Facts>
inline constexpr bool is_possible = [] {
  list<finding> found;
  Facts::report({}, found);
  return found.empty();
}();

/// The steps that a recipe has for one of its phases.
template <class From, class Recipe, phase_kind Kind>
struct steps_of_phase {
  using facts = typename Recipe::template facts<From>;
  static constexpr void each_step(auto put) {
    const auto put_step = [&](const change& forward, const change& inverse) { put(step{forward, inverse}); };
    if constexpr (is_possible<facts>) {
      if constexpr (Kind == phase_kind::expand) facts::expand(put_step);
      if constexpr (Kind == phase_kind::fill) facts::fill(put_step);
      if constexpr (Kind == phase_kind::contract) facts::contract(put_step);
    }
  }
  static constexpr void report(const finding& proto, list<finding>& out) { facts::report(proto, out); }
};
template <class From, class Recipe, phase_kind Kind>
using phase = dovetail::detail::made_migration<From, steps_of_phase<From, Recipe, Kind>>;

}  // namespace model::phases

namespace detail {

template <fixed_string Table, fixed_string Column>
struct sync_name {
  static constexpr void into(text_buffer& out) {
    text_buffer all;
    put_flat(all, Table) << '_' << text_view(Column);
    put_shortened(out, all.all(), "_sync");
  }
};
template <fixed_string Column>
struct shadow_name {
  static constexpr void into(text_buffer& out) { put_shortened(out, Column, "_new"); }
};

template <bool Right>
struct twin_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] twin takes a column<\"name\", type, options...> and an SQL expression of the older ones");
};

template <bool Right>
struct wider_type_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] gradual_widen_column takes an SQL type, such as dovetail::bigint");
};

template <class... Twins>
struct twin_list;

template <class Recipe>
struct gradual_recipe {
  template <class From>
  using facts = model::phases::gradual<From, Recipe>;
};

/// Columns of a table in the place of others.
template <fixed_string Table, class Older, class Twins>
struct replacing;
template <fixed_string Table, class... Synced, class First, class... Twins>
struct replacing<Table, dovetail::older<Synced...>, twin_list<First, Twins...>>
    : gradual_recipe<replacing<Table, dovetail::older<Synced...>, twin_list<First, Twins...>>> {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier name{static_text<sync_name<Table, First::column_name>>::value};
  using older_side = dovetail::older<Synced...>;
  using newer_side = dovetail::newer<typename First::as_synced, typename Twins::as_synced...>;
  static constexpr array_view<model::assignment> older = assignments<older_side, newer_side>::value;
  static constexpr array_view<model::assignment> newer = assignments<newer_side, older_side>::value;
  template <class>
  static constexpr model::column declared(std::size_t i) {
    const model::column* const all[]{&First::column::value, &Twins::column::value...};
    return *all[i];
  }
};

}  // namespace detail

/// A column that comes to take the place of others, and the SQL expression over those that gives its value:
/// `twin<column<"first_name", text>, "split_part(full_name, ' ', 1)">`.
template <class Column, fixed_string Expression>
struct twin {
  static_assert(sizeof(detail::twin_parameter<sizeof(Column) == 0>) != 0);
  // What stands for it, so that this is the only error.
  using column = dovetail::column<"none", text>;
  using as_synced = synced<"none", Expression>;
  static constexpr fixed_string column_name = "none";
};
template <fixed_string Name, class Type, class... Options, fixed_string Expression>
struct twin<column<Name, Type, Options...>, Expression> {
  using column = dovetail::column<Name, Type, Options...>;
  using as_synced = synced<Name, Expression>;
  static constexpr auto column_name = Name;
};

// Recipes.

/// Another name for a column: `gradual_rename_column<"customer", "full_name", "display_name">`. Constraints and indexes of
/// the column get a twin, which has their names in the end.
template <fixed_string Table, fixed_string Column, fixed_string NewName>
struct gradual_rename_column : detail::gradual_recipe<gradual_rename_column<Table, Column, NewName>> {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier name{detail::static_text<detail::sync_name<Table, NewName>>::value};
  static constexpr array_view<model::assignment> older =
      detail::assignments<dovetail::older<synced<Column>>, dovetail::newer<synced<NewName>>>::value;
  static constexpr array_view<model::assignment> newer =
      detail::assignments<dovetail::newer<synced<NewName>>, dovetail::older<synced<Column>>>::value;
  template <class Gradual>
  static constexpr model::column declared(std::size_t) {
    const model::column* old = Gradual::find(identifier_of<Column>);
    model::column made{};
    if (old != nullptr) made = *old;
    made.kind = model::part_kind::column;
    made.name = identifier_of<NewName>;
    return made;
  }
};

/// Another type for a column, under another name: `gradual_retype_column<"purchase", synced<"total", "total_cents / 100.0">,
/// twin<column<"total_cents", bigint>, "round(total * 100)">>`. So an enumeration becomes text, or one with other labels.
/// Constraints and indexes follow as they do when it is renamed.
template <fixed_string Table, class Synced, class Twin>
struct gradual_retype_column : detail::replacing<Table, older<Synced>, detail::twin_list<Twin>> {};

/// A type that holds more, for a column that keeps its name, be it of the primary key or of foreign keys, or numbered by the
/// server: `gradual_widen_column<"customer", "id", bigint>`. Until `contract` releases know the older type only, and those
/// that cannot read the newer one have to be gone before it. Raises MG_NARROWER (the type does not hold every value of the
/// older one as it is), and MG_DEPENDENT (a view or a generated column mentions the column).
template <fixed_string Table, fixed_string Column, class Type>
struct gradual_widen_column {
  static_assert(sizeof(detail::wider_type_parameter<detail::has_sql_type<Type>>) != 0);
  template <class>
  using facts = model::phases::no_recipe;
};
template <fixed_string Table, fixed_string Column, class Type>
  requires detail::has_sql_type<Type>
struct gradual_widen_column<Table, Column, Type> {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier column = identifier_of<Column>;
  static constexpr identifier shadow{detail::static_text<detail::shadow_name<Column>>::value};
  static constexpr identifier name{detail::static_text<detail::sync_name<Table, Column>>::value};
  static constexpr sql_type type = Type::type;
  static constexpr model::assignment follower{shadow, detail::static_text<detail::quoted_name<Column>>::value};
  static constexpr array_view<model::assignment> newer{&follower, 1};
  template <class From>
  using facts = model::phases::widened<From, gradual_widen_column>;
};

/// Several columns in the place of one: `gradual_split_column<"customer", synced<"full_name", "first_name || ' ' ||
/// last_name">, twin<…>, twin<…>>`.
template <fixed_string Table, class Synced, class... Twins>
struct gradual_split_column : detail::replacing<Table, older<Synced>, detail::twin_list<Twins...>> {};

/// One column in the place of several: `gradual_merge_columns<"customer", twin<column<"full_name", text>, "first_name || ' '
/// || last_name">, synced<"first_name", "split_part(full_name, ' ', 1)">, synced<…>>`.
template <fixed_string Table, class Twin, class... Synced>
struct gradual_merge_columns : detail::replacing<Table, older<Synced...>, detail::twin_list<Twin>> {};

/// A column whose value older releases do not write, and that is computed of others for the rows that they have written and
/// still write: `gradual_add_column<"customer", twin<column<"initials", text>, "left(full_name, 1)">>`. Where the value is
/// the same for all rows, add_column with a default does.
template <fixed_string Table, class Twin>
struct gradual_add_column : detail::replacing<Table, older<>, detail::twin_list<Twin>> {};

/// Another name for a table: `gradual_rename_table<"client", "customer">`. Between `expand` and `contract` the old name is an
/// alias, under which older releases read and write the same rows; there is nothing to `fill`. What comes to the table
/// meanwhile the alias does not have.
template <fixed_string Table, fixed_string NewName>
struct gradual_rename_table {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier new_name = identifier_of<NewName>;
  template <class From>
  using facts = model::phases::renamed_table<From, gradual_rename_table>;
};

// Phases. Each asks for its recipe's size first, for its own errors in few lines.

/// The first phase of a recipe: `struct expand_name : expand<v1, rename> {};`. The newer columns come, and a trigger that
/// keeps both sides in step. On the version that it leads to, newer releases may insert already; what reads the newer
/// columns starts after `fill` (RD_STALE, WR_STALE). Raises MG_DEPENDENT where something stands on the older columns that
/// the last phase could not drop, such as a primary key, a view or another table's foreign key, and what the steps raise.
template <class From, class Recipe, std::size_t = sizeof(Recipe)>
struct expand : model::phases::phase<From, Recipe, model::phases::phase_kind::expand> {};

/// The second phase: rows that have nothing in the newer columns get it, in batches; what is to be NOT NULL becomes so;
/// constraints and indexes are made once more, for the newer column. On the version that it leads to, releases that know
/// the older columns and such that know the newer ones read and write side by side, and see each other's writes.
template <class From, class Recipe, std::size_t = sizeof(Recipe)>
struct fill : model::phases::phase<From, Recipe, model::phases::phase_kind::fill> {};

/// The last phase: the trigger goes, and the older columns with it. Rolled back, it restores them from the newer ones.
template <class From, class Recipe, std::size_t = sizeof(Recipe)>
struct contract : model::phases::phase<From, Recipe, model::phases::phase_kind::contract> {};

}  // namespace dovetail
