// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/rollout/fold.hpp>

namespace dovetail {

namespace rollouts {

/// A result of the column as it was is none of it as it is after migration `e`: PostgreSQL compares the type, its length or
/// digits, and the collation (measured on 15). An enumeration is the same one as long as no label is dropped, for which
/// it is made anew.
constexpr bool is_another_result(const model::column& before, const model::column& now, const model::event& e) {
  const sql_type& a = before.type;
  const sql_type& b = now.type;
  if (!(before.details().collation == now.details().collation)) return true;
  if (a.labels == nullptr || b.labels == nullptr || a.kind != b.kind || !(a.labels->name == b.labels->name)) return !(a == b);
  for (const model::step* s : e.steps)
    if (s->forward.kind == &model::kind_of<model::changes::drop_label> &&
        model::enumeration_of(s->forward.declared)->name == b.labels->name)
      return true;
  return false;
}

/// The statements of a live release that a server refuses to run again as they were prepared, once migration `e` has
/// been run: RD_PLAN.
constexpr void report_plans(const model::event& e, int event, const model::release& r, list<finding>& out) {
  for (const model::unit* u : r.units) {
    if (u->kind != model::unit_kind::reads || compat::sees_the_same(*u, *e.version, *e.result)) continue;
    for (std::size_t i = 0; i != u->columns.size(); ++i) {
      const std::size_t source = u->origins.empty() ? 0 : u->origins[i].source;
      const identifier& name = source == 0 ? u->table : u->joins[source - 1]->source;
      const model::table* was = e.version->find_rows(name);
      const model::table* now = e.result->find_rows(name);
      if (was == nullptr || now == nullptr || was == now) continue;
      const auto look = [&](const identifier& column) {
        const model::column* before = was->find_column(column);
        const model::column* after = now->find_column(column);
        if (before == nullptr || after == nullptr || before == after || !is_another_result(*before, *after, e)) return;
        finding f = compat::facts_of(r, e.version->version);
        f.what = code::RD_PLAN;
        f.subject = subject_kind::reader;
        f.row = u->fields->name;
        f.field = u->fields->fields[i].spelled();
        f.type = u->fields->fields[i].type;
        f.migration = e.migration;
        f.event = event;
        f.table = name;
        f.object = column;
        f.column_type = &after->type;
        out.push_back(f);
      };
      if (const model::computed* c = u->computed_of(i))
        for (const identifier& each : c->columns) look(each);
      else if (!u->columns[i].empty())
        look(u->columns[i]);
    }
  }
}

}  // namespace rollouts

namespace detail {

template <class Rollout, std::size_t I>
struct event_plans {
  static constexpr void into(list<finding>& out) {
    const model::event& e = *Rollout::events[I];
    if (e.kind != model::event_kind::migrate) return;
    const auto& live = rollout_node<Rollout, I>::live;
    for (std::size_t i = 0; i != rollout_node<Rollout, I>::live_count; ++i)
      rollouts::report_plans(e, static_cast<int>(I) + 1, *live.array[i], out);
  }
  static constexpr array_view<finding> findings = static_findings<event_plans>::value;
};

template <class Rollout, class Indices>
struct rollout_plans;
template <class Rollout, std::size_t... I>
struct rollout_plans<Rollout, std::index_sequence<I...>> : joined_findings<event_plans<Rollout, I>...> {
  static_assert(rollout_done<Rollout, std::index_sequence<I...>>::live_counts[sizeof...(I)] == 0);
};

}  // namespace detail

/// What of a rollout's readers is read as another type by the time that their migrations have run, as findings that fail no
/// check (RD_PLAN). PostgreSQL refuses a statement that was prepared before ("cached plan must not change result type",
/// 0A000), once in each session: dovetail's own connection then prepares it anew, but inside of a transaction, which fails
/// and may be run again. Who prepares statements by himself, or behind a pool, does the same, or prepares none across the
/// migration. SQLite prepares them anew by itself.
template <class Rollout>
inline constexpr array_view<finding> outdated_plans =
    detail::rollout_plans<Rollout, std::make_index_sequence<Rollout::event_count>>::findings;

}  // namespace dovetail
