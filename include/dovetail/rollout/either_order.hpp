// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/rollout/fold.hpp>

namespace dovetail {

namespace rollouts {

/// A migration between two releases, of which neither side waits for the other: all four pairs have to work. Where one
/// does not, the finding says which order is left, or that there is none.
constexpr void check_either_order(const model::event& migration, const model::release& older, const model::release& newer,
                                  list<finding>& out) {
  const model::schema& before = *migration.version;
  const model::schema& after = *migration.result;
  const auto check = [&](const model::release& r, const model::schema& on, const model::schema* other, bool migrated,
                         list<finding>& found) {
    finding facts = compat::facts_of(r, before.version);
    if (migrated) facts.migration = migration.migration;
    for (const model::unit* u : r.units) {
      compat::check(*u, on, facts, found);
      if (other == nullptr) continue;
      compat::check_tightened(*u, on, *other, facts, found);
      compat::check_shortened(*u, on, *other, facts, found);
    }
  };
  // What a release was made for; where that fails, there is nothing to be said of an order.
  check(older, before, nullptr, false, out);
  check(newer, after, nullptr, true, out);
  if (!out.empty()) return;

  list<finding> too_early;
  check(newer, before, &after, false, too_early);
  list<finding> too_late;
  check(older, after, &before, true, too_late);
  const bool neither = !too_early.empty() && !too_late.empty();
  for (finding& f : too_early) {
    blame_order(f, neither ? code::RO_SPLIT : code::RO_MIGRATE_FIRST);
    f.other = migration.migration;
    out.push_back(f);
  }
  for (finding& f : too_late) {
    blame_order(f, neither ? code::RO_SPLIT : code::RO_STOP_FIRST);
    f.other = migration.migration;
    out.push_back(f);
  }
}

}  // namespace rollouts

namespace detail {

template <class Migration, class Older, class Newer>
struct four_pairs {
  static constexpr void into(list<finding>& out) {
    rollouts::check_either_order(migrate<Migration>::value, Older::value, Newer::value, out);
  }
  static constexpr array_view<finding> findings = static_findings<four_pairs>::value;
};

}  // namespace detail

/// The findings of a migration that is deployed apart from the change of one release to the next, in either order;
/// `either_order` raises them. A release that breaks where it should not raises its own findings; where the newer one needs
/// the migration, RO_MIGRATE_FIRST; where the older one cannot live with it, RO_STOP_FIRST; where both are so, RO_SPLIT.
template <class Migration, class Older, class Newer>
struct order_freedom : detail::joined_findings<detail::soundness<typename Migration::from>, detail::migration_done<Migration>,
                                               detail::four_pairs<Migration, Older, Newer>> {};

}  // namespace dovetail
