// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/copies.hpp>

/// Columns that move from one table to another.
namespace dovetail {

// The kinds of change that only the recipe makes, each with its inverse beside it.
namespace model::changes {

/// `created` has the older columns of the sync `object` as they were. They may be NULL from now on, and nobody relies on
/// them any more, once each value in them is proven to stand on the newer side, which gets their defaults.
struct retire_moved {
  static constexpr text_view name = "retire";

  static constexpr void apply(auto& d, const change& c) {
    const sync* old = target_sync(d, c);
    if (old == nullptr) return;
    fill_sync::set_stale(d, c.table, *old, sync_side::older);
    for (std::size_t i = 0; i != old->newer.size(); ++i) {
      const auto& was = static_cast<const column&>(*c.created->parts[i]);
      alter(d, c.table, old->newer[i].column, [&](column& now) { now.value = was.value; });
      alter(d, c.created->name, was.name, [](column& now) { now.nullable = true; });
      alter(d, c.created->name, was.name, [](column& now) { now.value = {}; });
    }
  }
  static constexpr void alter(auto& d, const identifier& table, const identifier& name, auto set) {
    const column* old = d.find(table)->find_column(name);
    column now = *old;
    set(now);
    if (difference(*old, now).empty()) return;
    any_part& made = d.derive(*old).made;
    set(static_cast<column&>(made.get()));
    d.alter(table, old, &made.get());
  }
};
/// The inverse: the older columns are filled of the newer ones, and then are again as they were.
struct fill_moved {
  static constexpr text_view name = "fill";

  static constexpr void apply(auto& d, const change& c) {
    const sync* old = target_sync(d, c);
    if (old == nullptr) return;
    const part& now = fill_sync::put_stale(d, c.table, *old, sync_side::none);
    for (std::size_t i = 0; i != old->newer.size(); ++i) {
      const auto& was = static_cast<const column&>(*c.created->parts[i]);
      retire_moved::alter(d, c.created->name, was.name, [&](column& back) { back.value = was.value; });
      retire_moved::alter(d, c.created->name, was.name, [&](column& back) { back.nullable = was.nullable; });
      retire_moved::alter(d, c.table, old->newer[i].column, [](column& bare) { bare.value = {}; });
    }
    validate_in(d, c.table, now);
  }
};

/// `declared` is a sync whose older columns come with it, as they stand in `created`, which has the name of their table.
struct add_moved {
  static constexpr text_view name = "add_sync";

  static constexpr void apply(auto& d, const change& c) {
    for (const part* p : c.created->parts) add_column::apply(d, {&kind_of<add_column>, c.created->name, p->name, p});
    if (d.findings.empty()) add_sync::apply(d, c);
  }
};
/// The older columns of the sync `object`, which stand in `created`, go with it.
struct drop_moved {
  static constexpr text_view name = "drop_sync";

  static constexpr void apply(auto& d, const change& c) {
    const sync* dropped = target_sync(d, c);
    if (dropped == nullptr) return;
    d.remove(c.table, dropped);
    for (const part* p : c.created->parts)
      if (const column* old = d.find(c.created->name)->find_column(p->name);
          old != nullptr && drop_column::is_free(d, c.created->name, *old)) {
        d.remove(c.created->name, old);
        d.rebuild();
      }
  }
};

}  // namespace model::changes

namespace model::phases {

/// Columns that go from the table that a foreign key leads to into the one that has it.
template <class From, class Recipe>
struct moved {
  static constexpr const table& target = table_or_none(From::value.find(Recipe::new_table));
  static constexpr const foreign_key* key = static_cast<const foreign_key*>(target.find(part_kind::foreign_key, Recipe::key));
  static constexpr bool leads = key != nullptr && key->target == Recipe::table;
  static constexpr const table& subject = table_or_none(From::value.find(Recipe::table));
  static constexpr array_view<assignment> copies = Recipe::copies;

  static constexpr const column* source(std::size_t i) { return subject.find_column(identifier(copies[i].expression)); }
  struct columns {
    column declared[copies.size() + 1]{};  ///< as they are to be in the end
    column bare[copies.size() + 1]{};      ///< as they come: null, and without a default
    column older[copies.size() + 1]{};     ///< as they are, and then go
    column back[copies.size() + 1]{};      ///< as they come back: bare as well
  };
  static constexpr columns kept_columns = [] {
    columns all{};
    for (std::size_t i = 0; i != copies.size(); ++i) {
      if (const column* from = source(i)) all.declared[i] = *from;
      column& made = all.declared[i];
      made.kind = part_kind::column;
      all.older[i] = all.back[i] = made;
      made.name = copies[i].column;
      all.bare[i] = made;
      all.bare[i].nullable = all.back[i].nullable = true;
      all.bare[i].value = all.back[i].value = {};
    }
    return all;
  }();
  struct pointers {
    const part* bare[copies.size() + 1]{};
    const part* older[copies.size() + 1]{};
    const part* back[copies.size() + 1]{};
  };
  static constexpr pointers parts = [] {
    pointers p;
    for (std::size_t i = 0; i != copies.size(); ++i) {
      p.bare[i] = &kept_columns.bare[i];
      p.older[i] = &kept_columns.older[i];
      p.back[i] = &kept_columns.back[i];
    }
    return p;
  }();
  static constexpr table bare_columns{Recipe::new_table, {parts.bare, copies.size()}};
  static constexpr table older_columns{Recipe::table, {parts.older, copies.size()}};
  static constexpr table older_back{Recipe::table, {parts.back, copies.size()}};
  template <sync_side Stale>
  static constexpr sync with{{part_kind::sync, Recipe::name}, {}, copies, Stale, false, key, true};

  /// Before the first phase, what is not there, and what any of them would say.
  static constexpr void report(const finding& proto, list<finding>& out) {
    draft d(From::value, proto);
    if (!leads)
      d.report(code::MG_TARGET, Recipe::new_table, &target == &no_table ? text_view() : Recipe::key.text(),
               &target == &no_table ? text_view("table") : text_view("foreign key to the table whose columns move"));
    for (std::size_t i = 0; leads && i != copies.size(); ++i) {
      const column* from = source(i);
      if (from == nullptr)
        d.report(code::MG_TARGET, Recipe::table, copies[i].expression, "column");
      else if (from->identity != identity_kind::none)
        d.report(code::MG_DEPENDENT, Recipe::table, from->name, "its identity", "identity");
    }
    if (d.findings.empty() && target.find(part_kind::sync, Recipe::name) == nullptr) {
      const auto put = [&](const change& forward, const change&) {
        if (d.findings.empty()) model::apply(d, forward);
      };
      expand(put);
      fill(put);
      contract(put);
    }
    out.append(d.findings.all());
  }

  static constexpr change about(const change_kind& kind, const identifier& object = Recipe::name, const part* declared = nullptr,
                                const table* created = nullptr) {
    return {&kind, Recipe::new_table, object, declared, created};
  }
  static constexpr void expand(auto put) {
    put(about(kind_of<changes::add_sync>, Recipe::name, &with<sync_side::newer>, &bare_columns), about(kind_of<changes::drop_sync>));
  }
  static constexpr void fill(auto put) {
    put(about(kind_of<changes::fill_sync>), about(kind_of<changes::retire_sync>, Recipe::name, &with<sync_side::newer>));
    for (std::size_t i = 0; i != copies.size(); ++i)
      if (!kept_columns.declared[i].nullable)
        put(about(kind_of<changes::set_not_null>, copies[i].column), about(kind_of<changes::drop_not_null>, copies[i].column));
  }
  static constexpr void contract(auto put) {
    put(about(kind_of<changes::retire_moved>, Recipe::name, nullptr, &older_columns),
        about(kind_of<changes::fill_moved>, Recipe::name, nullptr, &older_columns));
    put(about(kind_of<changes::drop_moved>, Recipe::name, nullptr, &older_back),
        about(kind_of<changes::add_moved>, Recipe::name, &with<sync_side::older>, &older_back));
  }
};

}  // namespace model::phases

/// Columns that move to a table which has at most one row for each row of theirs: `gradual_move_column<"customer",
/// "customer_profile", "customer_profile_fkey", synced<"bio">, synced<"about", "motto">>`. The foreign key is the newer
/// table's, leads to the older one, is unique and NOT NULL. Between `expand` and `contract` older releases write the one table and
/// newer ones the other, and each sees what the other has written. `fill`, and `contract` once more, prove by a query that each
/// value has a row to stand in. A newer release's write may fail at once with 40P01, where an older one writes the same row at
/// the same time: it is to be tried again. Raises MG_TARGET (no such foreign key or column), MG_DEPENDENT (something stands on
/// a column that moves) and SC_SYNC (see `moved`).
template <fixed_string Table, fixed_string NewTable, fixed_string ForeignKey, class... Synced>
struct gradual_move_column {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier new_table = identifier_of<NewTable>;
  static constexpr identifier key = identifier_of<ForeignKey>;
  static constexpr array_view<model::assignment> copies = detail::copies_of<newer<Synced...>>;
  static constexpr identifier name{detail::static_text<detail::sync_name<NewTable, ForeignKey>>::value};
  template <class From>
  using facts = model::phases::moved<From, gradual_move_column>;
};

}  // namespace dovetail
