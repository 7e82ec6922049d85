// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

struct add_column {
  static constexpr text_view name = "add_column";

  static constexpr void apply(auto& d, const change& c) {
    const auto& added = static_cast<const column&>(*c.declared);
    const table* t = target_table(d, c);
    if (t == nullptr) return;
    if (t->find_column(added.name) != nullptr) {
      d.report(code::MG_EXISTS, c.table, added.name, "column");
      return;
    }
    if (!added.optional()) d.report(code::MG_REQUIRED, c.table, added.name);
    if (!check_shared_names(d, c.table, added)) return;
    d.add(c.table, &added);
    validate_in(d, c.table, added);
  }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_column {
  static constexpr text_view name = "drop_column";

  static constexpr void apply(auto& d, const change& c) {
    const column* dropped = target_column(d, c);
    if (dropped == nullptr || !is_free(d, c.table, *dropped)) return;
    d.remove(c.table, dropped);
    if (!dropped->is_generated()) d.destroy();
  }
  /// Nobody needs the column; reported otherwise (MG_DEPENDENT, SC_EMPTY).
  static constexpr bool is_free(auto& d, const identifier& table, const column& dropped) {
    bool needed = false;
    bool alone = true;
    for (const part* p : d.find(table)->parts) alone = alone && (p->kind != part_kind::column || p == &dropped);
    each_user(*d.find(table), [&](const part* p) {
      if (p == &dropped || !depends(*p, dropped.name)) return;
      needed = true;
      d.report(code::MG_DEPENDENT, table, dropped.name, name_of(*p), word(p->kind));
    });
    if (alone) {
      d.report(code::SC_EMPTY, table, dropped.name);
      return false;
    }
    return !views_need(d, table, dropped.name) && !needed;
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<add_column>, c.table, c.object, t == nullptr ? nullptr : t->find_column(c.object)};
  }
};
constexpr change add_column::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_column>, c.table, c.object};
}

struct rename_column {
  static constexpr text_view name = "rename_column";

  static constexpr void apply(auto& d, const change& c) {
    const column* old = target_column(d, c);
    if (old == nullptr) return;
    const table* t = d.find(c.table);
    if (t->find_column(c.renamed) != nullptr) {
      d.report(code::MG_EXISTS, c.table, c.renamed, "column");
      return;
    }
    if (views_need(d, c.table, c.object)) return;

    struct follower {
      identifier table;
      const part* before = nullptr;
      const part* after = nullptr;
    };
    list<follower> followers;
    renaming names(d, c.object, c.renamed);
    each_user(*t, [&](const part* p) {
      if (p == old) return;
      if (const part* after = names.of_column(*p, c.table); after != p) followers.push_back({c.table, p, after});
    });
    const std::size_t own = followers.size();
    each_reference(d, c.table, [&](const table& from, const foreign_key& f) {
      // A foreign key to its own table may have been changed before.
      const part* now = &f;
      std::size_t known = own;
      for (std::size_t i = 0; i != own; ++i)
        if (followers[i].before == &f) now = followers[known = i].after;
      const part* after = names.of_target_column(static_cast<const foreign_key&>(*now));
      if (after == now) return;
      if (known != own)
        followers[known].after = after;
      else
        followers.push_back({from.name, &f, after});
    });
    if (!d.findings.empty()) return;

    any_part& made = d.derive(*old).made;
    made.get().name = c.renamed;
    d.alter(c.table, old, &made.get());
    for (const follower& f : followers) d.follow(f.table, f.before, f.after);
    validate_in(d, c.table, made.get());
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_column>, c.table, c.renamed, nullptr, nullptr, c.object};
  }
};

}  // namespace model::changes

namespace detail {
// The conditions on a change's parameters are classes of their own, as those on a type's (vocabulary/sql_type.hpp).
template <bool Right>
struct column_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] add_column takes a column<\"name\", type, options...>");
};
}  // namespace detail

/// Adds a column at the end of a table: `add_column<"customer", column<"nickname", text, null>>`. Existing rows get its
/// default, or NULL. Raises MG_TARGET (no such table), MG_EXISTS (the column exists), MG_REQUIRED (neither null nor a
/// default: the rows that exist would have no value), and what a declaration raises.
template <fixed_string Table, class Column>
struct add_column {
  static_assert(sizeof(Column) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::column_parameter<detail::declares<Column, model::column>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Column>
  requires detail::declares<Column, model::column>
struct add_column<Table, Column> {
  static constexpr model::change value{&model::kind_of<model::changes::add_column>, identifier_of<Table>,
                                       Column::value.name, &Column::value};
};

/// Drops a column and what it stores: `drop_column<"customer", "nickname">`. As a step's change it destroys data, and is
/// written inside lossy<> (MG_LOSSY), unless the column is generated. Raises MG_TARGET (no such table or column), SC_EMPTY
/// (the table has no other) and MG_DEPENDENT (a key, foreign key, index, check or generated column of the table needs the
/// column, or a view or function does; raw SQL needs what it mentions).
template <fixed_string Table, fixed_string Column>
struct drop_column {
  static constexpr model::change value{&model::kind_of<model::changes::drop_column>, identifier_of<Table>,
                                       identifier_of<Column>};
};

/// Gives a column another name: `rename_column<"customer", "name", "full_name">`. Keys, foreign keys, indexes, checks and
/// generated columns that name it follow. In place it breaks every release that names the column. Raises MG_TARGET, MG_EXISTS (the table has a
/// column of the new name) and MG_DEPENDENT (a view or function mentions the column, or raw SQL of the table does
/// in a way that may mean something else).
template <fixed_string Table, fixed_string Column, fixed_string NewName>
struct rename_column {
  static constexpr model::change value{&model::kind_of<model::changes::rename_column>,
                                       identifier_of<Table>,
                                       identifier_of<Column>,
                                       nullptr,
                                       nullptr,
                                       identifier_of<NewName>};
};

}  // namespace dovetail
