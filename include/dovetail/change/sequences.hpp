// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/tables.hpp>
#include <dovetail/model/sequences.hpp>

namespace dovetail {

namespace model::changes {

/// The sequence that a change is about, or null, which is reported (MG_TARGET).
constexpr const table* target_sequence(auto& d, const change& c) {
  const table* s = d.find(c.table);
  if (s != nullptr && s->kind == source_kind::sequence) return s;
  d.report(code::MG_TARGET, c.table, {}, "sequence");
  return nullptr;
}

struct create_sequence {
  static constexpr text_view name = "create_sequence";

  static constexpr void apply(auto& d, const change& c) {
    if (c.created->kind != source_kind::sequence) {
      d.report(code::MG_TARGET, c.table, {}, "sequence");
      return;
    }
    if (!create_table::is_free(d, c.table, c.table)) return;
    d.create(*c.created);
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_sequence {
  static constexpr text_view name = "drop_sequence";

  static constexpr void apply(auto& d, const change& c) {
    if (target_sequence(d, c) == nullptr) return;
    if (sources_need(d, c.table, true, [](const table&, const part&) { return false; })) return;
    d.drop(c.table);
    d.destroy();
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<create_sequence>, c.table, {}, nullptr, before.find(c.table)};
  }
};
constexpr change create_sequence::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_sequence>, c.table, {}};
}

struct rename_sequence {
  static constexpr text_view name = "rename_sequence";

  static constexpr void apply(auto& d, const change& c) {
    if (target_sequence(d, c) == nullptr || !create_table::is_free(d, c.renamed, c.renamed)) return;
    if (!is_one_rename(d, c, name)) return;
    struct follower {
      identifier table;
      const part* column = nullptr;
    };
    list<follower> followers;
    const auto follows = [&](const table& t, const part& p) {
      if (draws(p, c.table)) followers.push_back({t.name, &p});
      return draws(p, c.table);
    };
    if (sources_need(d, c.table, true, follows)) return;
    for (const follower& f : followers) {
      part& made = d.derive(*f.column).made.get();
      static_cast<column&>(made).value.text = c.renamed.text();
      d.follow(f.table, f.column, &made);
    }
    d.rename(c.table, c.renamed);
    validate_in(d, c.renamed);
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<rename_sequence>, c.renamed, {}, nullptr, nullptr, c.table};
  }
};

struct alter_sequence {
  static constexpr text_view name = "alter_sequence";

  static constexpr void apply(auto& d, const change& c) {
    const table* s = target_sequence(d, c);
    if (s == nullptr) return;
    if (c.created->kind != source_kind::sequence) {
      d.report(code::MG_TARGET, c.table, {}, "sequence");
      return;
    }
    if (difference(*s->parts[0], *c.created->parts[0]).empty()) {
      d.report(code::MG_NO_CHANGE, c.table);
      return;
    }
    d.alter(c.table, s->parts[0], c.created->parts[0]);
    validate_in(d, c.table);
    d.each_table(0, [&](const table& t) {
      for (const part* p : t.parts)
        if (draws(*p, c.table)) validate_in(d, t.name, *p);
    });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<alter_sequence>, c.table, {}, nullptr, before.find(c.table)};
  }
};

}  // namespace model::changes

namespace detail {
template <bool Right>
struct sequence_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] create_sequence and alter_sequence take a struct that is a sequence");
};
}  // namespace detail

/// Creates a sequence: `create_sequence<invoice_number>`. Raises MG_EXISTS (a table, view, sequence or index has its name),
/// MG_TARGET (it is no sequence) and SC_SEQUENCE.
template <class Sequence>
struct create_sequence {
  static_assert(sizeof(Sequence) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::sequence_parameter<detail::declares<Sequence, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Sequence>
  requires detail::declares<Sequence, model::table>
struct create_sequence<Sequence> {
  static constexpr model::change value{
      &model::kind_of<model::changes::create_sequence>, Sequence::value.name, {}, nullptr, &Sequence::value};
};

/// Makes a sequence another one: `alter_sequence<invoice_number>`, as it is afterwards, and back as its inverse. It stays
/// where it is; the server refuses it where that is outside of its new range, and nothing is changed. Another start counts
/// for one that is made again only. Raises MG_TARGET, MG_NO_CHANGE and SC_SEQUENCE.
template <class Sequence>
struct alter_sequence {
  static_assert(sizeof(Sequence) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::sequence_parameter<detail::declares<Sequence, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Sequence>
  requires detail::declares<Sequence, model::table>
struct alter_sequence<Sequence> {
  static constexpr model::change value{
      &model::kind_of<model::changes::alter_sequence>, Sequence::value.name, {}, nullptr, &Sequence::value};
};

/// Gives a sequence another name: `rename_sequence<"invoice_number", "bill_number">`. Defaults follow, and no release breaks
/// but one whose own SQL names it. Raises MG_TARGET, MG_EXISTS, SC_NAME and MG_DEPENDENT (raw SQL mentions it).
template <fixed_string Sequence, fixed_string NewName>
struct rename_sequence {
  static constexpr model::change value{&model::kind_of<model::changes::rename_sequence>, identifier_of<Sequence>, {}, nullptr,
                                       nullptr, identifier_of<NewName>};
};

/// Drops a sequence: `drop_sequence<"invoice_number">`. What is lost is how far it has counted: made again, it begins at its
/// start, and numbers that nothing stores any more come twice. So it is written inside lossy<> (MG_LOSSY). A step behind
/// that, which gives a column next_value_of it, lets it go on behind the largest number that the column stores. Raises
/// MG_TARGET and MG_DEPENDENT (a default draws from it, or raw SQL mentions it).
template <fixed_string Sequence>
struct drop_sequence {
  static constexpr model::change value{&model::kind_of<model::changes::drop_sequence>, identifier_of<Sequence>, {}};
};

}  // namespace dovetail
