// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/tables.hpp>
#include <dovetail/model/partitions.hpp>

namespace dovetail {

namespace model::changes {

struct create_partition {
  static constexpr text_view name = "create_partition";

  static constexpr void apply(auto& d, const change& c) {
    if (target(d, c) == nullptr || !create_table::is_free(d, c.declared->name, c.declared->name)) return;
    add(d, c);
  }
  static constexpr change inverse(const auto&, const auto&);

  /// The table, if it is partitioned; reported otherwise (MG_TARGET).
  static constexpr const table* target(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr || t->find_partitioning() != nullptr) return t;
    d.report(code::MG_TARGET, c.table, {}, "partition key: the table is not partitioned");
    return nullptr;
  }
  static constexpr void add(auto& d, const change& c) {
    d.add(c.table, c.declared);
    validate_in(d, c.table, *c.declared);
  }
};

/// `renamed` is the partition. Whoever writes to the table may write to it, so that no object is named.
struct drop_partition {
  static constexpr text_view name = "drop_partition";

  static constexpr void apply(auto& d, const change& c) {
    if (!remove(d, c)) return;
    d.destroy();
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<create_partition>, c.table, c.renamed, t == nullptr ? nullptr : t->find(part_kind::partition, c.renamed)};
  }

  static constexpr bool remove(auto& d, const change& c) {
    const table* t = create_partition::target(d, c);
    if (t == nullptr) return false;
    const part* dropped = t->find(part_kind::partition, c.renamed);
    if (dropped == nullptr) {
      d.report(code::MG_TARGET, c.table, c.renamed, word(part_kind::partition));
      return false;
    }
    d.remove(c.table, dropped);
    validate_in(d, c.table, *t->find_partitioning());
    return d.findings.empty();
  }
};
constexpr change create_partition::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_partition>, c.table, {}, nullptr, nullptr, c.declared->name};
}

/// Reports who refers to the table by more than its name (MG_DEPENDENT), and would go on with what is another one then.
constexpr bool is_referred_to(auto& d, const identifier& table) {
  bool needed = views_need(d, table, {});
  each_reference(d, table, [&](const model::table&, const foreign_key& f) {
    needed = true;
    d.report(code::MG_DEPENDENT, table, {}, f.name, word(f.kind));
  });
  return needed;
}

/// What a table and a partition have to have alike, so that the one becomes the other without a row being touched.
struct standalone {
  /// Reports in which respects they differ (MG_PARTITION). A constraint of the one has its twin in the other: under its own
  /// name, if it is a check or a foreign key, whose names the server keeps; indexes have other names in each table.
  static constexpr bool fits(auto& d, const table& alone, const table& parent) {
    const std::size_t before = d.findings.size();
    const auto report = [&](const part& p, text_view detail) {
      d.report(code::MG_PARTITION, alone.name, name_of(p), parent.name, detail);
    };
    for (const part* p : alone.parts) {
      const column* c = as_column(p);
      if (c != nullptr && c->identity != identity_kind::none)
        report(*p, "the partitioned table numbers the rows: declare the column of the other without identity");
      else if (p->kind == part_kind::comment || (c != nullptr && !c->details().comment.empty()))
        report(*p, "a partition has no comment: leave it out of the table");
      else if (p->kind == part_kind::trigger || p->kind == part_kind::sync || p->kind == part_kind::partitioning ||
               p->kind == part_kind::partition)
        report(*p, "a partition has no triggers, syncs or partitions of its own: leave them out of the table");
      else if (!has_twin(parent, *p))
        report(*p, "the partitioned table has nothing like it: declare both with it, or none");
    }
    for (const part* p : parent.parts) {
      if (p->kind == part_kind::sync)
        report(*p, "the rows of a table that comes or goes would not be kept in step: end the sync first");
      else if (p->kind <= part_kind::index && !has_twin(alone, *p))
        report(*p, "only the partitioned table has it: declare both with it, or none");
    }
    return d.findings.size() == before;
  }

 private:
  static constexpr bool has_twin(const table& of, const part& p) {
    for (const part* other : of.parts) {
      if (other->kind != p.kind) continue;
      if (!is_index(&p) && !(other->name == p.name)) continue;
      const column* c = as_column(&p);
      if (c == nullptr ? difference(p, *other).empty() : is_same(*c, static_cast<const column&>(*other))) return true;
    }
    return false;
  }
  static constexpr bool is_same(column a, column b) {
    column_details x = a.details();
    column_details y = b.details();
    x.comment = y.comment = {};
    a.more = &x;
    b.more = &y;
    a.identity = b.identity = identity_kind::none;
    return difference(a, b).empty();
  }
};

struct attach_partition {
  static constexpr text_view name = "attach_partition";

  static constexpr void apply(auto& d, const change& c) {
    const table* parent = create_partition::target(d, c);
    if (parent == nullptr) return;
    const identifier& named = c.declared->name;
    const table* alone = d.find_table(named);
    if (alone == nullptr || named == c.table) {
      d.report(code::MG_TARGET, c.table, named, d.missing_table(named));
      return;
    }
    if (is_referred_to(d, named) || !standalone::fits(d, *alone, *parent)) return;
    d.drop(named);
    d.absorb();
    create_partition::add(d, c);
  }
  static constexpr change inverse(const auto&, const auto&);
};

/// The table that the partition becomes stands in `created`.
struct detach_partition {
  static constexpr text_view name = "detach_partition";

  static constexpr void apply(auto& d, const change& c) {
    const table* parent = create_partition::target(d, c);
    if (parent == nullptr || !standalone::fits(d, *c.created, *parent) || !drop_partition::remove(d, c)) return;
    bool free = true;
    for (const part* p : c.created->parts) free = check_shared_names(d, c.created->name, *p) && free;
    if (!free) return;
    d.create(*c.created);
    d.absorb();
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<attach_partition>, c.table, {}, t == nullptr ? nullptr : t->find(part_kind::partition, c.renamed)};
  }
};
constexpr change attach_partition::inverse(const auto& c, const auto& before) {
  return {&kind_of<detach_partition>, c.table, {}, nullptr, before.find(c.declared->name), c.declared->name};
}

/// What is to be its partition key and its partitions are parts of `created`; `renamed` is the one that the table becomes.
struct partition_table {
  static constexpr text_view name = "partition_table";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr) return;
    if (t->find_partitioning() != nullptr) {
      d.report(code::MG_EXISTS, c.table, {}, word(part_kind::partitioning));
      return;
    }
    if (is_needed(d, *t) || !stays(d, c)) return;
    const part* key = nullptr;
    for (const part* p : c.created->parts) {
      if (p->kind == part_kind::partitioning) key = p;
      if (p->kind != part_kind::partition) continue;
      if (!create_table::is_free(d, p->name, p->name)) return;
      d.add(c.table, p);
      d.absorb();
    }
    d.add(c.table, key);
    d.name(c.renamed);
    validate_in(d, c.table);
  }
  static constexpr change inverse(const auto&, const auto&);

  /// The partition and the table are in one schema: the one is renamed to the other.
  static constexpr bool stays(auto& d, const change& c) {
    if (schema_of(c.renamed) == schema_of(c.table)) return true;
    d.report(code::MG_PARTITION, c.table, {}, c.renamed, "name the partition in the schema of the table, where its rows are");
    return false;
  }
  static constexpr bool is_needed(auto& d, const table& t) {
    bool needed = is_referred_to(d, t.name);
    for (const part* p : t.parts)
      if (p->kind == part_kind::trigger || p->kind == part_kind::sync) {
        needed = true;
        d.report(code::MG_DEPENDENT, t.name, {}, p->name, word(p->kind));
      }
    return needed;
  }
};

/// `renamed` is the partition that the whole table becomes.
struct unpartition_table {
  static constexpr text_view name = "unpartition_table";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = create_partition::target(d, c);
    if (t == nullptr) return;
    if (t->find(part_kind::partition, c.renamed) == nullptr) {
      d.report(code::MG_TARGET, c.table, c.renamed, word(part_kind::partition));
      return;
    }
    if (partition_table::is_needed(d, *t) || !partition_table::stays(d, c)) return;
    list<const part*> partitions;
    t->each_partition([&](const partition& p) { partitions.push_back(&p); });
    const part* key = t->find_partitioning();
    for (const part* p : partitions) {
      d.remove(c.table, p);
      d.absorb();
    }
    d.remove(c.table, key);
    d.name(c.renamed);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<partition_table>, c.table, {}, nullptr, before.find(c.table), c.renamed};
  }
};
constexpr change partition_table::inverse(const auto& c, const auto&) {
  return {&kind_of<unpartition_table>, c.table, {}, nullptr, nullptr, c.renamed};
}

}  // namespace model::changes

namespace detail {
template <bool Right>
struct partition_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] a partition is a range_partition, list_partition, hash_partition or default_partition");
};
template <bool Right>
struct partition_key_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] partition_table takes partitioned_by_range, _list or _hash, and then partitions");
};
}  // namespace detail

/// Makes a partition of a partitioned table: `create_partition<"measure", range_partition<"measure_2027",
/// from<"2027-01-01">, until<"2028-01-01">>>`. Its inverse drop_partition loses what is written to it meanwhile (DT_LOST). On
/// PostgreSQL nobody who reads or writes the table waits; a default partition is read beforehand, in the background, and a
/// row in it that belongs to the new one stops the step. Raises MG_TARGET (no such table, or it is not partitioned),
/// MG_EXISTS, and SC_PARTITION.
template <fixed_string Table, class Partition>
struct create_partition {
  static_assert(sizeof(Partition) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::partition_parameter<detail::declares<Partition, model::partition>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Partition>
  requires detail::declares<Partition, model::partition>
struct create_partition<Table, Partition> {
  static constexpr model::change value{&model::kind_of<model::changes::create_partition>, identifier_of<Table>, {},
                                       &Partition::value};
};

/// Drops a partition and all its rows: `drop_partition<"measure", "measure_2020">`, inside lossy<> (MG_LOSSY). Raises
/// MG_TARGET, and SC_PARTITION where the others do without it what they may not.
template <fixed_string Table, fixed_string Partition>
struct drop_partition {
  static constexpr model::change value{
      &model::kind_of<model::changes::drop_partition>, identifier_of<Table>, {}, nullptr, nullptr, identifier_of<Partition>};
};

/// Makes a partition of a table that has the partition's name: `attach_partition<"measure", range_partition<"measure_2025",
/// from<"2025-01-01">, until<"2026-01-01">>>`. Afterwards units find its rows in the partitioned table only. It has the same
/// columns, keys, indexes, checks and foreign keys (MG_PARTITION); the names of keys and indexes are its own. Its rows are
/// looked at beforehand, in the background, and one that does not belong there stops the step. Raises MG_TARGET,
/// MG_DEPENDENT (a view, function or foreign key leads to the table), MG_PARTITION and SC_PARTITION.
template <fixed_string Table, class Partition>
struct attach_partition {
  static_assert(sizeof(Partition) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::partition_parameter<detail::declares<Partition, model::partition>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Partition>
  requires detail::declares<Partition, model::partition>
struct attach_partition<Table, Partition> {
  static constexpr model::change value{&model::kind_of<model::changes::attach_partition>, identifier_of<Table>, {},
                                       &Partition::value};
};

/// Makes a table of a partition, of the partition's name, with all its rows: `detach_partition<"measure", measure_2025>`. The
/// table is declared as attach_partition, its inverse, asks for it. Raises what attach_partition raises.
template <fixed_string Table, class Alone>
struct detach_partition {
  static_assert(sizeof(Alone) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::table_parameter<detail::declares<Alone, model::table>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Alone>
  requires detail::declares<Alone, model::table>
struct detach_partition<Table, Alone> {
  static constexpr model::change value{
      &model::kind_of<model::changes::detach_partition>, identifier_of<Table>, {}, nullptr, &Alone::value, Alone::value.name};
};

/// Partitions a table whose releases go on meanwhile: `partition_table<"measure", partitioned_by_range<"at">,
/// range_partition<"measure_old", from<>, until<"2027-01-01">>, range_partition<…>…>`. The table, with all its rows and
/// indexes, becomes the first partition: let that one take every row that is there, and every row that comes before the step
/// is done. Then a new table, of its name, takes its place, and has the others. No row is copied. By hash, they are looked at
/// while nobody reads or writes the table; where that takes longer than ten seconds, nothing is changed. Its unique keys have
/// the partition key already (SC_PARTITION); what would go on with the old table, such as a view of it or a foreign key to
/// it, is dropped before (MG_DEPENDENT). Raises MG_TARGET and MG_EXISTS.
template <fixed_string Table, class Key, class... Partitions>
struct partition_table {
  static_assert(sizeof(detail::partition_key_parameter<detail::declares<Key, model::partitioning> && sizeof...(Partitions) != 0 &&
                                                       (detail::declares<Partitions, model::partition> && ...)>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Key, class... Partitions>
  requires(detail::declares<Key, model::partitioning> && sizeof...(Partitions) != 0 &&
           (detail::declares<Partitions, model::partition> && ...))
struct partition_table<Table, Key, Partitions...> {
  static constexpr model::table parts{identifier_of<Table>, detail::pointers_to<model::part, Key, Partitions...>::value};
  static constexpr model::change value{
      &model::kind_of<model::changes::partition_table>, identifier_of<Table>, {}, nullptr, &parts, parts.parts[1]->name};
};
/// Makes one table of a partitioned one: `unpartition_table<"measure", "measure_old">`. The partition named becomes the table,
/// and gets the rows of all others, which go. These rows are copied while nobody reads or writes the table; where that takes
/// longer than ten seconds, nothing is changed. Raises MG_TARGET and MG_DEPENDENT.
template <fixed_string Table, fixed_string Partition>
struct unpartition_table {
  static constexpr model::change value{
      &model::kind_of<model::changes::unpartition_table>, identifier_of<Table>, {}, nullptr, nullptr, identifier_of<Partition>};
};

}  // namespace dovetail
