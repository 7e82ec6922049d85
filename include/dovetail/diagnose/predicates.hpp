// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/unproven.hpp>
#include <dovetail/change/version.hpp>
#include <dovetail/compat/check.hpp>
#include <dovetail/compat/history.hpp>
#include <dovetail/diagnose/judge.hpp>
#include <dovetail/rollout/either_order.hpp>
#include <dovetail/rollout/fold.hpp>
#include <dovetail/rollout/losses.hpp>

namespace dovetail {

/// The findings of a version's declaration.
template <class Version>
struct validity : detail::soundness<Version> {};

/// The findings of a migration: that it can be done, and each inverse restores what its step changed.
template <class Migration>
struct reversibility {
  static constexpr array_view<finding> findings = detail::migration_done<Migration>::findings;
};
/// Of a rollout: what its releases have written neither stands in the way of a rollback nor is lost by it.
template <class Rollout>
  requires requires { typename Rollout::listed; }
struct reversibility<Rollout> {
  static constexpr void into(list<finding>& out) {
    for (const finding& each : losses<Rollout>)
      if (each.inverse && Rollout::events[static_cast<std::size_t>(each.event - 1)]->forward_only.empty()) out.push_back(each);
  }
  static constexpr array_view<finding> findings = detail::static_findings<reversibility>::value;
};

/// The differences of two versions, but for the order of columns and tables.
template <class A, class B>
struct sameness {
  static constexpr void into(list<finding>& out) {
    finding proto;
    proto.what = code::SC_DIFFERS;
    proto.version = B::value.version;
    compare(A::value, B::value, proto, out);
  }
  static constexpr array_view<finding> findings = detail::static_findings<sameness>::value;
};

/// The findings of a check, as constexpr values: `findings<compatibility<app_7, v1, v2>>`.
template <class Check>
inline constexpr array_view<finding> findings = Check::findings;

// The predicates. In a static_assert each one raises its findings, all of them, as compile errors.

/// The declaration of a version is sound.
template <class Version>
inline constexpr bool valid = diagnose::judge<validity<Version>>::value;

/// Two versions say the same: pins the head of a history to a full declaration, `static_assert(same<v7, shop>)`.
template <class A, class B>
inline constexpr bool same = diagnose::judge<sameness<A, B>>::value;

/// Each step of a migration can be done, and its inverse restores what it changed. Of a rollout: at any time after a
/// migration, rolling it back stores and keeps all that releases have written until then (DT_BLOCKED, DT_LOST), unless it
/// is declared forward_only.
template <class Subject>
inline constexpr bool reversible = diagnose::judge<reversibility<Subject>>::value;

/// Every reader and writer of a release works with each of the versions.
template <class Release, class... Versions>
inline constexpr bool compatible = diagnose::judge<compatibility<Release, Versions...>>::value;

/// Every reader and writer of a release works with a version, with the one before it, and with the one after it, in the
/// history that ends in `Head`.
template <class Release, class Head, class Version>
inline constexpr bool adjacent = diagnose::judge<adjacency<Release, Head, Version>>::value;

/// A migration and the change from one release to the next may be deployed in either order.
template <class Migration, class Older, class Newer>
inline constexpr bool either_order = diagnose::judge<order_freedom<Migration, Older, Newer>>::value;

/// A migration, the history that leads to a version, or a rollout has no step that destroys data, whatever its reason: for
/// teams in which nobody may declare one `lossy`.
template <class Subject>
inline constexpr bool lossless = diagnose::judge<losslessness<Subject>>::value;

/// A rollout breaks no live release at any time, and no release drops what another has written into documents.
template <class Rollout>
inline constexpr bool safe = diagnose::judge<safety<Rollout>>::value;

}  // namespace dovetail
