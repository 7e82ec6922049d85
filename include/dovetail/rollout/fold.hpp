// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/compat/check.hpp>
#include <dovetail/compat/documents.hpp>
#include <dovetail/rollout/event.hpp>

namespace dovetail {

namespace rollouts {

/// What is true between two events: the schema S and the live releases L. The abstract set D of stored values takes its
/// place here as a third member, when readers may rely on less than the schema allows.
struct state {
  const model::schema* schema = nullptr;
  text_view migration;  ///< the last one, if it led to a version that has no name of its own
  list<const model::release*> live;
};

constexpr bool contains(const list<const model::release*>& all, const model::release* wanted) {
  for (const model::release* each : all)
    if (each == wanted) return true;
  return false;
}

/// Two schema values are one version if they have the same tables: mostly the very same ones, since a migration makes
/// them once and the version that `after` names shares them.
constexpr bool same_version(const model::schema& a, const model::schema& b) {
  if (a.tables.data() == b.tables.data() && a.tables.size() == b.tables.size()) return true;
  list<finding> differences;
  compare(a, b, finding(), differences);
  return differences.empty();
}

/// Moves the state over one event; what is wrong is not said here.
constexpr void advance(state& s, const model::event& e) {
  switch (e.kind) {
    case model::event_kind::live:
    case model::event_kind::start:
      if (e.version != nullptr) s.schema = e.version;
      for (const model::release* r : e.releases)
        if (!contains(s.live, r)) s.live.push_back(r);
      break;
    case model::event_kind::migrate:
      s.schema = e.result;
      s.migration = e.migration;
      break;
    case model::event_kind::stop:
      for (std::size_t i = 0; i < s.live.size(); ++i)
        if (s.live[i] == e.releases[0]) s.live.erase(i--);
      break;
  }
}

constexpr void check_release(const model::release& r, const model::schema& s, const finding& facts,
                             list<finding>& out) {
  finding proto = facts;
  proto.release = r.name;
  for (const model::unit* u : r.units) compat::check(*u, s, proto, out);
}
constexpr bool works(const model::release& r, const model::schema& s) {
  list<finding> out;
  check_release(r, s, {}, out);
  return out.empty();
}

/// Makes the finding of a release one of the order, which keeps its facts.
constexpr void blame_order(finding& f, code what) {
  f.has_cause = true;
  f.cause = f.what;
  f.what = what;
}

/// Each release that is live before event `end`, or was: a plain list, since few rollouts ask.
constexpr list<const model::release*> releases_until(array_view<const model::event*> events, std::size_t end) {
  list<const model::release*> all;
  for (std::size_t i = 0; i != end; ++i)
    if (events[i]->kind == model::event_kind::live || events[i]->kind == model::event_kind::start)
      for (const model::release* r : events[i]->releases)
        if (!contains(all, r)) all.push_back(r);
  return all;
}
/// What the releases that begin with event `at` drop of documents that others have written, and the live ones of theirs.
constexpr void check_documents(array_view<const model::event*> events, std::size_t at, const state& s, const finding& facts,
                               list<finding>& out) {
  for (const model::release* begun : events[at]->releases) {
    if (!compat::writes_documents(*begun)) continue;
    for (const model::release* other : releases_until(events, at + 1)) {
      compat::report_overwritten(*begun, *other, *s.schema, facts, out);
      // Two that begin together are each the other's other.
      bool together = false;
      for (const model::release* each : events[at]->releases) together = together || each == other;
      if (!together && contains(s.live, other)) compat::report_overwritten(*other, *begun, *s.schema, facts, out);
    }
  }
}

/// The findings of event `at`, which begins in state `s`. A release that fails where a move of one event would mend it
/// is a finding of the order, and says which move.
constexpr void check_event(array_view<const model::event*> events, std::size_t at, const state& s, list<finding>& out) {
  const model::event& e = *events[at];
  finding facts;
  facts.event = static_cast<int>(at) + 1;
  const auto report = [&](code what) -> finding& {
    facts.what = what;
    out.push_back(facts);
    return out.back();
  };
  if ((at == 0) != (e.kind == model::event_kind::live) || s.schema == nullptr) {
    if (at == 0 || e.kind == model::event_kind::live) report(code::RO_BEGIN);
    if (e.kind != model::event_kind::live) return;
  }
  facts.version = (e.kind == model::event_kind::live ? e.version : s.schema)->version;
  facts.migration = s.migration;
  // A version that a migration has made has its own name only in the migration that begins from it.
  for (std::size_t later = at; !facts.migration.empty() && later < events.size(); ++later)
    if (const model::event& next = *events[later]; next.kind == model::event_kind::migrate &&
                                                   next.version->tables.data() == s.schema->tables.data()) {
      facts.version = next.version->version;
      facts.migration = {};
    }

  switch (e.kind) {
    case model::event_kind::live:
      for (const model::release* r : e.releases) check_release(*r, *e.version, facts, out);
      break;

    case model::event_kind::start: {
      const model::release& r = *e.releases[0];
      facts.release = r.name;
      if (contains(s.live, &r)) report(code::RO_ALREADY_LIVE);
      const std::size_t before = out.size();
      check_release(r, *s.schema, facts, out);
      if (out.size() == before) break;
      for (std::size_t later = at + 1; later < events.size(); ++later) {
        if (events[later]->kind != model::event_kind::migrate || !works(r, *events[later]->result)) continue;
        // Each finding of the release becomes one of the order, with its facts.
        for (std::size_t i = before; i != out.size(); ++i) {
          blame_order(out[i], code::RO_MIGRATE_FIRST);
          out[i].other = events[later]->migration;
        }
        break;
      }
      break;
    }

    case model::event_kind::migrate:
      if (!same_version(*e.version, *s.schema)) {
        finding& f = report(code::RO_VERSION);
        f.other = e.migration;
        f.detail = e.version->version;
        break;
      }
      facts.version = e.version->version;
      facts.migration = e.migration;
      for (const model::release* r : s.live) {
        const std::size_t before = out.size();
        finding proto = facts;
        proto.release = r->name;
        for (const model::unit* u : r->units) {
          if (compat::sees_the_same(*u, *e.result, *s.schema)) continue;
          // What did not work before is not this migration's doing, and has been said.
          list<finding> already;
          compat::check(*u, *s.schema, proto, already);
          if (!already.empty()) continue;
          compat::check(*u, *e.result, proto, out);
          compat::check_tightened(*u, *e.result, *s.schema, proto, out);
          compat::check_shortened(*u, *e.result, *s.schema, proto, out);
        }
        bool stops = false;
        for (std::size_t later = at + 1; later < events.size(); ++later)
          stops = stops || (events[later]->kind == model::event_kind::stop && events[later]->releases[0] == r);
        for (std::size_t i = before; stops && i != out.size(); ++i) blame_order(out[i], code::RO_STOP_FIRST);
      }
      break;

    case model::event_kind::stop:
      if (!contains(s.live, e.releases[0])) {
        facts.release = e.releases[0]->name;
        report(code::RO_NOT_LIVE);
      }
      break;
  }
  if (e.kind == model::event_kind::live || e.kind == model::event_kind::start) {
    facts.release = {};
    check_documents(events, at, s, facts, out);
  }
}

}  // namespace rollouts

namespace detail {

/// The state before event `I`, made once from the one before; only the live releases take storage of their own.
template <class Rollout, std::size_t I>
struct rollout_node {
  static constexpr rollouts::state before() {
    rollouts::state s;
    if constexpr (I != 0) {
      using previous = rollout_node<Rollout, I - 1>;
      s.schema = previous::schema;
      s.migration = previous::migration;
      s.live.append({previous::live.array, previous::live_count});
    }
    return s;
  }
  static constexpr rollouts::state after() {
    rollouts::state s = before();
    rollouts::advance(s, *Rollout::events[I]);
    return s;
  }
  static constexpr const model::schema* schema = after().schema;
  static constexpr text_view migration = after().migration;
  static constexpr std::size_t live_count = after().live.size();
  struct releases {
    const model::release* array[at_least_one(live_count)]{};
  };
  static constexpr releases live = [] {
    releases result;
    const rollouts::state s = after();
    for (std::size_t i = 0; i != live_count; ++i) result.array[i] = s.live[i];
    return result;
  }();

  static constexpr void into(list<finding>& out) {
    const rollouts::state s = [] {
      if constexpr (I == 0)
        return after();
      else
        return before();
    }();
    rollouts::check_event(Rollout::events, I, s, out);
  }
  static constexpr array_view<finding> findings = static_findings<rollout_node>::value;
};

template <class Rollout, class Indices>
struct rollout_done;
template <class Rollout, std::size_t... I>
struct rollout_done<Rollout, std::index_sequence<I...>> {
  /// Makes the nodes in their order, so that no compiler's template depth limits the number of events.
  static constexpr std::size_t live_counts[sizeof...(I) + 1]{rollout_node<Rollout, I>::live_count..., 0};
};

template <class Event>
struct event_soundness {
  static constexpr array_view<finding> findings{};
};
template <class Event>
  requires requires { typename Event::version; }
struct event_soundness<Event> : soundness<typename Event::version> {};
template <class Event>
  requires requires { typename Event::migration; }
struct event_soundness<Event> {
  static constexpr array_view<finding> findings = migration_done<typename Event::migration>::findings;
};

template <class Rollout, class Indices, class... Events>
struct rollout_findings;
template <class Rollout, std::size_t... I, class... Events>
struct rollout_findings<Rollout, std::index_sequence<I...>, Events...>
    : joined_findings<event_soundness<Events>..., rollout_node<Rollout, I>...> {
  static_assert(rollout_done<Rollout, std::index_sequence<I...>>::live_counts[sizeof...(I)] == 0);
};

template <class Rollout, class Listed>
struct safety_of;
template <class Rollout, class... Events>
struct safety_of<Rollout, rollout<Events...>>
    : rollout_findings<Rollout, std::make_index_sequence<sizeof...(Events)>, Events...> {};

}  // namespace detail

/// The findings of a rollout, those of its versions and migrations included; `safe` raises them. Each live release works
/// with the schema after each event, and the events follow from each other (RO_BEGIN, RO_VERSION, RO_ALREADY_LIVE,
/// RO_NOT_LIVE); where moving an event would help, the finding says so (RO_MIGRATE_FIRST, RO_STOP_FIRST).
template <class Rollout>
struct safety : detail::safety_of<Rollout, typename Rollout::listed> {};

}  // namespace dovetail
