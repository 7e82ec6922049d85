// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/postgresql.hpp>

/// What PostgreSQL does for partitions, so that nobody waits for a scan: a table that becomes a partition, and the default
/// one beside a new partition, prove by a CHECK that was validated before that their rows are where they belong. The server
/// then looks at none ("is implied by existing constraints", seen in 15.20 for ranges of one and of two columns, for lists
/// with and without NULL and for hashes).
namespace dovetail::detail {

/// A server without partitions, which refuses them.
template <class Dialect>
struct partition_ddl {
  static constexpr void create(script_builder&, const model::table&) {}
  static constexpr bool render(script_builder&, const model::operation&, const model::schema&, const model::schema&) { return false; }
};

template <int Major>
struct partition_ddl<postgresql<Major>> {
  using builder = script_builder;
  using Server = postgresql<Major>;

  static constexpr text_view proof = "dovetail partition ";  // no declared name ends with a space

  /// The partitions of a table that nobody else sees yet.
  static constexpr void create(builder& b, const model::table& t) {
    t.each_partition([&](const model::partition& p) { create_partition(b, Server::inside({}, lock_mode::none), t, p); });
  }

  /// Does the operation where it is about partitions, or is done otherwise to a partitioned table. The table as it is
  /// before and after stands in `before` and `after`.
  static constexpr bool render(builder& b, const model::operation& o, const model::schema& before, const model::schema& after) {
    if (o.kind == model::operation::what::create_table) {
      if (after.find(o.table)->find_partitioning() == nullptr) return false;
      create(b, *after.find(o.table), before);
      return true;
    }
    if (o.kind != model::operation::what::add_part && o.kind != model::operation::what::drop_part) return false;
    const bool adds = o.kind == model::operation::what::add_part;
    const model::table& t = *(adds ? after : before).find(o.table);
    const model::part& p = *(adds ? o.after : o.before);
    if (const model::partition* each = model::as_partition(&p)) {
      if (adds)
        before.find(p.name) != nullptr ? attach(b, t, *each) : add(b, t, *each);
      else if (const model::table* alone = after.find(p.name))
        detach(b, t, *each, *alone);
      else
        drop(b, t, *each);
      return true;
    }
    if (p.kind == model::part_kind::partitioning) {
      const auto& whole = static_cast<const model::partition&>(*t.find(model::part_kind::partition, o.renamed));
      adds ? convert(b, t, whole) : convert_back(b, t, whole, after);
      return true;
    }
    if (t.find_partitioning() == nullptr) return false;
    if (const model::index* i = model::as_index(&p)) {
      if (adds)
        add_index(b, t, *i);
      else
        transaction(b, [&] { drop_index(b, t.name, i->name); });
      return true;
    }
    if (!adds) return false;
    if (const model::key* k = model::as_key(&p)) {
      add_key(b, t, *k, after);
      return true;
    }
    const model::foreign_key* f = model::as_foreign_key(&p);
    if (f == nullptr || Major >= 18) return false;
    add_foreign_key(b, t, *f);
    return true;
  }

 private:
  static constexpr void put_value(text_buffer& out, const model::column& c, const model::default_value& value) {
    if (value.kind == model::default_kind::none) {
      out << "NULL";
      return;
    }
    model::column stored = c;
    stored.value = value;
    Server::put_default(out, stored);
  }
  static constexpr const model::column& key(const model::table& t, std::size_t i) {
    return *t.find_column(t.find_partitioning()->columns[i]);
  }
  static constexpr void put_bounds(text_buffer& out, const model::table& t, const model::partition& p) {
    const auto put_end = [&](text_view word, array_view<model::default_value> end, text_view open) {
      out << word << " (";
      for (std::size_t i = 0; i != t.find_partitioning()->columns.size(); ++i) {
        if (i != 0) out << ", ";
        if (end.empty())
          out << open;
        else
          put_value(out, key(t, i), end[i]);
      }
      out << ')';
    };
    switch (p.by) {
      case model::partition_method::range:
        put_end("FOR VALUES FROM", p.from, "MINVALUE");
        put_end(" TO", p.until, "MAXVALUE");
        break;
      case model::partition_method::list:
        out << "FOR VALUES IN (";
        sql::put_joined(out, ", ", p.values, [&](const model::default_value& each) { put_value(out, key(t, 0), each); });
        out << ')';
        break;
      case model::partition_method::hash:
        out << "FOR VALUES WITH (MODULUS " << p.modulus << ", REMAINDER " << p.remainder << ')';
        break;
      case model::partition_method::rest: out << "DEFAULT"; break;
    }
  }
  static constexpr void create_partition(builder& b, const statement& facts, const model::table& t, const model::partition& p) {
    b.add(facts, [&](text_buffer& out) {
      put_bounds(out << "CREATE TABLE " << sql::quoted{p.name} << " PARTITION OF " << sql::quoted{t.name} << ' ', t, p);
    });
  }
  /// What is true of its rows, in the form in which the server recognizes it.
  static constexpr void put_takes(text_buffer& out, const model::table& t, const model::partition& p) {
    const model::partitioning& by = *t.find_partitioning();
    // `("a" > 1 OR ("a" = 1 AND "b" >= 2))`.
    const auto put_end = [&](array_view<model::default_value> end, text_view beyond, text_view last) {
      if (end.empty()) return;
      out << " AND (";
      for (std::size_t n = 0; n != end.size(); ++n) {
        out << (n == 0 ? text_view("(") : text_view(" OR ("));
        for (std::size_t i = 0; i <= n; ++i) {
          out << (i == 0 ? text_view() : text_view(" AND ")) << sql::quoted{by.columns[i]}
              << (i != n ? text_view(" = ") : n + 1 == end.size() ? last : beyond);
          put_value(out, key(t, i), end[i]);
        }
        out << ')';
      }
      out << ')';
    };
    switch (p.by) {
      case model::partition_method::range:
        sql::put_joined(out, " AND ", by.columns, [&](const identifier& name) { out << sql::quoted{name} << " IS NOT NULL"; });
        put_end(p.from, " > ", " >= ");
        put_end(p.until, " < ", " < ");
        break;
      case model::partition_method::list: {
        list<model::default_value> values;
        for (const model::default_value& each : p.values)
          if (each.kind != model::default_kind::none) values.push_back(each);
        const bool null = values.size() != p.values.size();
        out << sql::quoted{by.columns[0]} << (null ? text_view(" IS NULL") : text_view(" IS NOT NULL"));
        if (values.empty()) break;
        out << (null ? text_view(" OR ") : text_view(" AND ")) << sql::quoted{by.columns[0]} << " IN (";
        sql::put_joined(out, ", ", values.all(), [&](const model::default_value& each) { put_value(out, key(t, 0), each); });
        out << ')';
        break;
      }
      case model::partition_method::hash: {
        text_buffer name;
        name << sql::quoted{t.name};
        Server::put_text(out << "satisfies_hash_partition(", name.all());
        out << "::regclass, " << p.modulus << ", " << p.remainder;
        for (const identifier& each : by.columns) out << ", " << sql::quoted{each};
        out << ')';
        break;
      }
      case model::partition_method::rest: {
        bool first = true;
        t.each_partition([&](const model::partition& other) {
          if (other.by == model::partition_method::rest) return;
          put_takes(out << (first ? text_view("NOT (") : text_view(" AND NOT (")), t, other);
          out << ')';
          first = false;
        });
        if (first) out << "true";
        break;
      }
    }
  }

  template <class Statements>
  static constexpr void transaction(builder& b, Statements statements) {
    Server::begin(b);
    statements();
    Server::commit(b);
  }
  /// The same with locks on the table, on others `beside` it, and on the targets of its foreign keys: see begin_brief.
  template <class Statements>
  static constexpr void transaction(builder& b, const model::table& t, std::initializer_list<text_view> beside, Statements statements) {
    list<text_view> others;
    for (const text_view each : beside)
      if (!each.empty()) others.push_back(each);
    text_view target;
    for (const model::part* p : t.parts)
      if (const model::foreign_key* f = model::as_foreign_key(p); f != nullptr && !(f->target == t.name))
        others.push_back(target = f->target);
    if (target.empty()) return transaction(b, statements);
    Server::begin_brief(b, Server::inside(t.name, lock_mode::none, target), [&](text_buffer& out) {
      out << "ONLY " << sql::quoted{t.name};
      for (const text_view each : others) out << ", " << sql::quoted{each};
    });
    statements();
    Server::commit(b);
  }
  static constexpr void drop_proof(builder& b, text_view table, bool exists) {
    statement facts = Server::inside(table, lock_mode::access_exclusive);
    facts.idempotent = !exists;
    Server::put_alter(b, facts, [&](text_buffer& out) {
      out << " DROP CONSTRAINT " << (exists ? text_view() : text_view("IF EXISTS ")) << sql::quoted{proof};
    });
  }
  /// Every row of the table satisfies `put(out)`, which is looked at while others write.
  template <class Put>
  static constexpr void prove(builder& b, text_view table, Put put) {
    transaction(b, [&] {
      drop_proof(b, table, false);
      Server::add_check(b, table, [&](text_buffer& out) {
        put(out << "CONSTRAINT " << sql::quoted{proof} << " CHECK (");
        out << ')';
      });
    });
    Server::validate_constraint(b, table, proof, {});
  }
  /// The default partition has no row of the new one.
  static constexpr const model::partition* prove_rest(builder& b, const model::table& t, const model::partition& added) {
    const model::partition* rest = t.default_partition();
    if (rest == nullptr || rest == &added) return nullptr;
    prove(b, rest->name, [&](text_buffer& out) {
      put_takes(out << "NOT (", t, added);
      out << ')';
    });
    return rest;
  }
  /// The partition is locked, the default one, and the targets of foreign keys; a statement's facts have room for one of them.
  static constexpr void put_attach(builder& b, const model::table& t, const model::partition& p, text_view also, bool scans = false) {
    statement facts = Server::inside(t.name, lock_mode::share_update_exclusive);
    facts.scans = scans;
    facts.also = also;
    facts.also_lock = also.empty() ? lock_mode::none : lock_mode::access_exclusive;
    if (also.empty())
      for (const model::part* each : t.parts)
        if (const model::foreign_key* f = model::as_foreign_key(each)) {
          facts.also = f->target;
          facts.also_lock = lock_mode::share_row_exclusive;
        }
    Server::put_alter(b, facts, [&](text_buffer& out) {
      put_bounds(out << " ATTACH PARTITION " << sql::quoted{p.name} << ' ', t, p);
    });
  }

  /// As a table without partitions comes, but for its foreign keys.
  static constexpr void create(builder& b, const model::table& t, const model::schema& before) {
    transaction(b, [&] {
      sql::each_enumeration(t, [&](const enumeration_labels& labels) {
        if (!sql::uses(before, labels)) Server::create_type(b, labels);
      });
      Server::create_table(b, t);
      create(b, t);
      Server::create_triggers(b, t);
    });
    for (const model::part* p : t.parts)
      if (const model::foreign_key* f = model::as_foreign_key(p)) {
        Server::begin_for(b, t.name, f);
        Server::add_foreign_key(b, t, *f, "");
        Server::commit(b);
      }
  }
  /// CREATE TABLE … PARTITION OF would keep everybody from the table (ACCESS EXCLUSIVE, seen in 15.20); attaching a new
  /// table keeps nobody, but for the targets of foreign keys, from which it keeps writers.
  static constexpr void add(builder& b, const model::table& t, const model::partition& p) {
    const model::partition* rest = prove_rest(b, t, p);
    transaction(b, t, {rest == nullptr ? text_view() : rest->name.text()}, [&] {
      b.add(Server::inside({}, lock_mode::none), [&](text_buffer& out) {
        out << "CREATE TABLE " << sql::quoted{p.name} << " (LIKE " << sql::quoted{t.name}
            << " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)";
      });
      put_attach(b, t, p, rest == nullptr ? text_view() : rest->name.text());
      if (rest != nullptr) drop_proof(b, rest->name, true);
    });
  }
  static constexpr void attach(builder& b, const model::table& t, const model::partition& p) {
    prove(b, p.name, [&](text_buffer& out) { put_takes(out, t, p); });
    const model::partition* rest = prove_rest(b, t, p);
    transaction(b, t, {p.name, rest == nullptr ? text_view() : rest->name.text()}, [&] {
      put_attach(b, t, p, rest == nullptr ? p.name.text() : rest->name.text());
      drop_proof(b, p.name, true);
      if (rest != nullptr) drop_proof(b, rest->name, true);
    });
  }

  static constexpr void put_name(text_buffer& out, text_view name) {
    text_buffer quoted;
    quoted << sql::quoted{name};
    Server::put_text(out, quoted.all());
  }
  /// A DO block, whose text `write(text_buffer&)` composes.
  template <class Write>
  static constexpr void add_block(builder& b, const statement& facts, Write write) {
    b.add(facts, [&](text_buffer& out) {
      text_buffer block;
      write(block);
      Server::put_text(out << "DO ", block.all());
    });
  }
  /// Since 14, and not beside a default partition ("cannot detach partitions concurrently when a default partition exists",
  /// seen in 15.20).
  static constexpr bool is_concurrent(const model::table& t) { return Major >= 14 && t.default_partition() == nullptr; }
  /// One that was stopped has done a part of it, and is begun again: the partition is attached, by the check that the
  /// server has left.
  static constexpr void detach_concurrently(builder& b, const model::table& t, const model::partition& p) {
    Server::concurrently(b, [&] {
      statement again = Server::outside(t.name, lock_mode::share_update_exclusive);
      again.idempotent = true;
      add_block(b, again, [&](text_buffer& block) {
        text_buffer name;
        name << sql::quoted{p.name};
        put_name(block << "BEGIN IF EXISTS (SELECT FROM pg_inherits WHERE inhdetachpending AND inhrelid = to_regclass(", p.name);
        block << ")) THEN ALTER TABLE " << sql::quoted{t.name} << " DETACH PARTITION " << name.all()
              << " FINALIZE; ALTER TABLE " << sql::quoted{t.name} << " ATTACH PARTITION " << name.all() << ' ';
        put_bounds(block, t, p);
        block << "; END IF; END";
      });
      statement facts = Server::outside(t.name, lock_mode::share_update_exclusive);
      facts.also = p.name;
      facts.also_lock = lock_mode::access_exclusive;
      facts.restart = 1;
      Server::put_alter(b, facts, [&](text_buffer& out) { out << " DETACH PARTITION " << sql::quoted{p.name} << " CONCURRENTLY"; });
    });
  }
  static constexpr void put_detach(builder& b, const model::table& t, const model::partition& p) {
    Server::put_alter(b, Server::inside(t.name, lock_mode::access_exclusive, p.name),
                      [&](text_buffer& out) { out << " DETACH PARTITION " << sql::quoted{p.name}; });
  }
  static constexpr void drop(builder& b, const model::table& t, const model::partition& p) {
    if (is_concurrent(t)) detach_concurrently(b, t, p);
    transaction(b, t, {p.name}, [&] {
      if (!is_concurrent(t)) put_detach(b, t, p);
      b.add(Server::inside(p.name, lock_mode::access_exclusive),
            [&](text_buffer& out) { out << "DROP TABLE " << sql::quoted{p.name}; });
    });
  }

  /// The index of the partition that belongs to an index or key of the table gets a name, while it can be found by that.
  /// `put_to(out)` writes it as a literal.
  template <class PutTo>
  static constexpr void rename_child(builder& b, const model::table& t, const model::part& of, text_view partition, PutTo put_to) {
    add_block(b, Server::inside(partition, lock_mode::share_update_exclusive), [&](text_buffer& block) {
      block << "DECLARE child record; BEGIN FOR child IN SELECT c.oid::regclass AS name, c.relname FROM pg_inherits h JOIN pg_index x ON "
               "x.indexrelid = h.inhrelid JOIN pg_class c ON c.oid = x.indexrelid WHERE x.indrelid = ";
      put_name(block, partition);
      block << "::regclass AND h.inhparent = ";
      if (of.kind == model::part_kind::primary_key) {
        put_name(block << "(SELECT indexrelid FROM pg_index WHERE indisprimary AND indrelid = ", t.name);
        block << "::regclass)";
      } else {
        text_buffer index;
        index << sql::beside{t.name, of.name};
        Server::put_text(block, index.all());
        block << "::regclass";
      }
      put_to(block << " LOOP IF child.relname <> ");
      put_to(block << " THEN EXECUTE format('ALTER INDEX %s RENAME TO %I', child.name, ");
      block << "); END IF; END LOOP; END";
    });
  }
  /// `visit(part, number)` for each part that has an index.
  template <class Visit>
  static constexpr void each_indexed(const model::table& t, Visit visit) {
    int number = 0;
    for (const model::part* p : t.parts)
      if (model::is_index(p) || p->kind == model::part_kind::primary_key) visit(*p, ++number);
  }
  /// A name for the time being.
  static constexpr void put_between(text_buffer& out, int number) {
    out << "dovetail partition " << static_cast<std::uint64_t>(number) << ' ';
  }

  static constexpr void detach(builder& b, const model::table& t, const model::partition& p, const model::table& alone) {
    // The first one of the table that is like it, and has not been taken for another.
    list<const model::part*> taken;
    transaction(b, [&] {
      for (const model::part* own : alone.parts) {
        if (!model::is_index(own)) continue;
        const model::part* twin = nullptr;
        for (const model::part* each : t.parts) {
          bool free = twin == nullptr && each->kind == own->kind && difference(*each, *own).empty();
          for (const model::part* other : taken) free = free && other != each;
          if (free) twin = each;
        }
        if (twin == nullptr) continue;
        taken.push_back(twin);
        rename_child(b, t, *twin, p.name, [&](text_buffer& out) { Server::put_text(out, own->name); });
      }
    });
    if (!is_concurrent(t)) {
      transaction(b, t, {p.name}, [&] { put_detach(b, t, p); });
      return;
    }
    detach_concurrently(b, t, p);
    // What the server has left to attach it again by.
    transaction(b, [&] {
      add_block(b, Server::inside(p.name, lock_mode::access_exclusive), [&](text_buffer& block) {
        block << "DECLARE bounds name; BEGIN FOR bounds IN SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ";
        put_name(block, p.name);
        block << "::regclass AND conname <> ALL (ARRAY[";
        bool first = true;
        for (const model::part* each : alone.parts)
          if (each->kind == model::part_kind::check) {
            if (!first) block << ", ";
            first = false;
            Server::put_text(block, each->name);
          }
        text_buffer name;
        name << "ALTER TABLE " << sql::quoted{p.name} << " DROP CONSTRAINT ";
        Server::put_text(block << "]::text[]) LOOP EXECUTE ", name.all());
        block << " || quote_ident(bounds); END LOOP; END";
      });
    });
  }

  // Indexes and keys. The table's own, which is empty, comes first, and is valid once each partition has its part of it,
  // which is built while others write.

  static constexpr void drop_index(builder& b, text_view table, text_view index) {
    statement facts = Server::inside(table, lock_mode::access_exclusive);
    facts.idempotent = true;
    b.add(facts, [&](text_buffer& out) { out << "DROP INDEX IF EXISTS " << sql::beside{table, index}; });
  }
  /// `measure_2026 measure_at_idx `, or with a number for the index where that is too long.
  static constexpr void put_child_name(text_buffer& out, text_view partition, const identifier& index) {
    text_buffer end;
    end << ' ' << index << ' ';
    partition = without_schema(partition);
    if (partition.size() + end.size() > longest_identifier) {
      end.clear();
      end << ' ' << index.hash << ' ';
    }
    put_shortened(out, partition, end.all());
  }
  template <class Build>
  static constexpr void build_children(builder& b, const model::table& t, const identifier& index, Build build) {
    t.each_partition([&](const model::partition& p) {
      text_buffer child;
      put_child_name(child, p.name, index);
      build(p, identifier(child.all()));
    });
    transaction(b, [&] {
      t.each_partition([&](const model::partition& p) {
        text_buffer child;
        put_child_name(child, p.name, index);
        b.add(Server::inside(t.name, lock_mode::none), [&](text_buffer& out) {
          out << "ALTER INDEX " << sql::beside{t.name, index} << " ATTACH PARTITION " << sql::beside{p.name, child.all()};
        });
      });
    });
  }
  static constexpr void add_index(builder& b, const model::table& t, const model::index& i) {
    transaction(b, [&] {
      drop_index(b, t.name, i.name);
      b.add(Server::inside(t.name, lock_mode::share), [&](text_buffer& out) {
        out << "CREATE " << (i.unique ? text_view("UNIQUE ") : text_view()) << "INDEX " << sql::quoted{i.name} << " ON ONLY "
            << sql::quoted{t.name} << ' ';
        sql::put_elements(out, i);
      });
    });
    build_children(b, t, i.name, [&](const model::partition& p, const identifier& child) {
      model::index own = i;
      own.name = child;
      Server::add_index(b, p.name, own);
    });
  }
  static constexpr void add_key(builder& b, const model::table& t, const model::key& k, const model::schema& after) {
    text_buffer named;
    if (k.kind == model::part_kind::primary_key)
      Server::put_primary_key_name(named, t.name, after);
    else
      named << k.name.text();
    const identifier name(named.all());
    transaction(b, [&] {
      const statement facts = Server::inside(t.name, lock_mode::access_exclusive);
      Server::put_alter(b, facts, [&](text_buffer& out) { out << " DROP CONSTRAINT IF EXISTS " << sql::quoted{name}; });
      b.add(facts, [&](text_buffer& out) {
        model::key own = k;
        own.name = name;
        out << "ALTER TABLE ONLY " << sql::quoted{t.name} << " ADD ";
        sql::put_constraint(out, own);
      });
    });
    build_children(b, t, name, [&](const model::partition& p, const identifier& child) {
      Server::build_index_of(b, p.name, child, k);
      Server::alter(b, p.name, [&](text_buffer& out) {
        out << " ADD CONSTRAINT " << sql::quoted{child}
            << (k.kind == model::part_kind::primary_key ? text_view(" PRIMARY KEY") : text_view(" UNIQUE")) << " USING INDEX "
            << sql::quoted{child} << sql::word(k.deferred);
      });
    });
  }
  /// "cannot add NOT VALID foreign key on partitioned table" (seen in 15.20; since 18 it can): each partition gets one,
  /// which is validated apart, and the table's own takes them for its.
  static constexpr void add_foreign_key(builder& b, const model::table& t, const model::foreign_key& f) {
    t.each_partition([&](const model::partition& p) {
      model::table alone = t;
      alone.name = p.name;
      Server::begin_for(b, p.name, &f);
      statement left_over = Server::inside(p.name, lock_mode::access_exclusive, f.target);
      left_over.idempotent = true;
      Server::put_alter(b, left_over, [&](text_buffer& out) { out << " DROP CONSTRAINT IF EXISTS " << sql::quoted{f.name}; });
      Server::add_foreign_key(b, alone, f, " NOT VALID");
      Server::commit(b);
      Server::validate_constraint(b, p.name, f.name, f.target.text());
    });
    Server::begin_for(b, t.name, &f);
    Server::add_foreign_key(b, t, f, "");
    Server::commit(b);
  }

  // A table becomes a partitioned one, in one transaction that changes nothing but the catalogue.

  /// What it is without its identity columns' numbers and its partitions, which come by themselves.
  struct stripped {
    list<model::column*> columns;
    list<const model::part*> parts;
    model::table value;

    constexpr stripped(const model::table& t) {
      for (const model::part* p : t.parts) {
        const model::column* c = model::as_column(p);
        if (p->kind == model::part_kind::partition) continue;
        if (c != nullptr && c->identity != model::identity_kind::none) {
          columns.push_back(new model::column(*c));
          columns.back()->identity = model::identity_kind::none;
          p = columns.back();
        }
        parts.push_back(p);
      }
      value = model::table(t.name, parts.all());
    }
    stripped(const stripped&) = delete;
    constexpr ~stripped() {
      for (model::column* each : columns) delete each;
    }
  };
  /// The numbers go on where they were, under the sequence's name.
  static constexpr void move_identity(builder& b, const model::table& t, text_view from, text_view to) {
    for (const model::part* p : t.parts) {
      const model::column* c = model::as_column(p);
      if (c == nullptr || c->identity == model::identity_kind::none) continue;
      add_block(b, Server::inside(from, lock_mode::access_exclusive, to), [&](text_buffer& block) {
        put_name(block << "DECLARE number text := pg_get_serial_sequence(", from);
        Server::put_text(block << ", ", c->name);
        block << "); last bigint := pg_sequence_last_value(number::regclass); BEGIN ALTER TABLE " << sql::quoted{from}
              << " ALTER COLUMN " << sql::quoted{c->name} << " DROP IDENTITY; EXECUTE ";
        text_buffer added;
        added << "ALTER TABLE " << sql::quoted{to} << " ALTER COLUMN " << sql::quoted{c->name} << " ADD GENERATED "
              << Server::word(c->identity) << " AS IDENTITY (SEQUENCE NAME ";
        Server::put_text(block, added.all());
        block << " || number || ')'; PERFORM setval(number, last); END";
      });
    }
  }
  /// Whoever may use the one may use the other; the owner as well.
  static constexpr void copy_privileges(builder& b, text_view from, text_view to) {
    add_block(b, Server::inside(to, lock_mode::access_exclusive), [&](text_buffer& block) {
      text_buffer name;
      name << sql::quoted{to};
      const auto put_to = [&](text_view before, text_view after) {
        text_buffer text;
        text << before << name.all() << after;
        Server::put_text(block, text.all());
      };
      put_name(block << "DECLARE given record; BEGIN FOR given IN SELECT c.relowner, a.grantee, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE "
                        "a.grantee::regrole::text END AS who, a.privilege_type AS what, CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' "
                        "ELSE '' END AS how FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = ",
               from);
      block << "::regclass AND a.grantee <> c.relowner LOOP EXECUTE 'GRANT ' || given.what || ";
      put_to(" ON ", " TO ");
      block << " || given.who || given.how; END LOOP; FOR given IN SELECT c.relowner::regrole::text AS who FROM pg_class c WHERE c.oid = ";
      put_name(block, from);
      block << "::regclass AND c.relowner <> current_user::regrole LOOP EXECUTE ";
      put_to("ALTER TABLE ", " OWNER TO ");
      block << " || given.who; END LOOP; END";
    });
  }
  static constexpr void rename_table(builder& b, text_view from, text_view to) {
    Server::put_alter(b, Server::inside(from, lock_mode::access_exclusive),
                      [&](text_buffer& out) { out << " RENAME TO " << sql::quoted{without_schema(to)}; });
  }
  static constexpr void rename_index(builder& b, text_view table, text_view from, text_view to) {
    b.add(Server::inside(table, lock_mode::share_update_exclusive),
          [&](text_buffer& out) { out << "ALTER INDEX " << sql::beside{table, from} << " RENAME TO " << sql::quoted{to}; });
  }
  static constexpr void rename_primary_key(builder& b, text_view table, text_view to) {
    add_block(b, Server::inside(table, lock_mode::share_update_exclusive), [&](text_buffer& block) {
      block << "BEGIN EXECUTE (SELECT format('ALTER INDEX %s RENAME TO %I', indexrelid::regclass, ";
      Server::put_text(block, to);
      put_name(block << ") FROM pg_index WHERE indisprimary AND indrelid = ", table);
      block << "::regclass); END";
    });
  }

  static constexpr void convert(builder& b, const model::table& t, const model::partition& whole) {
    // What a hash takes the server says of a partitioned table only ("is not a hash partitioned table", seen in 15.20).
    const bool proven = whole.by != model::partition_method::hash;
    if (proven) prove(b, t.name, [&](text_buffer& out) { put_takes(out, t, whole); });
    transaction(b, t, {}, [&] {
      rename_table(b, t.name, whole.name);
      each_indexed(t, [&](const model::part& p, int) {
        text_buffer child;
        put_child_name(child, whole.name, p.kind == model::part_kind::primary_key ? identifier("pkey") : p.name);
        if (p.kind == model::part_kind::primary_key)
          rename_primary_key(b, whole.name, child.all());
        else
          rename_index(b, whole.name, p.name, child.all());
      });
      const stripped made(t);
      Server::create_table(b, made.value);
      for (const model::part* p : t.parts)
        if (const model::foreign_key* f = model::as_foreign_key(p)) Server::add_foreign_key(b, t, *f, "");
      move_identity(b, t, whole.name, t.name);
      put_attach(b, t, whole, whole.name, !proven);
      if (proven) drop_proof(b, whole.name, true);
      t.each_partition([&](const model::partition& p) {
        if (&p != &whole) create_partition(b, Server::inside(t.name, lock_mode::access_exclusive), t, p);
      });
      copy_privileges(b, whole.name, t.name);
    });
  }
  static constexpr void convert_back(builder& b, const model::table& t, const model::partition& whole, const model::schema& after) {
    transaction(b, t, {whole.name}, [&] {
      b.add(Server::inside(t.name, lock_mode::access_exclusive, whole.name),
            [&](text_buffer& out) { out << "LOCK TABLE " << sql::quoted{t.name} << " IN ACCESS EXCLUSIVE MODE"; });
      // The names of the table's own indexes are free when it is gone.
      each_indexed(t, [&](const model::part& p, int number) {
        text_buffer between;
        put_between(between, number);
        rename_child(b, t, p, whole.name, [&](text_buffer& out) { Server::put_text(out, between.all()); });
      });
      put_detach(b, t, whole);
      list<identifier> columns;
      for (const model::part* p : t.parts)
        if (const model::column* c = model::as_column(p); c != nullptr && !c->is_generated()) columns.push_back(c->name);
      t.each_partition([&](const model::partition& p) {
        if (&p == &whole) return;
        statement facts = Server::inside(whole.name, lock_mode::access_exclusive, p.name);
        facts.scans = true;
        b.add(facts, [&](text_buffer& out) {
          sql::put_columns(out << "INSERT INTO " << sql::quoted{whole.name} << ' ', columns.all());
          sql::put_names(out << " SELECT ", columns.all());
          out << " FROM " << sql::quoted{p.name};
        });
      });
      move_identity(b, t, t.name, whole.name);
      copy_privileges(b, t.name, whole.name);
      b.add(Server::inside(t.name, lock_mode::access_exclusive),
            [&](text_buffer& out) { out << "DROP TABLE " << sql::quoted{t.name}; });
      rename_table(b, whole.name, t.name);
      each_indexed(t, [&](const model::part& p, int number) {
        text_buffer between;
        put_between(between, number);
        text_buffer name;
        if (p.kind == model::part_kind::primary_key)
          Server::put_primary_key_name(name, t.name, after);
        else
          name << p.name.text();
        rename_index(b, t.name, between.all(), name.all());
      });
      for (const model::part* p : t.parts)
        if (const text_view text = Server::comment_of(*p); !text.empty())
          b.add(Server::inside(t.name, lock_mode::share_update_exclusive),
                [&](text_buffer& out) { Server::put_comment(out, t.name, p->name, text); });
    });
  }
};

}  // namespace dovetail::detail
