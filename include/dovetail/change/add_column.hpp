// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

/// Adds a column at the end of a table: `add_column<"customer", column<"nickname", text, null>>`.
/// Existing rows get its default, or NULL. Raises MG_TARGET (no such table), MG_EXISTS (the column exists), MG_REQUIRED
/// (neither null nor a default: the rows that exist would have no value), and what a declaration raises.
template <fixed_string Table, class Column>
struct add_column {
  static constexpr model::change value{model::change_kind::add_column, identifier_of<Table>, Column::value.name,
                                       &Column::value};
};

template <>
struct model::effect<model::change_kind::add_column> {
  static constexpr text_view name = "add_column";
  static constexpr bool destroys = false;

  static constexpr void apply(draft& d, const change& c) {
    const auto& added = static_cast<const column&>(*c.declared);
    const model::table* t = d.find_table(c.table);
    if (t == nullptr) {
      d.report(code::MG_TARGET, c.table, {}, d.missing_table(c.table));
      return;
    }
    if (t->find_column(added.name) != nullptr) {
      d.report(code::MG_EXISTS, c.table, added.name, "column");
      return;
    }
    if (!added.optional()) d.report(code::MG_REQUIRED, c.table, added.name);
    if (!check_shared_names(d, c.table, added)) return;
    d.add(c.table, &added);
    validate(added, *d.find(c.table), [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
  }
  static constexpr change inverse(const change& c, const model::table*) {
    return {change_kind::drop_column, c.table, c.object};
  }
};

}  // namespace dovetail
