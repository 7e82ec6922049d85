// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

/// Drops an index: `drop_index<"purchase", "purchase_customer_idx">`. The stored rows stay, so that this is not lossy.
/// Raises MG_TARGET (no such table, or it has no such index).
template <fixed_string Table, fixed_string Index>
struct drop_index {
  static constexpr model::change value{model::change_kind::drop_index, identifier_of<Table>, identifier_of<Index>};
};

template <>
struct model::effect<model::change_kind::drop_index> {
  static constexpr text_view name = "drop_index";
  static constexpr bool destroys = false;

  static constexpr void apply(draft& d, const change& c) {
    const model::table* t = d.find(c.table);
    const part* dropped = t == nullptr ? nullptr : t->find(part_kind::index, c.object);
    if (dropped == nullptr)
      d.report(code::MG_TARGET, c.table, c.object, t == nullptr ? text_view("table") : text_view("index"));
    else
      d.remove(c.table, dropped);
  }
  static constexpr change inverse(const change& c, const model::table* before) {
    return {change_kind::add_index, c.table, c.object,
            before == nullptr ? nullptr : before->find(part_kind::index, c.object)};
  }
};

}  // namespace dovetail
