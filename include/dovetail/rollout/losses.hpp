// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/rollout/fold.hpp>

namespace dovetail {

namespace rollouts {

/// The steps that destroy data when they are run: DT_DROPPED, with the reason that lossy<> gives.
constexpr void report_dropped(text_view migration, text_view version, array_view<const model::step*> steps,
                              const detail::step_effect* effects, list<finding>& out) {
  for (std::size_t i = 0; i != steps.size(); ++i) {
    const model::change& c = steps[i]->forward;
    if (!effects[i].destroys) continue;
    finding f;
    f.what = code::DT_DROPPED;
    f.migration = migration;
    f.version = version;
    f.step = static_cast<int>(i) + 1;
    f.table = c.table;
    f.object = c.object;
    f.detail = steps[i]->reason;
    out.push_back(f);
  }
}

/// The columns and tables that rolling migration `e` back would drop, and that this release writes: DT_LOST.
constexpr void report_lost(const model::event& e, int event, const model::release& r, list<finding>& out) {
  for (std::size_t i = 0; i != e.steps.size(); ++i) {
    const model::change& c = e.steps[i]->inverse;
    if (!e.effects[i].inverse_destroys) continue;
    for (const model::unit* u : r.units) {
      if (!u->writes() || !(u->table == c.table)) continue;
      std::size_t field = u->columns.size();
      for (std::size_t k = 0; k != u->columns.size(); ++k)
        if (u->columns[k] == c.object) field = k;
      if (!c.object.empty() && field == u->columns.size()) continue;
      finding f = compat::facts_of(r, e.version->version);
      f.what = code::DT_LOST;
      f.subject = subject_kind::writer;
      f.row = u->fields->name;
      if (!c.object.empty()) {
        f.field = u->fields->fields[field].name;
        f.type = u->fields->fields[field].type;
      }
      f.migration = e.migration;
      f.step = static_cast<int>(i) + 1;
      f.inverse = true;
      f.event = event;
      f.table = c.table;
      f.object = c.object;
      out.push_back(f);
    }
  }
}

}  // namespace rollouts

namespace detail {

template <class Migration>
struct migration_losses {
  static constexpr void into(list<finding>& out) {
    rollouts::report_dropped(type_name<Migration>, Migration::from::value.version, Migration::steps,
                             migration_done<Migration>::effects, out);
  }
  static constexpr array_view<finding> findings = static_findings<migration_losses>::value;
};

/// What event `I` destroys, and what undoing it would destroy of what the releases live from then on have written.
template <class Rollout, std::size_t I>
struct event_losses {
  static constexpr void into(list<finding>& out) {
    const model::event& e = *Rollout::events[I];
    if (e.kind != model::event_kind::migrate) return;
    rollouts::report_dropped(e.migration, e.version->version, e.steps, e.effects, out);
    const auto& live = rollout_node<Rollout, I>::live;
    for (std::size_t i = 0; i != rollout_node<Rollout, I>::live_count; ++i)
      rollouts::report_lost(e, static_cast<int>(I) + 1, *live.array[i], out);
    for (std::size_t later = I + 1; later < Rollout::event_count; ++later)
      if (Rollout::events[later]->kind == model::event_kind::start)
        rollouts::report_lost(e, static_cast<int>(I) + 1, *Rollout::events[later]->releases[0], out);
  }
  static constexpr array_view<finding> findings = static_findings<event_losses>::value;
};

template <class Rollout, class Indices>
struct rollout_losses;
template <class Rollout, std::size_t... I>
struct rollout_losses<Rollout, std::index_sequence<I...>> : joined_findings<event_losses<Rollout, I>...> {
  static_assert(rollout_done<Rollout, std::index_sequence<I...>>::live_counts[sizeof...(I)] == 0);
};

template <class Subject>
struct losses_of : migration_losses<Subject> {};
template <class Subject>
  requires requires { typename Subject::listed; }
struct losses_of<Subject> : rollout_losses<Subject, std::make_index_sequence<Subject::event_count>> {};

/// Of a version: what all migrations that lead to it destroy, from the first on.
template <class T>
concept is_version = declares<T, model::schema>;
template <is_version Version>
struct losses_of<Version> {
  static constexpr array_view<finding> findings{};
};
template <is_version Version>
  requires requires { typename Version::made_by; }
struct losses_of<Version>
    : joined_findings<losses_of<typename Version::made_by::from>, migration_losses<typename Version::made_by>> {};

}  // namespace detail

/// What is lost, of a migration, of the history that leads to a version, or of a rollout, as findings that fail no check:
/// what lossy steps destroy (DT_DROPPED, with their reasons), and, of a rollout, what rolling a migration back would
/// destroy of that which its releases have written since (DT_LOST).
template <class Subject>
inline constexpr array_view<finding> losses = detail::losses_of<Subject>::findings;

/// The steps of a migration, history or rollout that destroy data, as findings that `lossless` raises (DT_FORBIDDEN).
template <class Subject>
struct losslessness {
  static constexpr void into(list<finding>& out) {
    for (const finding& each : losses<Subject>) {
      if (each.what != code::DT_DROPPED) continue;
      out.push_back(each);
      out.back().what = code::DT_FORBIDDEN;
    }
  }
  static constexpr array_view<finding> findings = detail::static_findings<losslessness>::value;
};

}  // namespace dovetail
