// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/migration.hpp>
#include <dovetail/change/references.hpp>

namespace dovetail {

namespace model::cascades {

/// The steps that drop a column, or a table where none is named, after everything that stands on it. Each has the inverse
/// that restores what it drops, so that going back restores all of it.
template <class From, class What>
struct steps_of_drop {
  static constexpr bool is_whole = What::column.empty();

  static constexpr void each_step(auto put) {
    const table* t = From::value.find(What::table);
    // Without the table there is the drop only, which says so.
    if (t != nullptr) {
      drop_views(put);
      drop_references(put, *t);
      if (!is_whole) drop_parts(put, *t);
    }
    const column* c = t == nullptr ? nullptr : t->find_column(What::column);
    if (is_whole)
      put(step{{&kind_of<changes::drop_table>, What::table, {}},
               {&kind_of<changes::create_table>, What::table, {}, nullptr, t}, true, What::reason});
    else
      put(step{{&kind_of<changes::drop_column>, What::table, What::column},
               {&kind_of<changes::add_column>, What::table, What::column, c}, true, What::reason});
  }
  static constexpr void report(const finding&, list<finding>&) {}

 private:
  static constexpr bool needs(const table& view, const identifier& source, const identifier& of_column) {
    return says(view, source) && (of_column.empty() || says(view, of_column));
  }
  /// Views that mention it, each after those that mention the view.
  static constexpr void drop_views(auto put) {
    list<const table*> views;
    for (const table* v : From::value.tables)
      if (needs(*v, What::table, What::column)) views.push_back(v);
    for (std::size_t i = 0; i < views.size(); ++i)
      for (const table* v : From::value.tables)
        if (v != views[i] && needs(*v, views[i]->name, {}) && !holds(views, v)) views.push_back(v);
    // One that mentions another one of them goes first.
    while (!views.empty())
      for (std::size_t i = views.size(); i-- != 0;) {
        bool needed = false;
        for (const table* other : views) needed = needed || (other != views[i] && needs(*other, views[i]->name, {}));
        if (needed && views.size() != 1) continue;
        put(step{{&kind_of<changes::drop_view>, views[i]->name, {}},
                 {&kind_of<changes::create_view>, views[i]->name, {}, nullptr, views[i]}});
        views.erase(i);
        break;
      }
  }
  static constexpr bool holds(const list<const table*>& all, const table* wanted) {
    for (const table* each : all)
      if (each == wanted) return true;
    return false;
  }
  /// Foreign keys of all tables to the column, or to the table.
  static constexpr void drop_references(auto put, const table& t) {
    for (const table* from : From::value.tables)
      for (const part* p : from->parts) {
        const foreign_key* f = as_foreign_key(p);
        if (f == nullptr || !(f->target == t.name) || (is_whole && from == &t)) continue;
        if (is_whole || contains(f->target_columns, What::column)) put_drop(put, from->name, *p);
      }
  }
  static constexpr void drop_parts(auto put, const table& t) {
    for (const part* p : t.parts) {
      if (p->kind == part_kind::column || part_kind::index < p->kind || !depends(*p, What::column)) continue;
      const foreign_key* f = as_foreign_key(p);
      const bool done = f != nullptr && f->target == t.name && contains(f->target_columns, What::column);  // by drop_references
      if (!done) put_drop(put, t.name, *p);
    }
  }
  static constexpr void put_drop(auto put, const identifier& table, const part& p) {
    model::put_drop([&](const change& forward, const change& inverse) { put(step{forward, inverse}); }, table, p);
  }
};

template <fixed_string Table, fixed_string Column, fixed_string Reason>
struct dropped {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier column = identifier_of<Column>;
  static constexpr text_view reason = Reason;
};

}  // namespace model::cascades

namespace detail {
template <fixed_string Reason>
struct must_have_reason {
  using check = raise_if<Reason.size() == 0, code::MG_LOSSY,
                         line_of<literal_text<"fix: say why the data may go, as the last argument">>>;
  static_assert(sizeof(check) != 0);
};
}  // namespace detail

/// Drops a column and all that stands on it: `struct drop_email : cascade_column<v2, "customer", "email", "moved to
/// contact"> {};`, a migration. Foreign keys, views, then keys, checks and indexes go before it, and come back after it.
/// Syncs, triggers and generated columns do not go so (MG_DEPENDENT), and a NOT NULL column without a default becomes null in a
/// migration before (MG_REQUIRED). The values are lost, for the reason given (else MG_LOSSY). Raises what drop_column does.
template <class From, fixed_string Table, fixed_string Column, fixed_string Reason,
          std::size_t = sizeof(detail::must_have_reason<Reason>)>
struct cascade_column
    : detail::made_migration<From, model::cascades::steps_of_drop<From, model::cascades::dropped<Table, Column, Reason>>> {};
/// Drops a table, the foreign keys to it and the views of it, in the same way: `cascade_table<v2, "invoice", "paid">`.
template <class From, fixed_string Table, fixed_string Reason, std::size_t = sizeof(detail::must_have_reason<Reason>)>
struct cascade_table
    : detail::made_migration<From, model::cascades::steps_of_drop<From, model::cascades::dropped<Table, "", Reason>>> {};

}  // namespace dovetail
