// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/constraints.hpp>
#include <dovetail/model/routines.hpp>

namespace dovetail {

namespace model::changes {

struct add_trigger {
  static constexpr text_view name = "add_trigger";

  static constexpr void apply(auto& d, const change& c) { add_constraint::apply(d, c); }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_trigger {
  static constexpr text_view name = "drop_trigger";

  static constexpr void apply(auto& d, const change& c) {
    if (const part* dropped = target(d, c)) d.remove(c.table, dropped);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<add_trigger>, c.table, c.object, t == nullptr ? nullptr : t->find(part_kind::trigger, c.object)};
  }

  static constexpr const part* target(auto& d, const change& c) {
    const table* t = target_table(d, c);
    const part* found = t == nullptr ? nullptr : t->find(part_kind::trigger, c.object);
    if (t != nullptr && found == nullptr) d.report(code::MG_TARGET, c.table, c.object, word(part_kind::trigger));
    return found;
  }
};
constexpr change add_trigger::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_trigger>, c.table, c.object};
}

struct rename_trigger {
  static constexpr text_view name = "rename_trigger";

  static constexpr void apply(auto& d, const change& c) {
    if (const part* old = drop_trigger::target(d, c)) rename_constraint::rename(d, c, *old);
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_trigger>, c.table, c.renamed, nullptr, nullptr, c.object};
  }
};

}  // namespace model::changes

namespace detail {
template <bool Right>
struct trigger_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] add_trigger takes a trigger<\"name\", \"event\", \"action\">");
};
}  // namespace detail

/// Adds a trigger to a table: `add_trigger<"customer", trigger<"touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION
/// touch()">>`. Rows that are there stay as they are. Raises MG_TARGET (no such table), MG_EXISTS (a part of the table has its
/// name), and what a declaration raises.
template <fixed_string Table, class Trigger>
struct add_trigger {
  static_assert(sizeof(Trigger) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::trigger_parameter<detail::declares<Trigger, model::trigger>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Trigger>
  requires detail::declares<Trigger, model::trigger>
struct add_trigger<Table, Trigger> {
  static constexpr model::change value{&model::kind_of<model::changes::add_trigger>, identifier_of<Table>,
                                       Trigger::value.name, &Trigger::value};
};

/// Drops a trigger: `drop_trigger<"customer", "touch">`. What it has done to rows stays. Raises MG_TARGET.
template <fixed_string Table, fixed_string Trigger>
struct drop_trigger {
  static constexpr model::change value{&model::kind_of<model::changes::drop_trigger>, identifier_of<Table>,
                                       identifier_of<Trigger>};
};

/// Gives a trigger another name: `rename_trigger<"customer", "touch", "customer_touch">`. PostgreSQL runs triggers of one
/// event in the order of their names. Raises MG_TARGET and MG_EXISTS.
template <fixed_string Table, fixed_string Trigger, fixed_string NewName>
struct rename_trigger {
  static constexpr model::change value{&model::kind_of<model::changes::rename_trigger>,
                                       identifier_of<Table>,
                                       identifier_of<Trigger>,
                                       nullptr,
                                       nullptr,
                                       identifier_of<NewName>};
};

}  // namespace dovetail
