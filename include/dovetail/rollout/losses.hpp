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
      // Rows that the step inserted are deleted; one that a release inserts is another.
      if (c.object.empty() && c.data != nullptr && u->kind == model::unit_kind::inserts) continue;
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

/// What this release may have written that the version before migration `e` cannot store, so that its inverse would stop
/// there: DT_BLOCKED. Columns are compared under their names, and values where an inverse does not convert them.
constexpr void report_blocked(const model::event& e, int event, const model::release& r, list<finding>& out) {
  for (const model::unit* u : r.units) {
    const model::table* now = e.result->find_rows(u->table);
    const model::table* was = e.version->find_rows(u->table);
    if (!u->writes() || u->kind == model::unit_kind::deletes || now == nullptr || was == nullptr || now == was) continue;
    const auto report = [&](const model::column& c, text_view value) -> finding& {
      finding f = compat::facts_of(r, e.version->version);
      f.what = code::DT_BLOCKED;
      f.subject = subject_kind::writer;
      f.row = u->fields->name;
      f.migration = e.migration;
      f.inverse = true;
      f.event = event;
      f.table = u->table;
      f.object = c.name;
      f.column_type = &c.type;
      f.other = value;
      out.push_back(f);
      return out.back();
    };
    for (const model::part* p : now->parts) {
      const model::column* c = model::as_column(p);
      const model::column* old = c == nullptr ? nullptr : was->find_column(c->name);
      if (old == nullptr || (old == c && !was->has_rules)) continue;
      std::size_t field = u->columns.size();
      for (std::size_t i = 0; i != u->columns.size(); ++i)
        if (u->columns[i] == c->name) field = i;
      const bool stores = field != u->columns.size() && !(u->kind == model::unit_kind::updates && u->is_key(c->name));
      const bool omits = field == u->columns.size() && u->kind != model::unit_kind::updates;
      const bool null = stores ? u->out(field).null
                               : omits && c->value.kind == model::default_kind::none && now->find_sync_of(c->name) == nullptr;
      const auto tell = [&](text_view value) {
        finding& f = report(*old, value);
        if (!stores) return;
        f.field = u->fields->fields[field].spelled();
        f.type = u->fields->fields[field].type;
      };
      if (null && c->nullable && !old->nullable) tell("NULL");
      constexpr text_view numbers = "numbers outside of its range";
      // Those that the server gives.
      if (omits && c->identity != model::identity_kind::none && !includes(domain_of(old->type), domain_of(c->type)))
        tell(numbers);
      if (!stores) continue;
      domain all = now->domain_of(*c);
      all.null = false;
      const inclusion held = includes(was->domain_of(*old), compat::stored_by(*u, field, all));
      switch (held.fails) {
        case respect::range: tell(numbers); break;
        case respect::length: tell("longer text"); break;
        case respect::label: tell(held.label.empty() ? text_view("labels that it does not know") : held.label); break;
        case respect::none:
        case respect::null:
        case respect::digits:
        case respect::pattern:
        case respect::kind: break;
      }
    }
  }
}

/// What the release that starts at event `at` puts into documents, and an earlier one drops that comes back: DT_LOST.
constexpr void report_overwritten(array_view<const model::event*> events, std::size_t at, const model::schema& s,
                                  list<finding>& out) {
  const model::release& started = *events[at]->releases[0];
  if (!compat::writes_documents(started)) return;
  finding facts;
  facts.version = s.version;
  facts.inverse = true;
  facts.event = static_cast<int>(at) + 1;
  for (const model::release* r : releases_until(events, at))
    if (r != &started) compat::report_overwritten(*r, started, s, facts, out);
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
    if (e.kind == model::event_kind::start)
      rollouts::report_overwritten(Rollout::events, I, *rollout_node<Rollout, I>::schema, out);
    if (e.kind != model::event_kind::migrate) return;
    rollouts::report_dropped(e.migration, e.version->version, e.steps, e.effects, out);
    const auto report = [&](const model::release& r) {
      rollouts::report_lost(e, static_cast<int>(I) + 1, r, out);
      rollouts::report_blocked(e, static_cast<int>(I) + 1, r, out);
    };
    const auto& live = rollout_node<Rollout, I>::live;
    for (std::size_t i = 0; i != rollout_node<Rollout, I>::live_count; ++i) report(*live.array[i]);
    for (std::size_t later = I + 1; later < Rollout::event_count; ++later)
      if (Rollout::events[later]->kind == model::event_kind::start) report(*Rollout::events[later]->releases[0]);
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
/// destroy of that which its releases have written since (DT_LOST), and what of it would stop the rollback (DT_BLOCKED).
template <class Subject>
inline constexpr array_view<finding> losses = detail::losses_of<Subject>::findings;

/// What is left of the stored values when a step is done and undone again.
enum class reversal : unsigned char {
  exact,      ///< all that was there before
  restoring,  ///< what was dropped is computed again, of columns that say the same (drop_sync)
  lossy,      ///< what `losses` lists is gone
  unknown,    ///< what run_sql does; and of a backfill, which rows were NULL
};

namespace detail {
template <class Migration>
struct reversals_of {
  struct storage {
    reversal array[Migration::step_count + 1]{};
  };
  static constexpr storage all = [] {
    storage s;
    for (std::size_t i = 0; i != Migration::step_count; ++i) {
      const step_effect& e = migration_done<Migration>::effects[i];
      const model::data_change* rows = Migration::steps[i]->forward.data;
      const bool unknown = rows != nullptr && (rows->sql != nullptr || !rows->assignments.empty());
      s.array[i] = e.destroys   ? reversal::lossy
                   : e.rebuilds ? reversal::restoring
                   : unknown    ? reversal::unknown
                                : reversal::exact;
    }
    return s;
  }();
};
}  // namespace detail

/// Of each step of a migration, in their order, what undoing it leaves of the stored values.
template <class Migration>
inline constexpr array_view<reversal> reversals{detail::reversals_of<Migration>::all.array, Migration::step_count};

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
