// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/constraints.hpp>
#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

struct add_index {
  static constexpr text_view name = "add_index";

  static constexpr void apply(auto& d, const change& c) {
    if (target_table(d, c) == nullptr || !check_shared_names(d, c.table, *c.declared)) return;
    d.add(c.table, c.declared);
    validate_in(d, c.table, *c.declared);
  }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_index {
  static constexpr text_view name = "drop_index";

  static constexpr void apply(auto& d, const change& c) {
    const part* dropped = target(d, c);
    if (dropped == nullptr) return;
    if (static_cast<const index&>(*dropped).tells_apart() && references_need(d, c.table, *dropped)) return;
    d.remove(c.table, dropped);
    validate_copies_in(d, c.table);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<add_index>, c.table, c.object, t == nullptr ? nullptr : t->find(part_kind::index, c.object)};
  }

  static constexpr const part* target(auto& d, const change& c) {
    const table* t = target_table(d, c);
    const part* found = t == nullptr ? nullptr : t->find(part_kind::index, c.object);
    if (t != nullptr && found == nullptr) d.report(code::MG_TARGET, c.table, c.object, "index");
    return found;
  }
};
constexpr change add_index::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_index>, c.table, c.object};
}

struct rename_index {
  static constexpr text_view name = "rename_index";

  static constexpr void apply(auto& d, const change& c) {
    const part* old = drop_index::target(d, c);
    if (old == nullptr) return;
    any_part& made = d.derive(*old).made;
    made.get().name = c.renamed;
    if (!check_shared_names(d, c.table, made.get())) return;
    d.alter(c.table, old, &made.get());
    validate_in(d, c.table, made.get());
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_index>, c.table, c.renamed, nullptr, nullptr, c.object};
  }
};

}  // namespace model::changes

namespace model {

// The kinds for a part that is an index or a constraint. Templates, so that nobody else makes those of both.
constexpr const change_kind& kind_that_adds(const auto& p) {
  return p.kind == part_kind::index ? kind_of<changes::add_index> : kind_of<changes::add_constraint>;
}
constexpr const change_kind& kind_that_drops(const auto& p) {
  return p.kind == part_kind::index ? kind_of<changes::drop_index> : kind_of<changes::drop_constraint>;
}
constexpr const change_kind& kind_that_renames(const auto& p) {
  return p.kind == part_kind::index ? kind_of<changes::rename_index> : kind_of<changes::rename_constraint>;
}
/// It goes, and the inverse makes it again.
constexpr void put_drop(auto put, const identifier& table, const auto& p) {
  put(change{&kind_that_drops(p), table, p.name}, change{&kind_that_adds(p), table, p.name, &p});
}

}  // namespace model

namespace detail {
template <bool Right>
struct index_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] add_index takes an index or unique_index; add_constraint takes constraints");
};
}  // namespace detail

/// Adds an index to a table: `add_index<"purchase", index<"purchase_customer_idx", "customer_id">>`. Raises MG_TARGET
/// (no such table), MG_EXISTS (an index or table of this name exists, or a constraint of this table), and what a
/// declaration raises.
template <fixed_string Table, class Index>
struct add_index {
  static_assert(sizeof(Index) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::index_parameter<detail::declares<Index, model::index>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Index>
  requires detail::declares<Index, model::index>
struct add_index<Table, Index> {
  static constexpr model::change value{&model::kind_of<model::changes::add_index>, identifier_of<Table>,
                                       Index::value.name, &Index::value};
};

/// Drops an index: `drop_index<"purchase", "purchase_customer_idx">`. The stored rows stay, so that this is not lossy.
/// Raises MG_TARGET (no such table, or it has no such index) and MG_DEPENDENT (it is unique, and a foreign key to its
/// columns may stand on it).
template <fixed_string Table, fixed_string Index>
struct drop_index {
  static constexpr model::change value{&model::kind_of<model::changes::drop_index>, identifier_of<Table>,
                                       identifier_of<Index>};
};

/// Gives an index another name: `rename_index<"purchase", "purchase_idx", "purchase_customer_idx">`. Raises MG_TARGET and
/// MG_EXISTS.
template <fixed_string Table, fixed_string Index, fixed_string NewName>
struct rename_index {
  static constexpr model::change value{&model::kind_of<model::changes::rename_index>,
                                       identifier_of<Table>,
                                       identifier_of<Index>,
                                       nullptr,
                                       nullptr,
                                       identifier_of<NewName>};
};

}  // namespace dovetail
