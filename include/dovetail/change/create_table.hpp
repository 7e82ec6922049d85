// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

/// Creates a table: `create_table<invoice>`. Raises MG_EXISTS (there is a table or an index of this name, or of one of
/// its indexes' names), MG_TARGET (it is a view or function, which no migration creates yet), and what a declaration
/// raises.
template <class Table>
struct create_table {
  static constexpr model::change value{model::change_kind::create_table, Table::value.name, {}, nullptr, &Table::value};
};

template <>
struct model::effect<model::change_kind::create_table> {
  static constexpr text_view name = "create_table";
  static constexpr bool destroys = false;

  static constexpr void apply(draft& d, const change& c) {
    if (c.created->kind != source_kind::table) {
      d.report(code::MG_TARGET, c.table, {}, draft::no_table);
      return;
    }
    if (d.find(c.table) != nullptr) {
      d.report(code::MG_EXISTS, c.table, {}, "table");
      return;
    }
    bool free = true;
    d.each_table(model::table::bit_of(c.table), [&](const model::table& t) {
      for (const part* p : t.parts)
        if (is_index(p) && p->name == c.table) {
          d.report(code::MG_EXISTS, c.table, {}, t.name, word(p->kind));
          free = false;
        }
    });
    for (const part* p : c.created->parts) free = check_shared_names(d, c.table, *p) && free;
    if (!free) return;
    d.create(*c.created);
    validate(*c.created, [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
  }
  static constexpr change inverse(const change& c, const model::table*) { return {change_kind::drop_table, c.table, {}}; }
};

}  // namespace dovetail
