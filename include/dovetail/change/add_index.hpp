// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

/// Adds an index to a table: `add_index<"purchase", index<"purchase_customer_idx", "customer_id">>`. Raises MG_TARGET
/// (no such table), MG_EXISTS (an index or table of this name exists, or a constraint of this table), and what a
/// declaration raises.
template <fixed_string Table, class Index>
struct add_index {
  static constexpr model::change value{model::change_kind::add_index, identifier_of<Table>, Index::value.name,
                                       &Index::value};
};

template <>
struct model::effect<model::change_kind::add_index> {
  static constexpr text_view name = "add_index";
  static constexpr bool destroys = false;

  static constexpr void apply(draft& d, const change& c) {
    if (d.find_table(c.table) == nullptr) {
      d.report(code::MG_TARGET, c.table, {}, d.missing_table(c.table));
      return;
    }
    if (!check_shared_names(d, c.table, *c.declared)) return;
    d.add(c.table, c.declared);
    validate(*c.declared, *d.find(c.table), [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
  }
  static constexpr change inverse(const change& c, const model::table*) {
    return {change_kind::drop_index, c.table, c.object};
  }
};

}  // namespace dovetail
