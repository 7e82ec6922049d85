// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <dovetail/vocabulary/finding.hpp>
#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/sql_text.hpp>
#include <dovetail/vocabulary/sql_type.hpp>

namespace dovetail {

/// What a foreign key does to the referencing rows when the referenced row is deleted or its key changes.
enum class referential_action : unsigned char { no_action, restrict, cascade, set_null, set_default };

inline constexpr referential_action no_action = referential_action::no_action;
inline constexpr referential_action restrict = referential_action::restrict;
inline constexpr referential_action cascade = referential_action::cascade;
inline constexpr referential_action set_null = referential_action::set_null;
inline constexpr referential_action set_default = referential_action::set_default;

/// The schema as values. The same values serve at compile time, where they have static storage, and at run time, where
/// a schema that was introspected or made at random owns them: views and pointers do not say who owns what they name.
namespace model {

/// Constraints stand between columns and indexes.
enum class part_kind : unsigned char {
  column, primary_key, unique, foreign_key, check, exclusion, index, sync, trigger, comment, sequence,
  partitioning, partition
};

constexpr text_view word(part_kind kind) {
  switch (kind) {
    case part_kind::column: return "column";
    case part_kind::primary_key: return "primary key";
    case part_kind::unique: return "unique constraint";
    case part_kind::foreign_key: return "foreign key";
    case part_kind::check: return "check constraint";
    case part_kind::exclusion: return "exclusion constraint";
    case part_kind::index: return "index";
    case part_kind::sync: return "sync";
    case part_kind::trigger: return "trigger";
    case part_kind::comment: return "comment";
    case part_kind::sequence: return "sequence";
    case part_kind::partitioning: return "partition key";
    case part_kind::partition: return "partition";
  }
  return {};
}

/// What a table consists of. Parts are shared between versions by pointer; two versions whose table has the same
/// pointer to a part have the same part.
struct part {
  part_kind kind;
  identifier name;  ///< empty for the primary key, the partition key, the comment and the sequence: a table has at most one
};

/// What a message calls a part: its name, or what it is.
constexpr text_view name_of(const part& p) {
  return p.kind == part_kind::primary_key || p.kind == part_kind::partitioning ? word(p.kind) : p.name.text();
}

enum class default_kind : unsigned char { none, number, boolean, text, expression, next_value };

/// The value of a column that an INSERT omits.
struct default_value {
  default_kind kind = default_kind::none;
  text_view text;  ///< the number, `true` or `false`, the unquoted text, the SQL expression, or the name of a sequence

  friend constexpr bool operator==(const default_value&, const default_value&) = default;
};

enum class identity_kind : unsigned char { none, always, by_default };

/// Whether the server computes a column's values: when a row is written, or (SQL's VIRTUAL) when it is read.
enum class generated_kind : unsigned char { none, stored, computed };

/// What few columns have.
struct column_details {
  generated_kind generated = generated_kind::none;
  text_view expression{};  ///< of a generated column
  text_view collation{};   ///< of text; empty for the server's own
  text_view comment{};
};

inline constexpr column_details no_column_details{};

struct column : part {
  sql_type type;
  bool nullable = false;
  default_value value;
  identity_kind identity = identity_kind::none;
  const column_details* more = nullptr;  ///< null where there is nothing of it, so that other columns cost no more

  constexpr const column_details& details() const { return more == nullptr ? no_column_details : *more; }
  constexpr bool is_generated() const { return more != nullptr && more->generated != generated_kind::none; }
  constexpr bool is_computed() const { return more != nullptr && more->generated == generated_kind::computed; }
  /// An INSERT may leave it out.
  constexpr bool optional() const {
    return nullable || value.kind != default_kind::none || identity != identity_kind::none || is_generated();
  }
};

/// Whether a transaction may put off a constraint to its end, or does so unless it says otherwise.
enum class deferral : unsigned char { none, deferrable, initially_deferred };

/// A primary key or a unique constraint.
struct key : part {
  array_view<identifier> columns;
  deferral deferred = deferral::none;
  bool nulls_not_distinct = false;  ///< two NULLs are the same to it
};

struct foreign_key : part {
  array_view<identifier> columns;
  identifier target;
  array_view<identifier> target_columns;
  referential_action on_delete = referential_action::no_action;
  referential_action on_update = referential_action::no_action;
  deferral deferred = deferral::none;
};

/// They lead from the same columns to the same ones, under whatever name.
constexpr bool same_way(const foreign_key& a, const foreign_key& b) {
  return a.columns == b.columns && a.target == b.target && a.target_columns == b.target_columns;
}

struct check : part {
  text_view expression;
  identifier column;  ///< the one column that `rule` is about; empty where only the server understands the expression
  narrowing rule;
};

/// One thing that an index stands on, as it is declared: a column, or raw SQL.
struct index_key {
  identifier column;
  text_view expression{};
  bool descending = false;
  text_view nulls{};  ///< `NULLS FIRST`, `NULLS LAST`, or as the server likes
  text_view with{};   ///< of an exclusion constraint: the operator that two rows are compared with
};
/// Nothing but columns, in the order that a server gives them by itself.
constexpr bool are_columns(array_view<index_key> keys) {
  for (const index_key& k : keys)
    if (k.column.empty() || k.descending || !k.nulls.empty() || !k.with.empty()) return false;
  return true;
}
/// `"created_at" DESC, (lower(email))`.
constexpr void put_keys(text_buffer& out, array_view<index_key> keys) {
  for (const index_key& k : keys) {
    if (!out.empty()) out << ", ";
    if (k.column.empty())
      out << '(' << k.expression << ')';
    else
      out << sql::quoted{k.column};
    if (k.descending) out << " DESC";
    if (!k.nulls.empty()) out << ' ' << k.nulls;
    if (!k.with.empty()) out << " WITH " << k.with;
  }
}

/// One of these, as it stands in `index_details::elements`: a name in quotes, or raw SQL in
/// brackets, and what follows it.
struct index_element {
  text_view body{};  ///< the name with its quotes, or the SQL without its brackets
  bool is_sql = false;
  bool is_closed = true;
  text_view order{};  ///< ` DESC NULLS LAST`
  text_view with{};   ///< the operator of an exclusion constraint
};
/// The element that begins at `at`, which then is where the next one begins.
constexpr index_element next_element(text_view elements, std::size_t& at) {
  index_element e;
  e.is_sql = elements[at] == '(';
  const std::size_t begin = e.is_sql ? ++at : at;
  // Behind the bracket or the quote that closes it. A doubled quote closes and opens again, which comes to the same.
  char quote = '\0';
  int depth = 1;
  e.is_closed = false;
  for (; at != elements.size() && !e.is_closed; ++at) {
    const char c = elements[at];
    const bool doubled = at + 1 != elements.size() && elements[at + 1] == c;
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      e.is_closed = !e.is_sql && quote == '\0' && !doubled;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == ')') {
      depth += c == '(' ? 1 : -1;
      e.is_closed = e.is_sql && depth == 0;
    }
  }
  e.body = elements.substr(begin, at - begin - (e.is_sql && e.is_closed ? 1 : 0));
  const std::size_t order = at;
  while (at != elements.size() && elements[at] != ',') ++at;
  e.order = elements.substr(order, at - order);
  constexpr text_view with = " WITH ";
  for (std::size_t i = 0; i + with.size() <= e.order.size(); ++i)
    if (e.order[i] == ' ' && e.order.substr(i, with.size()) == with) {
      e.with = e.order.substr(i + with.size());
      e.order = e.order.substr(0, i);
      break;
    }
  e.is_closed = e.is_closed && (at == elements.size() || (at + 2 < elements.size() && elements[at + 1] == ' '));
  at = at + 2 < elements.size() ? at + 2 : elements.size();
  return e;
}

/// What few indexes have, and every exclusion constraint.
struct index_details {
  text_view elements{};               ///< all that it stands on, as SQL; empty where this is its columns as they are
  text_view predicate{};              ///< only the rows that satisfy it are in the index; empty where all are
  text_view method{};                 ///< empty for the server's default, a B-tree
  array_view<identifier> included{};  ///< columns that are stored beside those that it stands on
  deferral deferred = deferral::none;  ///< of an exclusion constraint
};
inline constexpr index_details no_index_details{};

struct index : part {
  array_view<identifier> columns;  ///< those that it stands on, but for what raw SQL names
  bool unique = false;
  const index_details* more = nullptr;  ///< null where there is nothing of it

  constexpr const index_details& details() const { return more == nullptr ? no_index_details : *more; }
  /// Calls `visit(element)` for each of its elements.
  template <class Visit>
  constexpr void each_element(Visit visit) const {
    const text_view elements = details().elements;
    for (std::size_t at = 0; at < elements.size();) visit(next_element(elements, at));
  }
  /// It stands on raw SQL, of which nothing is known.
  constexpr bool has_sql() const {
    bool any = false;
    if (more != nullptr) each_element([&](const index_element& e) { any = any || e.is_sql; });
    return any;
  }
  /// No two rows of the table have the same values in its columns.
  constexpr bool tells_apart() const { return unique && (more == nullptr || (more->predicate.empty() && !has_sql())); }
  /// Raw SQL of it satisfies `test(text)`.
  template <class Test>
  constexpr bool any_sql(Test test) const {
    if (more == nullptr) return false;
    bool any = !more->predicate.empty() && test(more->predicate);
    each_element([&](const index_element& e) { any = any || (e.is_sql && test(e.body)); });
    return any;
  }
};

/// No two rows are the same to all operators of its elements: a constraint, which the server keeps as an index of them.
struct exclusion : index {};

/// A column, and the SQL expression over others of its row that gives its value.
struct assignment {
  identifier column;
  text_view expression;

  friend constexpr bool operator==(const assignment&, const assignment&) = default;
};
constexpr bool assigns(array_view<assignment> all, const identifier& column) {
  for (const assignment& each : all)
    if (each.column == column) return true;
  return false;
}

enum class sync_side : unsigned char { none, older, newer };

/// Columns that say the same in two ways, which the server keeps in step row by row: whoever writes those of one side
/// writes the other. The older side may be empty: the newer columns then are filled in where an INSERT leaves them out.
struct sync : part {
  array_view<assignment> older;  ///< each computed of the newer ones
  array_view<assignment> newer;  ///< each computed of the older ones, or of any where those are none
  sync_side stale = sync_side::none;  ///< rows that existed before the sync may not have this side yet
  /// No release writes the newer side, shadows of other columns: each is a copy of its expression, a quoted name, after
  /// every write. The older side is empty.
  bool follows = false;
  /// Null where all is in one row. Else each newer column is a copy, in the row of a child, of a column of the row that
  /// this foreign key leads to, which its `expression` names; there are no older ones.
  const foreign_key* along = nullptr;
  /// With `along`, which leads each row to one of its own: releases write both sides, until the older columns, there, have gone.
  bool moves = false;

  constexpr array_view<assignment> side(sync_side which) const {
    return which == sync_side::older ? older : which == sync_side::newer ? newer : array_view<assignment>();
  }
  constexpr array_view<assignment> stale_side() const { return side(stale); }
  constexpr bool names(const identifier& column) const { return assigns(older, column) || assigns(newer, column); }
  /// It names the column, or goes by it.
  constexpr bool needs(const identifier& column) const {
    return (along != nullptr && contains(along->columns, column)) || names(column);
  }
};

/// What the server does when rows of the table are written.
struct trigger : part {
  text_view event;   ///< `BEFORE UPDATE OF name`
  text_view action;  ///< `FOR EACH ROW EXECUTE FUNCTION touch()`
};

/// What is said of a table.
struct comment : part {
  text_view text;
};

/// What a sequence is: the one part of a table that is a sequence.
struct sequence : part {
  type_kind type = type_kind::bigint;
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t min = 1;
  std::int64_t max = 1;
  std::int64_t cache = 1;
  bool cycles = false;
  identifier owner;         ///< the table with whose column it is dropped, or empty
  identifier owner_column;
};

/// How rows find their partition. `rest` is of a partition alone, the default one, which takes what no other does.
enum class partition_method : unsigned char { range, list, hash, rest };

struct table;

/// What is asked of partitions. Whoever declares some brings the answers, and nobody else compiles them.
struct partition_rules {
  /// Reports what a part of a partitioned table says that its partitions cannot be (SC_PARTITION).
  void (*validate)(const part&, const table&, const finding& proto, list<finding>& out);
  /// No partition takes some value that a writer may send to the column.
  bool (*may_miss)(const table&, const column&, const domain& sent);
};

/// What a table is partitioned by: its partition key.
struct partitioning : part {
  partition_method by = partition_method::range;
  array_view<identifier> columns;
  const partition_rules* rules = nullptr;  ///< not null
};

/// A partition, and which rows it takes. It has the columns, keys, indexes, checks and foreign keys of its table, and none
/// of its own; so no more than this is said of it.
struct partition : part {
  partition_method by = partition_method::range;
  array_view<default_value> from{};    ///< of a range: the first value, with one for each column of the key; empty for none
  array_view<default_value> until{};   ///< the same: the first value behind it
  array_view<default_value> values{};  ///< of a list; default_kind::none is NULL
  std::uint64_t modulus = 0;           ///< of a hash
  std::uint64_t remainder = 0;
};

constexpr const column* as_column(const part* p) {
  return p->kind == part_kind::column ? static_cast<const column*>(p) : nullptr;
}
constexpr const key* as_key(const part* p) {
  return p->kind == part_kind::primary_key || p->kind == part_kind::unique ? static_cast<const key*>(p) : nullptr;
}
constexpr const foreign_key* as_foreign_key(const part* p) {
  return p->kind == part_kind::foreign_key ? static_cast<const foreign_key*>(p) : nullptr;
}
constexpr const check* as_check(const part* p) {
  return p->kind == part_kind::check ? static_cast<const check*>(p) : nullptr;
}
constexpr const index* as_index(const part* p) {
  return p->kind == part_kind::index ? static_cast<const index*>(p) : nullptr;
}
/// What stands on elements: an index or an exclusion constraint.
constexpr const index* as_elements(const part* p) {
  return p->kind == part_kind::index || p->kind == part_kind::exclusion ? static_cast<const index*>(p) : nullptr;
}
constexpr const partitioning* as_partitioning(const part* p) {
  return p->kind == part_kind::partitioning ? static_cast<const partitioning*>(p) : nullptr;
}
constexpr const partition* as_partition(const part* p) {
  return p->kind == part_kind::partition ? static_cast<const partition*>(p) : nullptr;
}
constexpr const sync* as_sync(const part* p) {
  return p->kind == part_kind::sync ? static_cast<const sync*>(p) : nullptr;
}
constexpr const sequence* as_sequence(const part* p) {
  return p->kind == part_kind::sequence ? static_cast<const sequence*>(p) : nullptr;
}
/// The column's default is the next number of the sequence.
constexpr bool draws(const part& p, text_view sequence) {
  return p.kind == part_kind::column && static_cast<const column&>(p).value.kind == default_kind::next_value &&
         static_cast<const column&>(p).value.text == sequence;
}

/// The columns that a key, foreign key, exclusion constraint, index or partition key stands on; none for other parts.
constexpr array_view<identifier> columns_of(const part* p) {
  if (const key* k = as_key(p)) return k->columns;
  if (const foreign_key* k = as_foreign_key(p)) return k->columns;
  if (const index* i = as_elements(p)) return i->columns;
  if (const partitioning* by = as_partitioning(p)) return by->columns;
  return {};
}

/// Some raw SQL of the part satisfies `test(text)`: of a check, an exclusion constraint, an index, a sync, a trigger, or a generated
/// column.
template <class Test>
constexpr bool any_sql(const part& p, Test test) {
  if (const check* c = as_check(&p)) return test(c->expression);
  if (const index* i = as_elements(&p)) return i->any_sql(test);
  if (const sync* s = as_sync(&p)) {
    bool any = false;
    if (s->along != nullptr) return any;
    for (const assignment& each : s->older) any = any || test(each.expression);
    for (const assignment& each : s->newer) any = any || test(each.expression);
    return any;
  }
  if (p.kind == part_kind::trigger)
    return test(static_cast<const trigger&>(p).event) || test(static_cast<const trigger&>(p).action);
  const column* c = as_column(&p);
  return c != nullptr && c->is_generated() && test(c->more->expression);
}

/// A part of any kind in storage of its own: what a change makes of another part. A union, because all that a part is not
/// would be copied with it, time and again.
class any_part {
  /// A part, and what few of its kind have, if that is its own.
  template <class Part, class Details>
  struct detailed {
    Part value{};
    Details details{};
    bool owns = false;

    constexpr Details& own() {
      if (!owns) details = value.details();
      owns = true;
      value.more = &details;
      return details;
    }
  };
  union storage {
    detailed<column, column_details> of_column;
    key of_key;
    foreign_key of_foreign_key;
    check of_check;
    detailed<index, index_details> of_index;
    sync of_sync;
    trigger of_trigger;
    comment of_comment;
    sequence of_sequence;
    partitioning of_partitioning;
    partition of_partition;

    constexpr storage(const column& from = {}) : of_column{from} {}
    constexpr storage(const key& from) : of_key(from) {}
    constexpr storage(const foreign_key& from) : of_foreign_key(from) {}
    constexpr storage(const check& from) : of_check(from) {}
    constexpr storage(const index& from) : of_index{from} {}
    constexpr storage(const sync& from) : of_sync(from) {}
    constexpr storage(const trigger& from) : of_trigger(from) {}
    constexpr storage(const comment& from) : of_comment(from) {}
    constexpr storage(const sequence& from) : of_sequence(from) {}
    constexpr storage(const partitioning& from) : of_partitioning(from) {}
    constexpr storage(const partition& from) : of_partition(from) {}
  };
  static constexpr storage stored(const part& from) {
    switch (from.kind) {
      case part_kind::column: break;
      case part_kind::primary_key:
      case part_kind::unique: return static_cast<const key&>(from);
      case part_kind::foreign_key: return static_cast<const foreign_key&>(from);
      case part_kind::check: return static_cast<const check&>(from);
      case part_kind::exclusion:
      case part_kind::index: return static_cast<const index&>(from);
      case part_kind::sync: return static_cast<const sync&>(from);
      case part_kind::trigger: return static_cast<const trigger&>(from);
      case part_kind::comment: return static_cast<const comment&>(from);
      case part_kind::sequence: return static_cast<const sequence&>(from);
      case part_kind::partitioning: return static_cast<const partitioning&>(from);
      case part_kind::partition: return static_cast<const partition&>(from);
    }
    return static_cast<const column&>(from);
  }

  // Before its use, or clang does not find it in constant evaluation.
  template <class Visit>
  constexpr void each_list(Visit visit) {
    switch (kind_) {
      case part_kind::column:
      case part_kind::check:
      case part_kind::comment:
      case part_kind::sequence:
      case part_kind::trigger:
      case part_kind::partition:
      case part_kind::sync: break;
      case part_kind::partitioning: visit(is_.of_partitioning.columns); break;
      case part_kind::primary_key:
      case part_kind::unique: visit(is_.of_key.columns); break;
      case part_kind::exclusion:
      case part_kind::index:
        visit(is_.of_index.value.columns);
        if (is_.of_index.owns) visit(is_.of_index.details.included);
        break;
      case part_kind::foreign_key:
        visit(is_.of_foreign_key.columns);
        visit(is_.of_foreign_key.target_columns);
        break;
    }
  }

 public:
  constexpr any_part() = default;
  constexpr explicit any_part(const part& from) : kind_(from.kind), is_(stored(from)) {}

  constexpr part& get() {
    switch (kind_) {
      case part_kind::column: break;
      case part_kind::primary_key:
      case part_kind::unique: return is_.of_key;
      case part_kind::foreign_key: return is_.of_foreign_key;
      case part_kind::check: return is_.of_check;
      case part_kind::exclusion:
      case part_kind::index: return is_.of_index.value;
      case part_kind::sync: return is_.of_sync;
      case part_kind::trigger: return is_.of_trigger;
      case part_kind::comment: return is_.of_comment;
      case part_kind::sequence: return is_.of_sequence;
      case part_kind::partitioning: return is_.of_partitioning;
      case part_kind::partition: return is_.of_partition;
    }
    return is_.of_column.value;
  }
  constexpr const part& get() const { return const_cast<any_part&>(*this).get(); }

  /// What few columns have, of this one to be changed. Precondition: it is a column.
  constexpr column_details& details() { return is_.of_column.own(); }
  /// The same of few indexes. Precondition: it is an index or an exclusion constraint.
  constexpr index_details& details_of_index() { return is_.of_index.own(); }

  /// Gives the part its lists of names, those of a foreign key's target and those that an index includes last, and its
  /// text, an index's condition last, in storage that stays; their sizes are as they were. What is empty here is not the
  /// part's own and remains what it is.
  constexpr void own(array_view<identifier> names, text_view text) {
    std::size_t used = 0;
    if (!names.empty())
      each_list([&](array_view<identifier>& list) {
        list = {names.data() + used, list.size()};
        used += list.size();
      });
    if (kind_ == part_kind::column && is_.of_column.owns) {
      column_details& own = is_.of_column.own();
      if (!text.empty()) own.expression = text;
    } else if (is_elements() && is_.of_index.owns) {
      index_details& own = is_.of_index.own();
      if (text.empty()) return;
      const std::size_t elements = own.elements.size();
      own.elements = text.substr(0, elements);
      own.predicate = text.substr(elements);
    } else if (text.empty()) {
      return;
    } else if (kind_ == part_kind::check) {
      is_.of_check.expression = text;
    }
  }
  /// Names nothing in other storage any more, of what it owns.
  constexpr void disown(bool names, bool text) {
    const auto forget = [](auto& owned) { owned = {nullptr, owned.size()}; };
    if (names) each_list(forget);
    if (kind_ == part_kind::column && is_.of_column.owns) {
      is_.of_column.value.more = nullptr;
      if (text) forget(is_.of_column.details.expression);
    } else if (is_elements() && is_.of_index.owns) {
      is_.of_index.value.more = nullptr;
      if (!text) return;
      forget(is_.of_index.details.elements);
      forget(is_.of_index.details.predicate);
    } else if (!text) {
      return;
    } else if (kind_ == part_kind::check) {
      forget(is_.of_check.expression);
    }
  }

 private:
  constexpr bool is_elements() const { return kind_ == part_kind::index || kind_ == part_kind::exclusion; }

  part_kind kind_ = part_kind::column;
  storage is_{};
};

constexpr text_view difference(const column_details& a, const column_details& b) {
  if (a.generated != b.generated || !sql::same(a.expression, b.expression)) return "generated values";
  if (!(a.collation == b.collation)) return "collation";
  return a.comment == b.comment ? "" : "comment";
}
constexpr text_view difference(const index_details& a, const index_details& b) {
  if (!sql::same(a.elements, b.elements)) return "expressions and order";
  if (!sql::same(a.predicate, b.predicate)) return "condition";
  if (!(a.method == b.method)) return "method";
  if (!(a.included == b.included)) return "included columns";
  return a.deferred == b.deferred ? "" : "deferrable or not";
}
constexpr text_view difference(const sequence& a, const sequence& b) {
  if (a.type != b.type) return "type";
  if (a.start != b.start) return "start";
  if (a.increment != b.increment) return "increment";
  if (a.min != b.min || a.max != b.max) return "minimum or maximum";
  if (a.cache != b.cache) return "cache";
  if (a.cycles != b.cycles) return "cycle or not";
  return a.owner == b.owner && a.owner_column == b.owner_column ? "" : "owner";
}
/// In which respect two parts of one kind and name differ; empty where they are equal.
constexpr text_view difference(const part& a, const part& b) {
  if (&a == &b) return {};
  if (a.kind != b.kind) return "another kind";
  switch (a.kind) {
    case part_kind::column: {
      const auto& x = static_cast<const column&>(a);
      const auto& y = static_cast<const column&>(b);
      if (!(x.type == y.type)) return "type";
      if (x.nullable != y.nullable) return "null or not null";
      if (!(x.value == y.value)) return "default";
      if (x.identity != y.identity) return "identity";
      return x.more == y.more ? text_view() : difference(x.details(), y.details());
    }
    case part_kind::primary_key:
    case part_kind::unique: {
      const auto& x = static_cast<const key&>(a);
      const auto& y = static_cast<const key&>(b);
      if (!(x.columns == y.columns)) return "columns";
      if (x.deferred != y.deferred) return "deferrable or not";
      return x.nulls_not_distinct == y.nulls_not_distinct ? "" : "nulls distinct or not";
    }
    case part_kind::foreign_key: {
      const auto& x = static_cast<const foreign_key&>(a);
      const auto& y = static_cast<const foreign_key&>(b);
      if (!(x.columns == y.columns)) return "columns";
      if (!(x.target == y.target) || !(x.target_columns == y.target_columns)) return "target";
      if (x.on_delete != y.on_delete) return "action on delete";
      if (x.on_update != y.on_update) return "action on update";
      return x.deferred == y.deferred ? "" : "deferrable or not";
    }
    case part_kind::check:
      return sql::same(static_cast<const check&>(a).expression, static_cast<const check&>(b).expression) ? "" : "expression";
    case part_kind::exclusion:
    case part_kind::index: {
      const auto& x = static_cast<const index&>(a);
      const auto& y = static_cast<const index&>(b);
      if (!(x.columns == y.columns)) return "columns";
      if (x.unique != y.unique) return "unique or not";
      return x.more == y.more ? text_view() : difference(x.details(), y.details());
    }
    case part_kind::sync: {
      const auto& x = static_cast<const sync&>(a);
      const auto& y = static_cast<const sync&>(b);
      if (!(x.older == y.older)) return "older columns";
      if (!(x.newer == y.newer)) return "newer columns";
      if (x.along != y.along && (x.along == nullptr || y.along == nullptr || !same_way(*x.along, *y.along)))
        return "foreign key";
      if (x.follows != y.follows) return "what follows";
      if (x.moves != y.moves) return "what moves";
      return x.stale == y.stale ? "" : "what is filled";
    }
    case part_kind::trigger: {
      const auto& x = static_cast<const trigger&>(a);
      const auto& y = static_cast<const trigger&>(b);
      if (!sql::same(x.event, y.event)) return "event";
      return sql::same(x.action, y.action) ? "" : "action";
    }
    case part_kind::comment:
      return static_cast<const comment&>(a).text == static_cast<const comment&>(b).text ? "" : "text";
    case part_kind::sequence: return difference(static_cast<const sequence&>(a), static_cast<const sequence&>(b));
    case part_kind::partitioning: {
      const auto& x = static_cast<const partitioning&>(a);
      const auto& y = static_cast<const partitioning&>(b);
      if (x.by != y.by) return "range, list or hash";
      return x.columns == y.columns ? "" : "columns";
    }
    case part_kind::partition: {
      const auto& x = static_cast<const partition&>(a);
      const auto& y = static_cast<const partition&>(b);
      const bool same = x.by == y.by && x.from == y.from && x.until == y.until && x.values == y.values &&
                        x.modulus == y.modulus && x.remainder == y.remainder;
      return same ? "" : "bounds";
    }
  }
  return {};
}

}  // namespace model
}  // namespace dovetail
