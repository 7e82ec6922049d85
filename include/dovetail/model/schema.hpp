// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/model/part.hpp>
#include <dovetail/vocabulary/finding.hpp>

namespace dovetail::model {

/// Indexes, and the constraints that are indexes.
constexpr bool is_index(const part* p) {
  return p->kind == part_kind::index || p->kind == part_kind::unique || p->kind == part_kind::exclusion;
}
/// The names that have to be distinct in the whole schema, because servers keep them in one space: those of indexes and of
/// partitions (PostgreSQL manual, CREATE INDEX: "the name … is distinct from … any other relation").
constexpr bool is_relation(const part* p) { return is_index(p) || p->kind == part_kind::partition; }

/// The enumeration that a part uses, or null.
constexpr const enumeration_labels* enumeration_of(const part* p) {
  return p->kind == part_kind::column ? static_cast<const column*>(p)->type.labels : nullptr;
}

/// What rows come from. A view and a function have columns only, and are not written to. A routine and a sequence give no
/// rows, and have no columns: they are here because they are made, renamed and dropped as those are. So is a schema of the
/// server's, whose name ends with a schema_mark.
enum class source_kind : unsigned char { table, view, function, routine, sequence, name_space };
constexpr bool is_view(source_kind kind) {
  return kind == source_kind::view || kind == source_kind::function || kind == source_kind::routine;
}

constexpr text_view word(source_kind kind) {
  switch (kind) {
    case source_kind::table: return "table";
    case source_kind::view: return "view";
    case source_kind::function: return "function";
    case source_kind::routine: return "routine";
    case source_kind::sequence: return "sequence";
    case source_kind::name_space: return "schema";
  }
  return {};
}

/// What a routine is beside its name and its body.
struct routine_details {
  text_view language;
  text_view arguments{};
  text_view result{};      ///< empty for a procedure
  text_view attributes{};  ///< `IMMUTABLE STRICT`

  friend constexpr bool operator==(const routine_details&, const routine_details&) = default;
};

/// A table as a value: its name and its parts.
struct table {
  identifier name;
  array_view<const part*> parts;
  source_kind kind = source_kind::table;
  text_view query;  ///< of a view or function: the SELECT that it stands for; of a routine: its body
  identifier alias_of;  ///< of a view: the table whose rows it has, so that it is written to as well; else empty
  /// Of an alias: it has some columns of the other table only, and a row where they are not all NULL. Its parts are those of
  /// the table that it is to become (gradual_extract_table), and triggers that write for it.
  bool is_part = false;
  const routine_details* routine = nullptr;  ///< null for what is none
  /// A bit for each name that it shares with other tables, those of indexes and enumerations, and for each table that its
  /// foreign keys lead to, that it copies from or that owns it: most tables can be seen not to have a name without a look at their parts.
  std::uint64_t shared_names = 0;
  bool has_rules = false;  ///< a check narrows what a column stores
  bool has_syncs = false;  ///< columns of it are, or were, kept in step
  bool has_partitions = false;  ///< it is, or was, partitioned

  constexpr table() = default;
  constexpr table(const identifier& name, array_view<const part*> parts) : name(name), parts(parts) {
    for (const part* p : parts)
      if (p->kind != part_kind::column || static_cast<const column*>(p)->type.labels != nullptr) note_shared(p);
  }
  /// A view or function. Its query may share any name.
  constexpr table(const identifier& name, array_view<const part*> columns, source_kind kind, text_view query)
      : name(name), parts(columns), kind(kind), query(query), shared_names(~std::uint64_t{0}) {}
  constexpr void note_shared(const part* p) {
    if (is_relation(p)) shared_names |= bit_of(p->name);
    if (p->kind == part_kind::partition || p->kind == part_kind::partitioning) has_partitions = true;
    if (p->kind == part_kind::check && !static_cast<const check*>(p)->column.empty()) has_rules = true;
    if (p->kind == part_kind::foreign_key) shared_names |= bit_of(static_cast<const foreign_key*>(p)->target);
    if (const sync* s = as_sync(p)) {
      has_syncs = true;
      if (s->along != nullptr) shared_names |= bit_of(s->along->target);
    }
    if (const enumeration_labels* labels = enumeration_of(p)) shared_names |= bit_of(labels->name);
    if (const sequence* s = as_sequence(p)) {
      kind = source_kind::sequence;
      if (!s->owner.empty()) shared_names |= bit_of(s->owner);
    }
  }
  static constexpr std::uint64_t bit_of(const identifier& name) { return std::uint64_t{1} << (name.hash >> 58); }

  /// All that a column may store: what its type holds and its checks, where they are understood, leave of it.
  constexpr domain domain_of(const column& c) const {
    domain d = dovetail::domain_of(c.type);
    d.null = c.nullable;
    if (!has_rules) return d;
    for (const part* p : parts)
      if (p->kind == part_kind::check && static_cast<const check*>(p)->column == c.name)
        static_cast<const check*>(p)->rule.apply(d);
    return d;
  }

  /// The part of this kind and name, or null.
  constexpr const part* find(part_kind kind, const identifier& wanted) const {
    for (const part* p : parts)
      if (p->name.hash == wanted.hash && p->kind == kind && p->name == wanted) return p;
    return nullptr;
  }
  constexpr const column* find_column(const identifier& wanted) const {
    const part* found = find(part_kind::column, wanted);
    return found == nullptr ? nullptr : static_cast<const column*>(found);
  }
  /// The same, for one who asks for several columns: `next` is where to look first, and then the place behind the column,
  /// since they are mostly asked for in their order. One pass over the table then serves for all.
  constexpr const column* find_column(const identifier& wanted, std::size_t& next) const {
    const part* const* const all = parts.data();
    const std::size_t size = parts.size();
    for (std::size_t i = next; i < size; ++i)
      if (all[i]->name.hash == wanted.hash && all[i]->kind == part_kind::column && all[i]->name == wanted) {
        next = i + 1;
        return static_cast<const column*>(all[i]);
      }
    for (std::size_t i = 0; i < next; ++i)
      if (all[i]->name.hash == wanted.hash && all[i]->kind == part_kind::column && all[i]->name == wanted) {
        next = i + 1;
        return static_cast<const column*>(all[i]);
      }
    return nullptr;
  }
  /// The sync that keeps the column in step with others, or null.
  constexpr const sync* find_sync_of(const identifier& column) const {
    if (has_syncs)
      for (const part* p : parts)
        if (const sync* s = as_sync(p); s != nullptr && s->names(column)) return s;
    return nullptr;
  }
  /// Rows may not have the column's value yet.
  constexpr bool is_stale(const identifier& column) const {
    const sync* s = find_sync_of(column);
    return s != nullptr && assigns(s->stale_side(), column);
  }
  /// A trigger computes the column anew in every write.
  constexpr bool is_shadow(const identifier& column) const {
    const sync* s = find_sync_of(column);
    return s != nullptr && s->follows;
  }
  /// What it is partitioned by, or null.
  constexpr const partitioning* find_partitioning() const {
    if (has_partitions)
      for (const part* p : parts)
        if (const partitioning* by = as_partitioning(p)) return by;
    return nullptr;
  }
  /// Calls `visit(partition)` for each of its partitions.
  template <class Visit>
  constexpr void each_partition(Visit visit) const {
    if (has_partitions)
      for (const part* p : parts)
        if (const partition* each = as_partition(p)) visit(*each);
  }
  /// The partition of the rows that no other takes, or null.
  constexpr const partition* default_partition() const {
    const partition* found = nullptr;
    each_partition([&](const partition& p) {
      if (p.by == partition_method::rest) found = &p;
    });
    return found;
  }
  constexpr const key* primary_key() const {
    for (const part* p : parts)
      if (p->kind == part_kind::primary_key) return static_cast<const key*>(p);
    return nullptr;
  }
};

/// What a sequence is; null for what is none.
constexpr const sequence* sequence_of(const table& t) {
  return t.kind == source_kind::sequence ? as_sequence(t.parts[0]) : nullptr;
}

/// A table of these is, or was, partitioned.
constexpr bool any_partitioned(array_view<const table*> tables) {
  for (const table* t : tables)
    if (t->has_partitions) return true;
  return false;
}

/// A version of a schema as a value. Versions share the tables that a migration did not touch.
struct schema {
  identifier version;
  array_view<const table*> tables;
  bool partitioned = false;  ///< a table of it is, or was, partitioned

  constexpr const table* find(const identifier& wanted) const {
    for (const table* t : tables)
      if (t->name.hash == wanted.hash && t->name == wanted) return t;
    return nullptr;
  }
  /// The same, where a table of this name stood at `place` of another version; then, where it stands here.
  constexpr const table* find(const identifier& wanted, std::size_t& place) const {
    const table* const* const all = tables.data();
    const std::size_t size = tables.size();
    if (place < size && all[place]->name.hash == wanted.hash && all[place]->name == wanted) return all[place];
    for (std::size_t i = 0; i != size; ++i)
      if (all[i]->name.hash == wanted.hash && all[i]->name == wanted) return all[place = i];
    return nullptr;
  }
  /// The same, but for an alias the table that it stands for, and null for what has no rows.
  constexpr const table* find_rows(const identifier& wanted) const {
    const table* found = find(wanted);
    if (found == nullptr || found->kind >= source_kind::routine) return nullptr;  // or a sequence, or a schema
    return found->alias_of.empty() || found->is_part ? found : find(found->alias_of);
  }
  /// Rows of the table stand under another name as well, with columns that have other names or another key there.
  constexpr bool has_part(const table& t) const {
    for (const table* each : tables)
      if (each->is_part && (each == &t || each->alias_of == t.name)) return true;
    return false;
  }
};

/// Calls `report(kind, name, how, a, b)` for each part in which the tables differ: `how` is "missing" (only in a),
/// "extra" (only in b), or the respect in which they differ. The order of parts does not count.
template <class Report>
constexpr void compare(const table& a, const table& b, Report report) {
  if (&a == &b) return;
  const part* const* const in_a = a.parts.begin();
  const part* const* const in_b = b.parts.begin();
  const std::size_t size_a = a.parts.size();
  const std::size_t size_b = b.parts.size();
  // The twin stands at the same place, but for what a migration added and dropped. Most twins are one and the same part,
  // so that this loop and not the comparisons is what a step's proof costs: it makes no call.
  for (std::size_t i = 0; i != size_a; ++i) {
    const part* const p = in_a[i];
    const part* twin = i < size_b ? in_b[i] : nullptr;
    if (twin == p) continue;
    if (twin == nullptr || twin->kind != p->kind || !(twin->name == p->name)) twin = b.find(p->kind, p->name);
    if (twin == nullptr)
      report(*p, text_view("missing"));
    else if (const text_view how = difference(*p, *twin); !how.empty())
      report(*p, how);
  }
  for (std::size_t i = 0; i != size_b; ++i) {
    const part* const p = in_b[i];
    const part* const twin = i < size_a ? in_a[i] : nullptr;
    if (twin == p || (twin != nullptr && twin->kind == p->kind && twin->name == p->name)) continue;
    if (a.find(p->kind, p->name) == nullptr) report(*p, text_view("extra"));
  }
}

/// The findings of one difference each, all with the code and facts of `proto`.
constexpr void compare(const table& wanted, const table& actual, const finding& proto, list<finding>& out) {
  const auto report = [&](text_view object, text_view other, text_view how) {
    finding f = proto;
    f.table = wanted.name;
    f.object = object;
    f.other = other;
    f.detail = how;
    out.push_back(f);
  };
  if (wanted.kind != actual.kind) return report({}, word(wanted.kind), "table, view, function, routine or sequence");
  if (!(wanted.query == actual.query) || !(wanted.alias_of == actual.alias_of)) return report({}, word(wanted.kind), "query");
  if (wanted.kind == source_kind::routine && !(*wanted.routine == *actual.routine))
    return report({}, word(wanted.kind), "language, arguments, result or attributes");
  compare(wanted, actual, [&](const part& p, text_view how) {
    report(name_of(p), word(p.kind), how);
  });
}

/// The same for whole versions; a table that only one of them has is one difference.
constexpr void compare(const schema& wanted, const schema& actual, const finding& proto, list<finding>& out) {
  const auto report = [&](const table& t, text_view how) {
    finding f = proto;
    f.table = t.name;
    f.other = word(t.kind);
    f.detail = how;
    out.push_back(f);
  };
  for (const table* t : wanted.tables)
    if (const table* twin = actual.find(t->name); twin == nullptr)
      report(*t, "missing");
    else
      compare(*t, *twin, proto, out);
  for (const table* t : actual.tables)
    if (wanted.find(t->name) == nullptr) report(*t, "extra");
}

}  // namespace dovetail::model
