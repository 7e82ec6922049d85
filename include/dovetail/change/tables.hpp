// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

struct create_table {
  static constexpr text_view name = "create_table";

  static constexpr void apply(auto& d, const change& c) {
    if (c.created->kind != source_kind::table) {
      d.report(code::MG_TARGET, c.table, {}, draft::no_table);
      return;
    }
    if (!is_free(d, c.table, c.table)) return;
    bool free = true;
    for (const part* p : c.created->parts) free = check_shared_names(d, c.table, *p) && free;
    if (!free) return;
    d.create(*c.created);
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto&, const auto&);

  /// No table or index has the name; reported of `table` otherwise (MG_EXISTS).
  static constexpr bool is_free(auto& d, const identifier& table, const identifier& wanted) {
    if (d.find(wanted) != nullptr) {
      d.report(code::MG_EXISTS, table, {}, "table");
      return false;
    }
    bool free = true;
    const auto look_for = [&](const identifier& relation) {
      d.each_table(table::bit_of(relation), [&](const model::table& t) {
        for (const part* p : t.parts)
          if (is_relation(p) && p->name == relation) {
            d.report(code::MG_EXISTS, table, {}, t.name, word(p->kind));
            free = false;
          }
      });
    };
    look_for(wanted);
    // An index, which says no schema, may be in this one, and goes along to where its table is moved.
    if (const text_view bare = without_schema(wanted); bare.size() != wanted.text().size()) look_for(bare);
    return free;
  }
};

struct drop_table {
  static constexpr text_view name = "drop_table";

  static constexpr void apply(auto& d, const change& c) {
    const table* dropped = target_table(d, c);
    if (dropped == nullptr) return;
    bool needed = copies_need(d, *dropped);
    needed = views_need(d, c.table, {}) || needed;
    each_reference(d, c.table, [&](const table& t, const foreign_key& f) {
      if (t.name == c.table) return;
      needed = true;
      d.report(code::MG_DEPENDENT, c.table, {}, f.name, "foreign key");
    });
    if (needed) return;
    d.drop(c.table);
    d.destroy();
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<create_table>, c.table, {}, nullptr, before.find(c.table)};
  }
};
constexpr change create_table::inverse(const auto& c, const auto&) { return {&kind_of<drop_table>, c.table, {}}; }

/// The server does one of the two at a time, and neither may meet another table (MG_TWO_STEPS).
constexpr bool is_one_rename(auto& d, const change& c, text_view step) {
  if (schema_of(c.renamed) == schema_of(c.table) || without_schema(c.renamed) == without_schema(c.table)) return true;
  d.report(code::MG_TWO_STEPS, c.renamed, {}, {}, step);
  return false;
}

struct rename_table {
  static constexpr text_view name = "rename_table";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr || !create_table::is_free(d, c.renamed, c.renamed)) return;
    if (!identifier_fault(c.renamed).empty()) {
      validate_in_schema(*t, c.renamed, [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
      if (!d.findings.empty()) return;
    }
    if (!is_one_rename(d, c, name)) return;
    bool needed = copies_need(d, *t);
    needed = views_need(d, c.table, {}) || needed;
    // Raw SQL may name the table before the column.
    each_user(*t, [&](const part* p) {
      if (!any_sql(*p, [&](text_view expression) { return qualifies(expression, without_schema(c.table)); })) return;
      needed = true;
      d.report(code::MG_DEPENDENT, c.table, {}, p->name, word(p->kind));
    });
    if (needed) return;
    struct reference {
      identifier table;
      const foreign_key* key = nullptr;
    };
    list<reference> references;
    each_reference(d, c.table, [&](const table& from, const foreign_key& f) { references.push_back({from.name, &f}); });
    for (const reference& r : references) {
      any_part& made = d.derive(*r.key).made;
      static_cast<foreign_key&>(made.get()).target = c.renamed;
      d.follow(r.table, r.key, &made.get());
    }
    d.rename(c.table, c.renamed);
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_table>, c.renamed, {}, nullptr, nullptr, c.table};
  }

 private:
  /// Raw SQL has the name with a dot behind it.
  static constexpr bool qualifies(text_view expression, text_view table) {
    if (!mentions(expression, table)) return false;
    for (std::size_t i = 1; i < expression.size(); ++i)
      if (expression[i] == '.' && (sql::is_word_character(expression[i - 1]) || expression[i - 1] == '"')) return true;
    return false;
  }
};

/// The old name, as an alias, stands in `created`.
struct rename_behind_alias {
  static constexpr text_view name = "rename_behind_alias";

  static constexpr void apply(auto& d, const change& c) {
    rename_table::apply(d, c);
    if (!d.findings.empty()) return;
    d.join();
    d.create(*c.created);
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto&, const auto&);
};
/// `renamed` is the alias, whose name the table gets in its place.
struct rename_to_alias {
  static constexpr text_view name = "rename_to_alias";

  static constexpr void apply(auto& d, const change& c) {
    const table* alias = d.find(c.renamed);
    if (alias == nullptr || !(alias->alias_of == c.table)) {
      d.report(code::MG_TARGET, c.table, c.renamed, "alias");
      return;
    }
    d.drop(c.renamed);
    d.join();
    rename_table::apply(d, c);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<rename_behind_alias>, c.renamed, {}, nullptr, before.find(c.renamed), c.table};
  }
};
constexpr change rename_behind_alias::inverse(const auto& c, const auto&) {
  return {&kind_of<rename_to_alias>, c.renamed, {}, nullptr, nullptr, c.table};
}

}  // namespace model::changes

namespace detail {
template <bool Right>
struct table_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] create_table takes a struct that is a table, create_view one that is a view or function");
};
}  // namespace detail

/// Creates a table: `create_table<invoice>`. Raises MG_EXISTS (there is a table or an index of this name, or of one of
/// its indexes' names), MG_TARGET (it is a view or function, which no migration creates yet), and what a declaration
/// raises.
template <class Table>
struct create_table {
  static_assert(sizeof(Table) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::table_parameter<detail::declares<Table, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Table>
  requires detail::declares<Table, model::table>
struct create_table<Table> {
  static constexpr model::change value{
      &model::kind_of<model::changes::create_table>, Table::value.name, {}, nullptr, &Table::value};
};

/// Drops a table and all its rows: `drop_table<"invoice">`. As a step's change it destroys data, and is written inside
/// lossy<> (MG_LOSSY). Raises MG_TARGET (no such table) and MG_DEPENDENT (a foreign key of another table needs it, or the
/// query of a view or function mentions it).
template <fixed_string Table>
struct drop_table {
  static constexpr model::change value{&model::kind_of<model::changes::drop_table>, identifier_of<Table>, {}};
};

/// Gives a table another name: `rename_table<"invoice", "bill">`. Foreign keys to it follow. In place it breaks every
/// release that names the table. Raises MG_TARGET, MG_EXISTS (a table or index has the new name) and MG_DEPENDENT (a view or
/// function mentions the table, or raw SQL of it names it before a column).
template <fixed_string Table, fixed_string NewName>
struct rename_table {
  static constexpr model::change value{
      &model::kind_of<model::changes::rename_table>, identifier_of<Table>, {}, nullptr, nullptr, identifier_of<NewName>};
};

}  // namespace dovetail
