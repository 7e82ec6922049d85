// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>
#include <dovetail/model/literal.hpp>

namespace dovetail {

/// Drops a column and what it stores: `drop_column<"customer", "nickname">`. As a step's change it destroys data, and is
/// written inside lossy<> (MG_LOSSY). Raises MG_TARGET (no such table or column), SC_EMPTY (the table has no other)
/// and MG_DEPENDENT (a key, foreign key, index or check of the table needs the column, or a view or function does; raw
/// SQL needs what it mentions).
template <fixed_string Table, fixed_string Column>
struct drop_column {
  static constexpr model::change value{model::change_kind::drop_column, identifier_of<Table>, identifier_of<Column>};
};

template <>
struct model::effect<model::change_kind::drop_column> {
  static constexpr text_view name = "drop_column";
  static constexpr bool destroys = true;

  static constexpr void apply(draft& d, const change& c) {
    const model::table* t = d.find_table(c.table);
    const column* dropped = t == nullptr ? nullptr : t->find_column(c.object);
    if (dropped == nullptr) {
      d.report(code::MG_TARGET, c.table, c.object, t == nullptr ? d.missing_table(c.table) : text_view("column"));
      return;
    }
    bool needed = false;
    bool alone = true;
    for (const part* p : t->parts) {
      if (p->kind == part_kind::column) {
        alone = alone && p == dropped;
      } else if (depends(*p, c.object)) {
        needed = true;
        d.report(code::MG_DEPENDENT, c.table, c.object, p->kind == part_kind::primary_key ? word(p->kind) : p->name.text(),
                 word(p->kind));
      }
    }
    if (alone) {
      d.report(code::SC_EMPTY, c.table, c.object);
      return;
    }
    d.each_table(model::table::bit_of(c.table), [&](const model::table& v) {
      if (v.kind == source_kind::table || !mentions(v.query, c.table) || !mentions(v.query, c.object)) return;
      needed = true;
      d.report(code::MG_DEPENDENT, c.table, c.object, v.name, word(v.kind));
    });
    if (!needed) d.remove(c.table, dropped);
  }
  static constexpr change inverse(const change& c, const model::table* before) {
    return {change_kind::add_column, c.table, c.object, before == nullptr ? nullptr : before->find_column(c.object)};
  }

 private:
  static constexpr bool depends(const part& p, const identifier& column) {
    for (const identifier& name : columns_of(&p))
      if (name == column) return true;
    const model::check* check = as_check(&p);
    return check != nullptr && mentions(check->expression, column);
  }
};

}  // namespace dovetail
