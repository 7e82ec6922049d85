// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

/// Drops a table and all its rows: `drop_table<"invoice">`. As a step's change it destroys data, and is written inside
/// lossy<> (MG_LOSSY). Raises MG_TARGET (no such table) and MG_DEPENDENT (a foreign key of another table needs it, or the
/// query of a view or function mentions it).
template <fixed_string Table>
struct drop_table {
  static constexpr model::change value{model::change_kind::drop_table, identifier_of<Table>, {}};
};

template <>
struct model::effect<model::change_kind::drop_table> {
  static constexpr text_view name = "drop_table";
  static constexpr bool destroys = true;

  static constexpr void apply(draft& d, const change& c) {
    if (d.find_table(c.table) == nullptr) {
      d.report(code::MG_TARGET, c.table, {}, d.missing_table(c.table));
      return;
    }
    bool needed = false;
    d.each_table(0, [&](const model::table& t) {
      if (t.name == c.table) return;
      if (t.kind != source_kind::table && mentions(t.query, c.table)) {
        needed = true;
        d.report(code::MG_DEPENDENT, c.table, {}, t.name, word(t.kind));
      }
      for (const part* p : t.parts)
        if (const foreign_key* f = as_foreign_key(p); f != nullptr && f->target == c.table) {
          needed = true;
          d.report(code::MG_DEPENDENT, c.table, {}, f->name, "foreign key");
        }
    });
    if (!needed) d.drop(c.table);
  }
  static constexpr change inverse(const change& c, const model::table* before) {
    return {change_kind::create_table, c.table, {}, nullptr, before};
  }
};

}  // namespace dovetail
