// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/tables.hpp>

namespace dovetail {

namespace model::changes {

struct create_view {
  static constexpr text_view name = "create_view";

  static constexpr void apply(auto& d, const change& c) {
    if (!is_view(c.created->kind)) {
      d.report(code::MG_TARGET, c.table, {},
               c.created->kind == source_kind::table
                   ? text_view("view, function or routine (it is a table: create_table makes it)")
                   : "view, function or routine (it is a sequence or schema: create_sequence and create_schema make them)");
      return;
    }
    bool free = create_table::is_free(d, c.table, c.table);
    for (const part* p : c.created->parts) free = check_shared_names(d, c.table, *p) && free;
    if (!free) return;
    d.create(*c.created);
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_view {
  static constexpr text_view name = "drop_view";

  static constexpr void apply(auto& d, const change& c) {
    const table* v = d.find(c.table);
    if (v == nullptr || !is_view(v->kind)) {
      d.report(code::MG_TARGET, c.table, {},
               v == nullptr                      ? text_view("view, function or routine")
               : v->kind == source_kind::table ? text_view("view (it is a table, which drop_table drops)")
                                                 : "view (it is a sequence or schema, which drop_sequence and drop_schema drop)");
      return;
    }
    const bool routine = v->kind == source_kind::routine;
    if (!sources_need(d, c.table, routine, [](const auto&, const part&) { return false; })) d.drop(c.table);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<create_view>, c.table, {}, nullptr, before.find(c.table)};
  }
};
constexpr change create_view::inverse(const auto& c, const auto&) { return {&kind_of<drop_view>, c.table, {}}; }

struct replace_view {
  static constexpr text_view name = "replace_view";

  static constexpr void apply(auto& d, const change& c) {
    const table* v = d.find(c.table);
    if (v != nullptr && v->kind != source_kind::table && v->kind == c.created->kind && v->query == c.created->query && v->parts == c.created->parts) {
      if (v->routine == nullptr || *v->routine == *c.created->routine) {
        d.report(code::MG_NO_CHANGE, c.table, {});
        return;
      }
    }
    if (v != nullptr && v->kind == source_kind::routine && c.created->kind == v->kind &&
        v->routine->arguments == c.created->routine->arguments && v->routine->result == c.created->routine->result) {
      d.replace(*c.created);
      validate_routine(*c.created, d.proto(), d.findings);
      return;
    }
    drop_view::apply(d, c);
    if (!d.findings.empty()) return;
    d.join();  // nobody sees that there is none
    create_view::apply(d, c);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<replace_view>, c.table, {}, nullptr, before.find(c.table)};
  }
};

}  // namespace model::changes

/// Creates a view, a function or a routine: `create_view<open_order>`. Raises MG_EXISTS (a table, view or index has its name),
/// MG_TARGET (it is a table), and what a declaration raises.
template <class View>
struct create_view {
  static_assert(sizeof(View) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::table_parameter<detail::declares<View, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class View>
  requires detail::declares<View, model::table>
struct create_view<View> {
  static constexpr model::change value{
      &model::kind_of<model::changes::create_view>, View::value.name, {}, nullptr, &View::value};
};

/// Gives a view or function another query or other columns, or a routine another body: `replace_view<open_order>`, and back
/// as its inverse. Others see either the old one or the new one. What uses a routine goes on doing so, if its arguments and
/// its result stay. Raises MG_NO_CHANGE, and what drop_view and create_view raise.
template <class View>
struct replace_view {
  static_assert(sizeof(View) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::table_parameter<detail::declares<View, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class View>
  requires detail::declares<View, model::table>
struct replace_view<View> {
  static constexpr model::change value{
      &model::kind_of<model::changes::replace_view>, View::value.name, {}, nullptr, &View::value};
};

/// Drops a view, a function or a routine: `drop_view<"open_order">`. It stores nothing, so that this is not lossy; every release that
/// reads it breaks. Raises MG_TARGET (no such view) and MG_DEPENDENT (another view mentions
/// it; or a trigger, a default or other SQL of a table, a routine).
template <fixed_string View>
struct drop_view {
  static constexpr model::change value{&model::kind_of<model::changes::drop_view>, identifier_of<View>, {}};
};

}  // namespace dovetail
