// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

struct add_constraint {
  static constexpr text_view name = "add_constraint";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr || !is_free(d, *t, *c.declared)) return;
    d.add(c.table, c.declared);
    validate_in(d, c.table, *c.declared);
  }
  static constexpr change inverse(const auto&, const auto&);

  /// No other part of the table has the constraint's name, and no other index has that of a unique one; reported
  /// otherwise (MG_EXISTS).
  static constexpr bool is_free(auto& d, const table& t, const part& added) {
    for (const part* p : t.parts)
      if (added.kind == part_kind::primary_key ? p->kind == part_kind::primary_key
                                               : p->kind != part_kind::column && p->kind != part_kind::primary_key &&
                                                     p->name == added.name) {
        d.report(code::MG_EXISTS, t.name, name_of(added), t.name, word(p->kind));
        return false;
      }
    return check_shared_names(d, t.name, added);
  }
};

struct drop_constraint {
  static constexpr text_view name = "drop_constraint";

  static constexpr void apply(auto& d, const change& c) {
    const part* dropped = target(d, c);
    if (dropped == nullptr) return;
    if (as_key(dropped) != nullptr && references_need(d, c.table, *dropped)) return;
    d.remove(c.table, dropped);
    validate_copies_in(d, c.table);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<add_constraint>, c.table, c.object, t == nullptr ? nullptr : find(*t, c.object)};
  }

  /// The constraint of this name, or the primary key, which has none; null if there is none.
  static constexpr const part* find(const table& t, const identifier& name) {
    for (const part* p : t.parts)
      if (part_kind::column < p->kind && p->kind < part_kind::index && p->name == name) return p;
    return nullptr;
  }
  static constexpr const part* target(auto& d, const change& c) {
    const table* t = target_table(d, c);
    const part* found = t == nullptr ? nullptr : find(*t, c.object);
    if (t != nullptr && found == nullptr)
      d.report(code::MG_TARGET, c.table, c.object, c.object.empty() ? text_view("primary key") : "constraint");
    return found;
  }
};
constexpr change add_constraint::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_constraint>, c.table, c.declared->name};
}

struct rename_constraint {
  static constexpr text_view name = "rename_constraint";

  static constexpr void apply(auto& d, const change& c) {
    if (const part* old = drop_constraint::target(d, c)) rename(d, c, *old);
  }
  static constexpr void rename(auto& d, const change& c, const part& old) {
    any_part& made = d.derive(old).made;
    made.get().name = c.renamed;
    if (!add_constraint::is_free(d, *d.find(c.table), made.get())) return;
    d.alter(c.table, &old, &made.get());
    validate_in(d, c.table, made.get());
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_constraint>, c.table, c.renamed, nullptr, nullptr, c.object};
  }
};

struct set_deferrable {
  static constexpr text_view name = "set_deferrable";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    const part* old = t == nullptr ? nullptr : t->find(part_kind::foreign_key, c.object);
    if (old == nullptr) {
      if (t != nullptr) d.report(code::MG_TARGET, c.table, c.object, word(part_kind::foreign_key));
      return;
    }
    any_part& made = d.derive(*old).made;
    static_cast<foreign_key&>(made.get()).deferred =
        c.declared == nullptr ? deferral::none : static_cast<const foreign_key&>(*c.declared).deferred;
    if (difference(*old, made.get()).empty())
      d.report(code::MG_NO_CHANGE, c.table, c.object);
    else
      d.alter(c.table, old, &made.get());
    validate_copies_in(d, c.table);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<set_deferrable>, c.table, c.object, t == nullptr ? nullptr : t->find(part_kind::foreign_key, c.object)};
  }
};

}  // namespace model::changes

namespace detail {

/// A foreign key of which only this option counts.
template <class Deferral>
inline constexpr model::foreign_key foreign_key_with = [] {
  model::foreign_key f{};
  Deferral::apply(f);
  return f;
}();
template <bool Right>
struct deferral_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] set_deferrable takes deferrable or initially_deferred");
};

template <class T>
concept declares_constraint =
    declares<T, model::key> || declares<T, model::foreign_key> || declares<T, model::check> ||
    declares<T, model::exclusion>;
template <bool Right>
struct constraint_parameter {
  static_assert(Right,
                "[dovetail/SC_TYPE] add_constraint takes a primary_key, unique, foreign_key, check, check_values or exclude");
};
template <class T>
concept declares_deferral = std::is_same_v<T, deferrable> || std::is_same_v<T, initially_deferred>;

}  // namespace detail

/// Adds a primary key, unique constraint, foreign key, check or exclusion constraint to a table whose rows obey it already,
/// which the server finds out without keeping others from the table: `add_constraint<"customer",
/// unique<"customer_email_key", "email">>`. But of an exclusion constraint it builds the index while nobody reads or writes
/// the table; PostgreSQL has no other way.
/// Raises MG_TARGET (no such table), MG_EXISTS (a constraint or index of the name, or a primary key, exists), and what a
/// declaration raises.
template <fixed_string Table, class Constraint>
struct add_constraint {
  static_assert(sizeof(Constraint) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::constraint_parameter<detail::declares_constraint<Constraint>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Constraint>
  requires detail::declares_constraint<Constraint>
struct add_constraint<Table, Constraint> {
  static constexpr model::change value{&model::kind_of<model::changes::add_constraint>, identifier_of<Table>,
                                       Constraint::value.name, &Constraint::value};
};

/// Drops a unique constraint, foreign key, check or exclusion constraint: `drop_constraint<"customer", "customer_email_key">`. The stored rows
/// stay, so that this is not lossy. Raises MG_TARGET (no such table or constraint) and MG_DEPENDENT (a foreign key stands
/// on the key, or may).
template <fixed_string Table, fixed_string Constraint>
struct drop_constraint {
  static constexpr model::change value{&model::kind_of<model::changes::drop_constraint>, identifier_of<Table>,
                                       identifier_of<Constraint>};
};
/// Drops the primary key of a table: `drop_primary_key<"customer">`. Its columns stay NOT NULL. Raises what
/// drop_constraint raises.
template <fixed_string Table>
struct drop_primary_key {
  static constexpr model::change value{&model::kind_of<model::changes::drop_constraint>, identifier_of<Table>, {}};
};

/// Gives a unique constraint, foreign key, check or exclusion constraint another name:
/// `rename_constraint<"customer", "email_key", "customer_email_key">`. Raises MG_TARGET and MG_EXISTS.
template <fixed_string Table, fixed_string Constraint, fixed_string NewName>
struct rename_constraint {
  static constexpr model::change value{&model::kind_of<model::changes::rename_constraint>,
                                       identifier_of<Table>,
                                       identifier_of<Constraint>,
                                       nullptr,
                                       nullptr,
                                       identifier_of<NewName>};
};

/// Lets transactions put a foreign key off to their end: `set_deferrable<"purchase", "purchase_customer_fkey", deferrable>`, or
/// initially_deferred. A key cannot be altered so: drop it, and add another. Raises MG_TARGET (no such table or foreign
/// key) and MG_NO_CHANGE.
template <fixed_string Table, fixed_string ForeignKey, class Deferral>
struct set_deferrable {
  static_assert(sizeof(detail::deferral_parameter<detail::declares_deferral<Deferral>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string ForeignKey, class Deferral>
  requires detail::declares_deferral<Deferral>
struct set_deferrable<Table, ForeignKey, Deferral> {
  static constexpr model::change value{&model::kind_of<model::changes::set_deferrable>, identifier_of<Table>,
                                       identifier_of<ForeignKey>, &detail::foreign_key_with<Deferral>};
};
/// Lets them put it off no more. Raises MG_TARGET and MG_NO_CHANGE.
template <fixed_string Table, fixed_string ForeignKey>
struct drop_deferrable {
  static constexpr model::change value{&model::kind_of<model::changes::set_deferrable>, identifier_of<Table>,
                                       identifier_of<ForeignKey>};
};

}  // namespace dovetail
