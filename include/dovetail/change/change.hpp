// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/draft.hpp>
#include <dovetail/model/declare.hpp>
#include <dovetail/model/schema.hpp>

namespace dovetail::model {

struct change;

/// The rules of one kind of change, which stand together in the header of its name.
struct change_kind {
  text_view name;  ///< as users write it
  /// Does it to a draft, or reports why it cannot be done.
  void (*apply)(draft&, const change&);
  /// In which respect an inverse does not undo what the change does to rows, or empty; null where that is nothing.
  text_view (*left_undone)(const change&, const change& inverse, const schema& before) = nullptr;
};

/// A change as a value. Which members a kind uses, its header says.
struct change {
  const change_kind* kind;
  identifier table;
  identifier object;                      ///< the column, constraint or index that it is about
  const part* declared = nullptr;         ///< what it adds, or whose properties it gives the object
  const model::table* created = nullptr;  ///< the table that it creates
  identifier renamed{};                   ///< the new name
  text_view expression{};                 ///< how stored values become those of another type
  const data_change* data = nullptr;      ///< what it does to rows
};

/// The kind with the rules `Rules::name` and `Rules::apply`. `Rules::inverse` (see natural_inverse) is a template that no
/// kind points to: each names another kind, so that a program with one kind of change would compile all of them.
template <class Rules>
inline constexpr change_kind kind_of{Rules::name, &Rules::apply};
template <class Rules>
  requires requires { Rules::changes_rows; }
inline constexpr change_kind kind_of<Rules>{Rules::name, &Rules::apply, &Rules::left_undone};

constexpr void apply(draft& d, const change& c) { c.kind->apply(d, c); }

/// Reports what a new part of `table` shares with the tables that exist, and may not: as an index its name with another
/// index, with a table in any schema or with a constraint of its own table (MG_EXISTS), an enumeration of one name and other labels
/// (SC_TYPE). To be called before the part is added; false if it may not be.
constexpr bool check_shared_names(draft& d, const identifier& table, const part& added) {
  const enumeration_labels* labels = enumeration_of(&added);
  if (labels == nullptr && !is_relation(&added)) return true;
  const std::size_t before = d.findings.size();
  if (labels != nullptr) {
    d.each_table(model::table::bit_of(labels->name), [&](const model::table& t) {
      for (const part* p : t.parts)
        if (const enumeration_labels* other = enumeration_of(p);
            other != nullptr && other->name == labels->name && !(*other == *labels))
          d.report(code::SC_TYPE, table, added.name, labels->name, "declared otherwise elsewhere");
    });
    return d.findings.size() == before;
  }
  if (d.find(added.name) != nullptr) d.report(code::MG_EXISTS, table, added.name, added.name, "table");
  d.each_table(model::table::bit_of(added.name), [&](const model::table& t) {
    if (t.kind == source_kind::name_space && is_index(&added)) {
      text_buffer name;
      name << t.name << added.name;
      if (const model::table* other = d.find(identifier(name.all()))) d.report(code::MG_EXISTS, table, added.name, other->name, "table");
    }
    for (const part* p : t.parts)
      if (p->name.hash == added.name.hash && is_relation(p) && p->name == added.name)
        d.report(code::MG_EXISTS, table, added.name, t.name, word(p->kind));
  });
  if (const model::table* own = d.find(table))
    for (const part* p : own->parts)
      if (p->name.hash == added.name.hash && p->kind != part_kind::column && !is_relation(p) && is_index(&added) && p->name == added.name)
        d.report(code::MG_EXISTS, table, added.name, table, word(p->kind));
  return d.findings.size() == before;
}

/// The table that a change is about, or null, which is reported (MG_TARGET).
constexpr const table* target_table(draft& d, const change& c) {
  const table* t = d.find_table(c.table);
  if (t == nullptr) d.report(code::MG_TARGET, c.table, c.object, d.missing_table(c.table));
  return t;
}
/// The column that a change is about, or null, which is reported (MG_TARGET).
constexpr const column* target_column(draft& d, const change& c) {
  const table* t = target_table(d, c);
  const column* found = t == nullptr ? nullptr : t->find_column(c.object);
  if (t != nullptr && found == nullptr) d.report(code::MG_TARGET, c.table, c.object, "column");
  return found;
}

/// Reports what is wrong with a table as the draft has it.
constexpr void validate_in(auto& d, const identifier& table) {
  validate(*d.find(table), [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
}
/// Reports what is wrong with a part of a table as the draft has them.
constexpr void validate_in(draft& d, const identifier& table, const part& p) {
  std::size_t next = d.findings.size();
  validate(p, *d.find(table), [&](const identifier& n) { return d.find(n); }, d.proto(), d.findings);
  for (; next != d.findings.size(); ++next)
    d.findings[next].column_type = d.lasting(d.findings[next].column_type);
}

/// A view, function or routine mentions the name.
constexpr bool says(const table& source, const identifier& name) {
  if (source.kind == source_kind::table) return false;
  const text_view said = without_schema(name);
  return mentions(source.query, said) ||
         (source.routine != nullptr && (mentions(source.routine->arguments, said) || mentions(source.routine->result, said)));
}
inline constexpr text_view owned_sequence = "sequence that it owns";
/// A sequence is of the table, or of one column of it.
constexpr bool is_owned(const table& source, const identifier& table, const identifier& column) {
  const sequence* s = sequence_of(source);
  return s != nullptr && s->owner == table && (column.empty() || s->owner_column == column);
}
/// A trigger of the table runs the routine, in whose body the table's columns then need no name of the table.
constexpr bool runs(const table& t, const table& source) {
  if (source.kind == source_kind::routine)
    for (const part* p : t.parts)
      if (p->kind == part_kind::trigger && mentions(static_cast<const trigger*>(p)->action, without_schema(source.name))) return true;
  return false;
}
/// Calls `visit(sync)` for each sync of the table that copies from another.
template <class Visit>
constexpr void each_copying(const table& t, Visit visit) {
  if (!t.has_syncs) return;
  for (const part* p : t.parts)
    if (const sync* s = as_sync(p); s != nullptr && s->along != nullptr) visit(*s);
}
/// Reports that views, functions or routines mention the column, or the table where it is empty, that other tables copy from it,
/// or that it owns a sequence, and that they need it as it is (MG_DEPENDENT).
constexpr bool views_need(draft& d, const identifier& table, const identifier& column) {
  bool needed = false;
  const auto report = [&](const identifier& name, text_view kind) {
    needed = true;
    d.report(code::MG_DEPENDENT, table, column, name, kind);
  };
  d.each_table(table::bit_of(table), [&](const model::table& v) {
    if (v.kind == source_kind::table)
      each_copying(v, [&](const sync& s) {
        if (!(s.along->target == table)) return;
        bool named = column.empty() || contains(s.along->target_columns, column);
        for (const assignment& each : s.newer) named = named || each.expression == column.text();
        if (named) report(s.name, word(s.kind));
      });
    else if (is_owned(v, table, column))
      report(v.name, owned_sequence);
    else if (says(v, column.empty() ? table : column) && (column.empty() || says(v, table) || runs(*d.find(table), v)))
      report(v.name, word(v.kind));
  });
  return needed;
}

/// Reports the syncs of the table that copy from another (MG_DEPENDENT), whose triggers name this one.
constexpr bool copies_need(auto& d, const table& t) {
  const std::size_t before = d.findings.size();
  each_copying(t, [&](const sync& s) { d.report(code::MG_DEPENDENT, t.name, {}, s.name, word(s.kind)); });
  return d.findings.size() != before;
}
/// Reports what is wrong with those, now that something of their table is another (SC_SYNC).
constexpr void validate_copies_in(auto& d, const identifier& table) {
  each_copying(*d.find(table), [&](const sync& s) { validate_in(d, table, s); });
}

/// The same of the syncs of other tables that copy from it.
constexpr void validate_copies_of(auto& d, const identifier& table) {
  d.each_table(table::bit_of(table), [&](const model::table& t) {
    each_copying(t, [&](const sync& s) {
      if (s.along->target == table) validate_in(d, t.name, s);
    });
  });
}

}  // namespace dovetail::model

namespace dovetail::model::changes {

/// Nothing: what stands for a change whose parameters are wrong, which has been said where it is written.
struct nothing {
  static constexpr text_view name = "nothing";

  static constexpr void apply(draft&, const change&) {}
  static constexpr change inverse(const auto& c, const auto&) { return c; }
};

}  // namespace dovetail::model::changes

namespace dovetail::detail {

template <class T, class Value>
concept declares = requires { requires std::is_same_v<decltype(T::value), const Value>; };

inline constexpr model::change no_change{&model::kind_of<model::changes::nothing>, {}, {}};

/// A column of which only what is given counts: how a change carries a type or an option.
template <fixed_string Name, class Type, class... Options>
inline constexpr model::column column_with = make_column<Type, Options...>(identifier_of<Name>);

}  // namespace dovetail::detail
