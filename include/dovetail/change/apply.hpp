// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/add_column.hpp>
#include <dovetail/change/add_index.hpp>
#include <dovetail/change/change.hpp>
#include <dovetail/change/create_table.hpp>
#include <dovetail/change/drop_column.hpp>
#include <dovetail/change/drop_index.hpp>
#include <dovetail/change/drop_table.hpp>

namespace dovetail::model {

/// Calls `visit(effect<kind>{})`: the one place that lists every change.
template <class Visit>
constexpr decltype(auto) visit(change_kind kind, Visit visit) {
  switch (kind) {
    case change_kind::add_column: return visit(effect<change_kind::add_column>{});
    case change_kind::drop_column: return visit(effect<change_kind::drop_column>{});
    case change_kind::create_table: return visit(effect<change_kind::create_table>{});
    case change_kind::drop_table: return visit(effect<change_kind::drop_table>{});
    case change_kind::add_index: return visit(effect<change_kind::add_index>{});
    case change_kind::drop_index: break;
  }
  return visit(effect<change_kind::drop_index>{});
}

constexpr text_view name_of(change_kind kind) {
  return visit(kind, [](auto e) { return e.name; });
}
/// Stored values are gone after such a change.
constexpr bool destroys(change_kind kind) {
  return visit(kind, [](auto e) { return e.destroys; });
}
constexpr void apply(draft& d, const change& c) {
  visit(c.kind, [&](auto e) { e.apply(d, c); });
}
/// The change that restores the schema after `c`, which is applied to `before`.
constexpr change natural_inverse(const change& c, const schema& before) {
  return visit(c.kind, [&](auto e) { return e.inverse(c, before.find(c.table)); });
}

}  // namespace dovetail::model
