// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/columns.hpp>
#include <dovetail/change/constraints.hpp>
#include <dovetail/change/indexes.hpp>

namespace dovetail {

namespace model::changes {

/// The sync that a change is about, or null, which is reported (MG_TARGET).
constexpr const sync* target_sync(auto& d, const change& c) {
  const table* t = target_table(d, c);
  const part* found = t == nullptr ? nullptr : t->find(part_kind::sync, c.object);
  if (t != nullptr && found == nullptr) d.report(code::MG_TARGET, c.table, c.object, "sync");
  return static_cast<const sync*>(found);
}

/// `declared` is the sync. The columns of its stale side are added with it, as they stand in `created`.
struct add_sync {
  static constexpr text_view name = "add_sync";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr || !add_constraint::is_free(d, *t, *c.declared)) return;
    if (const table* other = d.find(c.object)) {  // PostgreSQL makes a function of the sync's name
      d.report(code::MG_EXISTS, c.table, c.object, c.object, word(other->kind));
      return;
    }
    const auto& added = static_cast<const sync&>(*c.declared);
    for (const assignment& each : added.stale_side())
      if (const column* twin = c.created->find_column(each.column)) {
        add_column::apply(d, {&kind_of<add_column>, c.table, twin->name, twin});
        if (!d.findings.empty()) return;
        if (added.along == nullptr) d.join();
      }
    d.add(c.table, &added);
    validate_in(d, c.table, added);
  }
  static constexpr change inverse(const auto&, const auto&);
};

/// The columns of its stale side go with it: the other side says all that they say.
struct drop_sync {
  static constexpr text_view name = "drop_sync";

  static constexpr void apply(auto& d, const change& c) {
    const sync* dropped = target_sync(d, c);
    if (dropped == nullptr) return;
    d.remove(c.table, dropped);
    for (const assignment& each : dropped->stale_side())
      if (const column* twin = d.find(c.table)->find_column(each.column);
          twin != nullptr && drop_column::is_free(d, c.table, *twin)) {
        if (dropped->along == nullptr) d.join();
        d.remove(c.table, twin);
        d.rebuild();
      }
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<add_sync>, c.table, c.object, t == nullptr ? nullptr : t->find(part_kind::sync, c.object), t};
  }
};
constexpr change add_sync::inverse(const auto& c, const auto&) { return {&kind_of<drop_sync>, c.table, c.object}; }

/// From now on all rows have both sides. `declared` is a sync of which only the side counts, for the inverse.
struct fill_sync {
  static constexpr text_view name = "fill";

  static constexpr void apply(auto& d, const change& c) {
    const sync* old = target_sync(d, c);
    if (old == nullptr) return;
    if (old->stale == sync_side::none) {
      d.report(code::MG_NO_CHANGE, c.table, c.object);
      return;
    }
    set_stale(d, c.table, *old, sync_side::none);
  }
  static constexpr const part& put_stale(auto& d, const identifier& table, const sync& old, sync_side stale) {
    any_part& made = d.derive(old).made;
    static_cast<sync&>(made.get()).stale = stale;
    d.alter(table, &old, &made.get());
    return made.get();
  }
  static constexpr void set_stale(auto& d, const identifier& table, const sync& old, sync_side stale) {
    validate_in(d, table, put_stale(d, table, old, stale));
    validate_copies_of(d, table);
  }
  static constexpr change inverse(const auto&, const auto&);
};
/// Nobody relies on one side any more.
struct retire_sync {
  static constexpr text_view name = "retire";

  static constexpr void apply(auto& d, const change& c) {
    const sync* old = target_sync(d, c);
    if (old == nullptr) return;
    if (old->stale != sync_side::none) {
      d.report(code::MG_NO_CHANGE, c.table, c.object);
      return;
    }
    fill_sync::set_stale(d, c.table, *old, static_cast<const sync&>(*c.declared).stale);
  }
  static constexpr change inverse(const auto& c, const auto&) { return {&kind_of<fill_sync>, c.table, c.object}; }
};
constexpr change fill_sync::inverse(const auto& c, const auto& before) {
  const table* t = before.find(c.table);
  return {&kind_of<retire_sync>, c.table, c.object, t == nullptr ? nullptr : t->find(part_kind::sync, c.object)};
}

/// `declared` is a constraint or index of the only older column of the sync `object`; the newer column gets its like,
/// called `renamed`.
struct add_twin {
  static constexpr text_view name = "add_twin";

  static constexpr void apply(auto& d, const change& c) {
    const sync* s = target_sync(d, c);
    if (s == nullptr) return;
    renaming names(d, s->older[0].column, s->newer[0].column);
    const part* twin = names.of_column(*c.declared, c.table, c.renamed);
    if (twin == c.declared || !add_constraint::is_free(d, *d.find(c.table), *twin)) return;
    d.add(c.table, twin);
    validate_in(d, c.table, *twin);
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_that_drops(*c.declared), c.table, c.renamed};
  }
};

/// A column, `renamed`, and its shadow, which the sync `object` computes of it, exchange their values, and with them their
/// types and whether they may be NULL. What stands on the column stands on it afterwards, and so do foreign keys to it.
/// It undoes itself.
struct swap {
  static constexpr text_view name = "swap";

  static constexpr void apply(auto& d, const change& c) {
    const sync* s = target_sync(d, c);
    if (s == nullptr) return;
    const table& t = *d.find(c.table);
    const column* old = t.find_column(c.renamed);
    if (old == nullptr || !s->follows || s->stale != sync_side::none) {
      d.report(code::MG_TARGET, c.table, old == nullptr ? c.renamed : c.object,
               old == nullptr ? text_view("column") : text_view("sync of a shadow that is filled"));
      return;
    }
    if (old->is_generated()) {
      d.report(code::MG_GENERATED, c.table, c.renamed);
      return;
    }
    const column* shadow = t.find_column(s->newer[0].column);
    if (!is_free(d, t, *old, *shadow, *s)) return;
    const auto exchanged = [&](const column& of, const column& with) -> const column& {
      draft::derived& made = d.derive(of);
      auto& now = static_cast<column&>(made.made.get());
      now.type = with.type;
      now.nullable = with.nullable;
      made.type = d.lasting(&with.type);
      return now;
    };
    const column& now = exchanged(*old, *shadow);
    d.exchange(c.table, old, &now, shadow, &exchanged(*shadow, *old));
    validate_users(d, c.table, now);
  }
  /// Whatever stands on the column can be made once more of its shadow, on which nothing stands; reported otherwise
  /// (MG_DEPENDENT).
  static constexpr bool is_free(auto& d, const table& t, const column& old, const column& shadow, const sync& s) {
    bool needed = views_need(d, t.name, old.name) || generated_need(d, t.name, old.name);
    needed = views_need(d, t.name, shadow.name) || needed;
    const auto need = [&](const part& p, const identifier& column) {
      needed = true;
      d.report(code::MG_DEPENDENT, t.name, column, p.name, word(p.kind));
    };
    // The indexes of its partitions would have to be built, and exchanged, one by one.
    if (const partitioning* by = t.find_partitioning(); by != nullptr && !needed) {
      needed = true;
      d.report(code::MG_DEPENDENT, t.name, old.name, name_of(*by), word(by->kind));
    }
    renaming names(d, old.name, shadow.name);
    const std::size_t before = d.findings.size();
    each_user(t, [&](const part* p) {
      if (p == &s || p->kind == part_kind::column) return;
      if (p->kind != part_kind::trigger) names.of_column(*p, t.name);  // one that needs the column is reported above
      if (depends(*p, shadow.name)) need(*p, shadow.name);
      // Nobody can build one while others work, nor keep two.
      if (p->kind == part_kind::exclusion && depends(*p, old.name)) need(*p, old.name);
    });
    // A foreign key of a partitioned table cannot be added first and looked at later ("cannot add NOT VALID foreign key on
    // partitioned table", seen in 15.20).
    each_reference(d, t.name, [&](const table& from, const foreign_key& f) {
      for (const identifier& each : f.target_columns)
        if (each == shadow.name || (each == old.name && from.find_partitioning() != nullptr)) need(f, each);
    });
    return !needed && d.findings.size() == before;
  }
  static constexpr change inverse(const auto& c, const auto&) { return c; }
};

}  // namespace model::changes

namespace detail {

template <model::sync_side Side>
inline constexpr model::sync stale_sync{{model::part_kind::sync, {}}, {}, {}, Side};

template <bool Right>
struct sync_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] add_sync takes a sync<\"name\", older<...>, newer<...>>, and the columns of its stale side");
};
template <bool Right>
struct side_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] retire_sync takes the side that is retired: older<> or newer<>");
};
template <class Side>
concept declares_side = requires { requires std::is_same_v<decltype(Side::side), const model::sync_side>; };

/// The columns that a sync brings, in a table of their own.
template <class... Columns>
inline constexpr model::table columns_of_sync{identifier(), pointers_to<model::part, Columns...>::value};

}  // namespace detail

/// Keeps columns of a table in step from now on: `add_sync<"customer", sync<"customer_name_sync",
/// older<synced<"full_name">>, newer<synced<"display_name">>, stale<newer<>>>, column<"display_name", text, null>>`. The
/// columns of a stale side come with it, null and without a default; a side that is there already is not stale. Raises
/// MG_TARGET, MG_EXISTS, MG_REQUIRED, and what a declaration raises.
template <fixed_string Table, class Sync, class... Columns>
struct add_sync {
  static_assert(sizeof(Sync) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::sync_parameter<detail::declares<Sync, model::sync> &&
                                              (detail::declares<Columns, model::column> && ...)>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Sync, class... Columns>
  requires(detail::declares<Sync, model::sync> && (detail::declares<Columns, model::column> && ...))
struct add_sync<Table, Sync, Columns...> {
  static constexpr model::change value{&model::kind_of<model::changes::add_sync>, identifier_of<Table>,
                                       Sync::value.name, &Sync::value, &detail::columns_of_sync<Columns...>};
};

/// Keeps columns in step no more, and drops those of a stale side: nothing is lost, since the other side says all that they
/// say. Raises MG_TARGET, and MG_DEPENDENT (something needs a column that goes).
template <fixed_string Table, fixed_string Sync>
struct drop_sync {
  static constexpr model::change value{&model::kind_of<model::changes::drop_sync>, identifier_of<Table>,
                                       identifier_of<Sync>};
};

/// Fills in the stale side of a sync, in the rows that do not have it yet: in batches, each a short transaction. After it
/// a query proves that in every row the sides agree. Its inverse is retire_sync of the same side. Raises MG_TARGET and
/// MG_NO_CHANGE (no side is stale).
template <fixed_string Table, fixed_string Sync>
struct fill_sync {
  static constexpr model::change value{&model::kind_of<model::changes::fill_sync>, identifier_of<Table>,
                                       identifier_of<Sync>};
};
/// Says that nobody relies on one side any more, so that drop_sync drops it: `retire_sync<"customer",
/// "customer_name_sync", older<>>`. It changes nothing on the server. Raises MG_TARGET and MG_NO_CHANGE (a side is stale
/// already).
template <fixed_string Table, fixed_string Sync, class Side>
struct retire_sync {
  static_assert(sizeof(detail::side_parameter<detail::declares_side<Side>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string Sync, class Side>
  requires detail::declares_side<Side>
struct retire_sync<Table, Sync, Side> {
  static constexpr model::change value{&model::kind_of<model::changes::retire_sync>, identifier_of<Table>,
                                       identifier_of<Sync>, &detail::stale_sync<Side::side>};
};

}  // namespace dovetail
