// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/draft.hpp>
#include <dovetail/change/references.hpp>
#include <dovetail/ddl/copies.hpp>
#include <dovetail/ddl/moves.hpp>
#include <dovetail/ddl/postgresql_refusals.hpp>
#include <dovetail/ddl/statement.hpp>
#include <dovetail/ddl/syncs.hpp>

namespace dovetail {

namespace detail {
template <int Major>
struct postgresql_version {
  static_assert(Major >= 12, "[dovetail/DL_UNSUPPORTED] dovetail knows PostgreSQL 12 and newer");
};
}  // namespace detail

/// PostgreSQL of a major version, 12 or newer. Its scripts take the safe forms: indexes concurrently and outside of a
/// transaction, foreign keys NOT VALID and then validated apart, each lock behind a lock_timeout, one table at a time.
/// The facts of each statement were measured on 15 (tests/servers).
template <int Major>
struct postgresql : private detail::postgresql_types {
  static_assert(sizeof(detail::postgresql_version<Major>) != 0);

  using builder = detail::script_builder;

  static constexpr text_view name = "PostgreSQL";

  /// Why this server cannot have a table, or a part of one, or empty.
  static constexpr text_view refuses(const auto&... what) { return detail::postgresql_refusals<Major>::refuses(what...); }

  // A whole version, for an empty database: one transaction, in which nobody can be blocked.

  static constexpr void create_begin(builder& b) { begin(b); }
  static constexpr void create_types(builder& b, const model::schema& s, const model::table& t) {
    sql::each_enumeration(t, [&](const enumeration_labels& labels) {
      // The first table that uses the type makes it.
      for (const model::table* earlier : s.tables) {
        if (earlier == &t) break;
        bool made = false;
        sql::each_enumeration(*earlier, [&](const enumeration_labels& other) { made = made || other.name == labels.name; });
        if (made) return;
      }
      create_type(b, labels);
    });
  }
  static constexpr void create(builder& b, const model::schema& s, const model::table& t) {
    if (&t == s.tables[0]) {
      for (const model::table* each : s.tables)
        if (each->kind == model::source_kind::name_space) create_schema(b, each->name);
      // Defaults need them; the tables that own them come later.
      for (const model::table* each : s.tables)
        if (const model::sequence* numbers = model::sequence_of(*each))
          b.add(inside({}, lock_mode::none), [&](text_buffer& out) { sql::put_create_sequence(out, each->name, *numbers); });
    }
    create_types(b, s, t);
    if (t.kind != model::source_kind::table) return;
    for (const model::table* each : s.tables)
      if (first_caller(s, *each) == &t) create_source(b, *each);
    create_table(b, t);
  }
  static constexpr void create_references(builder& b, const model::schema&, const model::table& t) {
    if (const model::sequence* numbers = model::sequence_of(t); numbers != nullptr && !numbers->owner.empty())
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
        sql::put_owner(out << "ALTER SEQUENCE " << sql::quoted{t.name}, *numbers);
      });
    if (t.kind != model::source_kind::table) return;
    for (const model::part* p : t.parts)
      if (const model::foreign_key* f = model::as_foreign_key(p)) add_foreign_key(b, t, *f, "");
    for (const model::part* p : t.parts)
      if (const model::sync* s = model::as_sync(p); s != nullptr && s->along != nullptr) {
        create_sync(b, t.name, *s, lock_mode::none);
        create_parent_trigger(b, *s, lock_mode::none);
      }
  }
  static constexpr void create_end(builder& b, const model::schema& s) {
    for (const model::table* t : s.tables)
      if (first_caller(s, *t) == nullptr) create_source(b, *t);
    for (const model::table* t : s.tables) create_triggers(b, *t);
    commit(b);
  }

  // What a change does, one thing at a time.

  static constexpr void render(builder& b, const model::operation& o, const model::schema& before,
                               const model::schema& after) {
    using enum model::operation::what;
    switch (o.kind) {
      case create_table:
        if (after.find(o.table)->kind == model::source_kind::table) {
          add_table(b, *after.find(o.table), before);
        } else if (const model::sequence* numbers = model::sequence_of(*after.find(o.table))) {
          begin(b);
          b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
            sql::put_create_sequence(out, o.table, *numbers);
            if (!numbers->owner.empty()) sql::put_owner(out, *numbers);
          });
          commit(b);
        } else {
          begin(b);
          if (after.find(o.table)->kind == model::source_kind::name_space) create_schema(b, o.table);
          create_source(b, *after.find(o.table), before.find(o.table) != nullptr);
          create_triggers(b, *after.find(o.table));
          commit(b);
        }
        break;
      case drop_table:
        if (before.find(o.table)->kind == model::source_kind::table)
          drop_table_with_types(b, *before.find(o.table), after);
        else
          drop_source(b, *before.find(o.table));
        break;
      case set_labels: set_labels_of(b, *o.labels_before, *o.labels_after, before, after); break;
      case rename_table:
        rename_relation(b, o, model::sequence_of(*before.find(o.table)) != nullptr ? text_view("ALTER SEQUENCE ") : "ALTER TABLE ");
        break;
      case add_part: add_part_to(b, *after.find(o.table), *o.after, before, after); break;
      case drop_part: drop_part_of(b, *before.find(o.table), *o.before, after); break;
      case alter_part:
        if (o.before != nullptr && o.before->kind == model::part_kind::sync)
          fill_sync(b, before, *before.find(o.table), static_cast<const model::sync&>(*o.before), static_cast<const model::sync&>(*o.after));
        else if (const model::sequence* numbers = model::as_sequence(o.after))
          alter_sequence(b, o.table, lock_mode::share_row_exclusive, [&](text_buffer& out) {
            sql::put_sequence(out, *numbers);
            sql::put_owner(out, *numbers);
          });
        else if (const model::part* p = o.after; p->kind == model::part_kind::comment)
          set_comment(b, o.table, {}, static_cast<const model::comment&>(*p).text);
        else if (!o.renamed.empty())
          exchange(b, o, before, after);
        else if (!(o.before->name == o.after->name))
          rename(b, o);
        else if (const model::foreign_key* f = model::as_foreign_key(o.after))
          alter(b, o.table, [&](text_buffer& out) {
            out << " ALTER CONSTRAINT " << sql::quoted{f->name}
                << (f->deferred == model::deferral::none ? text_view(" NOT DEFERRABLE") : sql::word(f->deferred));
          });
        else
          alter_column(b, o.table, static_cast<const model::column&>(*o.before),
                       static_cast<const model::column&>(*o.after), o.expression, before, after);
        break;
      case update_rows: update_in_batches(b, o, table_of(o.table, before, after)); break;
      case insert_rows:
      case delete_rows: change_rows(b, o, table_of(o.table, before, after)); break;
      case run_sql: run_opaque(b, o.table, *o.data->sql); break;
    }
  }

 private:
  static constexpr void create_schema(builder& b, text_view name) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) { out << "CREATE SCHEMA " << sql::quoted{schema_of(name)}; });
  }
  /// Gives it another name, or moves it to another schema: the indexes of a table and what numbers its rows go along.
  static constexpr void rename_relation(builder& b, const model::operation& o, text_view alter) {
    const text_view schema = schema_of(o.renamed);
    begin(b);
    b.add(inside(o.table, lock_mode::access_exclusive), [&](text_buffer& out) {
      if (schema == schema_of(o.table)) {
        out << alter << sql::quoted{o.table} << " RENAME TO " << sql::quoted{without_schema(o.renamed)};
      } else if (!schema.empty()) {
        out << alter << sql::quoted{o.table} << " SET SCHEMA " << sql::quoted{schema};
      } else {
        // Where what has no schema is made.
        text_buffer name;
        name << sql::quoted{o.table};
        text_buffer moved;
        moved << alter;
        for (char c : name.all()) {
          if (c == '%') moved << c;
          moved << c;
        }
        text_buffer block;
        put_text(block << "BEGIN EXECUTE format(", (moved << " SET SCHEMA %I").all());
        block << ", current_schema()); END";
        put_text(out << "DO ", block.all());
      }
    });
    commit(b);
  }
  template <class Write>
  static constexpr void alter_sequence(builder& b, text_view sequence, lock_mode lock, Write write) {
    begin(b);
    b.add(inside(sequence, lock), [&](text_buffer& out) { write(out << "ALTER SEQUENCE " << sql::quoted{sequence}); });
    commit(b);
  }
  template <class Dialect>
  friend struct detail::partition_ddl;

  /// The first table that cannot be made without the routine, or null: a trigger can be made later.
  static constexpr const model::table* first_caller(const model::schema& s, const model::table& routine) {
    if (routine.kind == model::source_kind::routine)
      for (const model::table* t : s.tables)
        for (const model::part* p : t->parts)
          if (p->kind != model::part_kind::trigger && p->kind != model::part_kind::sync && model::calls(*p, routine.name))
            return t;
    return nullptr;
  }

  static constexpr statement inside(text_view table, lock_mode lock, text_view also = {}) {
    statement s;
    s.table = table;
    s.lock = lock;
    s.also = also;
    if (!also.empty()) s.also_lock = lock;
    return s;
  }
  static constexpr statement outside(text_view table, lock_mode lock) {
    statement s = inside(table, lock);
    s.transaction = transaction_mode::outside;
    return s;
  }

  /// While a statement waits for its lock, everybody else waits behind it: better to give up and try again.
  /// True where a transaction begins here.
  static constexpr bool begin(builder& b, text_view statement_timeout = "10s") {
    if (!b.opens()) return false;
    b.add(detail::control(transaction_mode::begin), "BEGIN");
    b.add(detail::control(transaction_mode::inside), "SET LOCAL lock_timeout = '2s'");
    b.add(detail::control(transaction_mode::inside),
          [&](text_buffer& out) { out << "SET LOCAL statement_timeout = '" << statement_timeout << '\''; });
    return true;
  }
  /// For a transaction that takes a second lock behind its first, where it may wait for whoever waits for the first one.
  /// Such a deadlock ends one of the two after a second (deadlock_timeout), and it should not be the release: this gives up
  /// before, also where it has waited for both. An autovacuum makes way only for who waits that second (seen in 15.20), so
  /// it is made to before, by a lock on `put_tables(out)` that keeps nobody from rows.
  template <class Put>
  static constexpr void begin_brief(builder& b, statement first_lock, Put put_tables) {
    if (!begin(b)) return;
    first_lock.lock = lock_mode::share_update_exclusive;
    if (!first_lock.also.empty()) first_lock.also_lock = first_lock.lock;
    b.add(first_lock, [&](text_buffer& out) {
      put_tables(out << "LOCK TABLE ");
      out << " IN SHARE UPDATE EXCLUSIVE MODE";
    });
    b.add(detail::control(transaction_mode::inside), "SET LOCAL lock_timeout = '400ms'");
  }
  /// For one that adds or drops a foreign key, or anything else without one.
  static constexpr void begin_for(builder& b, text_view table, const model::foreign_key* f) {
    if (f == nullptr || f->target.text() == table)
      begin(b);
    else
      begin_brief(b, inside(table, lock_mode::none, f->target),
                  [&](text_buffer& out) { out << sql::quoted{table} << ", " << sql::quoted{f->target}; });
  }
  static constexpr void commit(builder& b) {
    if (b.closes()) b.add(detail::control(transaction_mode::commit), "COMMIT");
  }

  /// A concurrent build waits for the transactions of others, and nobody waits for it: it may take its time.
  template <class Statements>
  static constexpr void concurrently(builder& b, Statements statements) {
    b.add(detail::control(transaction_mode::outside), "SET lock_timeout = 0");
    b.add(detail::control(transaction_mode::outside), "SET statement_timeout = 0");
    statements();
    b.add(detail::control(transaction_mode::outside), "RESET lock_timeout");
    b.add(detail::control(transaction_mode::outside), "RESET statement_timeout");
  }

  static constexpr void create_type(builder& b, const enumeration_labels& labels) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
      out << "CREATE TYPE " << sql::quoted{labels.name} << " AS ENUM (";
      for (std::size_t i = 0; i != labels.labels.size(); ++i) {
        if (i != 0) out << ", ";
        put_text(out, labels.labels[i]);
      }
      out << ')';
    });
  }
  static constexpr void drop_type(builder& b, const enumeration_labels& labels) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) { out << "DROP TYPE " << sql::quoted{labels.name}; });
  }

  /// A unique constraint on the columns of the primary key or of an earlier one, or an exclusion constraint, which may
  /// repeat another one. CREATE TABLE would make one of the two, and say nothing; ALTER TABLE makes both.
  static constexpr bool is_added_apart(const model::part& p, const model::table& t) {
    if (p.kind == model::part_kind::exclusion) return true;
    if (p.kind != model::part_kind::unique) return false;
    const array_view<identifier> columns = model::columns_of(&p);
    if (const model::key* k = t.primary_key(); k != nullptr && k->columns == columns) return true;
    for (const model::part* other : t.parts) {
      if (other == &p) break;
      if (other->kind == model::part_kind::unique && model::columns_of(other) == columns) return true;
    }
    return false;
  }

  /// A new table with all but its foreign keys; nobody else sees it yet.
  static constexpr void create_table(builder& b, const model::table& t) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
      out << "CREATE TABLE " << sql::quoted{t.name} << " (";
      bool first = true;
      for (const model::part* p : t.parts) {
        if (p->kind == model::part_kind::foreign_key || p->kind == model::part_kind::index ||
            p->kind == model::part_kind::sync || p->kind == model::part_kind::trigger ||
            p->kind == model::part_kind::comment || p->kind == model::part_kind::sequence ||
            p->kind == model::part_kind::partitioning || p->kind == model::part_kind::partition || is_added_apart(*p, t))
          continue;
        out << (first ? text_view("\n  ") : text_view(",\n  "));
        first = false;
        if (const model::column* c = model::as_column(p))
          put_column(out, *c);
        else
          sql::put_constraint(out, *p);
      }
      out << "\n)";
      if (const model::partitioning* by = t.find_partitioning()) {
        constexpr text_view methods[]{"RANGE", "LIST", "HASH"};
        sql::put_columns(out << " PARTITION BY " << methods[static_cast<std::size_t>(by->by)] << ' ', by->columns);
      }
    });
    for (const model::part* p : t.parts) {
      if (is_added_apart(*p, t))
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
          out << "ALTER TABLE " << sql::quoted{t.name} << " ADD ";
          sql::put_constraint(out, *p);
        });
      if (const model::index* i = model::as_index(p))
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) { sql::put_create_index(out, *i, t.name, ""); });
      if (const model::sync* s = model::as_sync(p); s != nullptr && s->along == nullptr)
        create_sync(b, t.name, *s, lock_mode::none);
      if (const text_view text = comment_of(*p); !text.empty())
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) { put_comment(out, t.name, p->name, text); });
    }
  }
  /// Of a column, or of the table, to which the part belongs; empty for none.
  static constexpr text_view comment_of(const model::part& p) {
    if (p.kind == model::part_kind::comment) return static_cast<const model::comment&>(p).text;
    const model::column* c = model::as_column(&p);
    return c == nullptr ? text_view() : c->details().comment;
  }
  /// Of the column, or of the table where none is named; an empty text takes it away.
  static constexpr void put_comment(text_buffer& out, text_view table, text_view column, text_view text) {
    out << "COMMENT ON " << (column.empty() ? text_view("TABLE ") : text_view("COLUMN ")) << sql::quoted{table};
    if (!column.empty()) out << '.' << sql::quoted{column};
    out << " IS ";
    if (text.empty())
      out << "NULL";
    else
      put_text(out, text);
  }
  static constexpr void set_comment(builder& b, text_view table, text_view column, text_view text) {
    begin(b);
    b.add(inside(table, lock_mode::share_update_exclusive),
          [&](text_buffer& out) { put_comment(out, table, column, text); });
    commit(b);
  }

  /// Nobody else sees the table yet.
  static constexpr void create_triggers(builder& b, const model::table& t) {
    for (const model::part* p : t.parts)
      if (p->kind == model::part_kind::trigger)
        create_trigger(b, t.name, static_cast<const model::trigger&>(*p), lock_mode::none);
  }
  static constexpr void create_trigger(builder& b, text_view table, const model::trigger& made, lock_mode lock) {
    b.add(inside(lock == lock_mode::none ? text_view() : table, lock), [&](text_buffer& out) {
      out << "CREATE TRIGGER " << sql::quoted{made.name} << ' ' << made.event << " ON " << sql::quoted{table} << ' '
          << made.action;
    });
  }

  /// A view, function or routine; nothing for a table. To look at a body in SQL the server locks the tables that it writes,
  /// as an INSERT does; which these are is not known.
  static constexpr void create_source(builder& b, const model::table& t, bool replaces = false) {
    if (t.kind == model::source_kind::routine)
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
        const auto& [language, arguments, result, attributes] = *t.routine;
        out << (replaces ? text_view("CREATE OR REPLACE ") : text_view("CREATE "))
            << (result.empty() ? text_view("PROCEDURE ") : text_view("FUNCTION ")) << sql::quoted{t.name} << '('
            << arguments << ')';
        if (!result.empty()) out << " RETURNS " << result;
        out << " LANGUAGE " << sql::quoted{language};
        if (!attributes.empty()) out << ' ' << attributes;
        put_text(out << " AS ", t.query);
      });
    if (t.kind == model::source_kind::view)
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) { sql::put_create_view(out, t); });
    if (t.kind == model::source_kind::function)
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
        out << "CREATE FUNCTION " << sql::quoted{t.name} << "() RETURNS TABLE ";
        sql::put_columns_of(out, t, [&](const model::column& c) { put_type(out << ' ', c.type); });
        out << " LANGUAGE sql STABLE AS ";
        put_text(out, t.query);
      });
  }

  static constexpr void drop_source(builder& b, const model::table& t) {
    begin(b);
    const bool view = t.kind == model::source_kind::view;
    const bool relation = view || t.kind == model::source_kind::sequence;
    b.add(inside(relation ? t.name.text() : text_view(), relation ? lock_mode::access_exclusive : lock_mode::none),
          [&](text_buffer& out) {
            if (t.kind == model::source_kind::routine) {
              out << "DROP ROUTINE " << sql::quoted{t.name};
              // Which the server may have one of the same name of; but it takes no defaults here.
              const text_view arguments = t.routine->arguments;
              if (!model::mentions(arguments, "DEFAULT") && !arguments.contains('=')) out << '(' << arguments << ')';
            } else if (t.kind == model::source_kind::sequence)
              out << "DROP SEQUENCE " << sql::quoted{t.name};
            else if (t.kind == model::source_kind::name_space)
              out << "DROP SCHEMA " << sql::quoted{schema_of(t.name)};
            else
              out << (view ? text_view("DROP VIEW ") : text_view("DROP FUNCTION ")) << sql::quoted{t.name}
                  << (view ? text_view() : text_view("()"));
          });
    commit(b);
  }

  static constexpr void add_foreign_key(builder& b, const model::table& t, const model::foreign_key& f,
                                        text_view suffix) {
    b.add(inside(t.name, lock_mode::share_row_exclusive, f.target), [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{t.name} << " ADD ";
      sql::put_constraint(out, f);
      out << suffix;
    });
  }
  /// Adds it for new rows at once, under a lock that is soon released, and then looks at the old rows under one that
  /// nobody waits for.
  static constexpr void add_and_validate(builder& b, const model::table& t, const model::part& p) {
    const model::foreign_key* f = model::as_foreign_key(&p);
    begin_for(b, t.name, f);
    if (f != nullptr)
      add_foreign_key(b, t, *f, " NOT VALID");
    else
      add_check(b, t.name, [&](text_buffer& out) { sql::put_constraint(out, p); });
    commit(b);
    validate_constraint(b, t.name, p.name, f == nullptr ? text_view() : f->target.text());
  }
  template <class Write>
  static constexpr void add_check(builder& b, text_view table, Write write) {
    b.add(inside(table, lock_mode::access_exclusive), [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{table} << " ADD ";
      write(out);
      out << " NOT VALID";
    });
  }
  static constexpr void validate_constraint(builder& b, text_view table, text_view constraint, text_view target) {
    begin(b, "0");
    statement facts = inside(table, lock_mode::share_update_exclusive, target);
    if (!(target == table) && !target.empty()) facts.also_lock = lock_mode::row_share;
    facts.scans = true;
    facts.idempotent = true;
    b.add(facts, [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{table} << " VALIDATE CONSTRAINT " << sql::quoted{constraint};
    });
    commit(b);
  }

  /// `ALTER TABLE "t"` and what `write` says, in a transaction of its own, for changes of the catalogue only.
  template <class Write>
  static constexpr void alter(builder& b, text_view table, Write write) {
    begin(b);
    put_alter(b, inside(table, lock_mode::access_exclusive), write);
    commit(b);
  }
  template <class Write>
  static constexpr void put_alter(builder& b, const statement& facts, Write write) {
    b.add(facts, [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{facts.table};
      write(out);
    });
  }

  static constexpr void add_table(builder& b, const model::table& t, const model::schema& before) {
    begin(b);
    sql::each_enumeration(t, [&](const enumeration_labels& labels) {
      if (!sql::uses(before, labels)) create_type(b, labels);
    });
    create_table(b, t);
    create_triggers(b, t);
    commit(b);
    // One foreign key at a time locks one other table at a time.
    for (const model::part* p : t.parts)
      if (p->kind == model::part_kind::foreign_key) add_and_validate(b, t, *p);
  }

  static constexpr void drop_table_with_types(builder& b, const model::table& t, const model::schema& after) {
    // Dropping the table with its foreign keys would lock all their targets at once.
    for (const model::part* p : t.parts) {
      const model::foreign_key* f = model::as_foreign_key(p);
      if (f == nullptr || f->target == t.name) continue;
      begin_for(b, t.name, f);
      statement facts = inside(t.name, lock_mode::access_exclusive, f->target);
      facts.idempotent = true;
      put_alter(b, facts,
                [&](text_buffer& out) { out << " DROP CONSTRAINT IF EXISTS " << sql::quoted{f->name}; });
      commit(b);
    }
    begin(b);
    b.add(inside(t.name, lock_mode::access_exclusive),
          [&](text_buffer& out) { out << "DROP TABLE " << sql::quoted{t.name}; });
    for (const model::part* p : t.parts)
      if (p->kind == model::part_kind::sync) drop_function(b, p->name);  // the trigger has gone with the table
    sql::each_enumeration(t, [&](const enumeration_labels& labels) {
      if (!sql::uses(after, labels)) drop_type(b, labels);
    });
    commit(b);
  }

  static constexpr void add_part_to(builder& b, const model::table& t, const model::part& p, const model::schema& before,
                                    const model::schema& after) {
    switch (p.kind) {
      case model::part_kind::column: add_column(b, t.name, static_cast<const model::column&>(p), before); break;
      case model::part_kind::index: add_index(b, t.name, static_cast<const model::index&>(p)); break;
      case model::part_kind::primary_key:
      case model::part_kind::unique: add_key(b, t.name, static_cast<const model::key&>(p), after); break;
      case model::part_kind::foreign_key:
      case model::part_kind::check: add_and_validate(b, t, p); break;
      case model::part_kind::exclusion: {
        // No index that is there can become one (manual, ALTER TABLE: USING INDEX is for unique and primary keys).
        begin(b);
        statement facts = inside(t.name, lock_mode::access_exclusive);
        facts.builds_index = facts.scans = true;
        put_alter(b, facts, [&](text_buffer& out) { sql::put_constraint(out << " ADD ", p); });
        commit(b);
        break;
      }
      case model::part_kind::sync:
        begin(b);
        create_sync(b, t.name, static_cast<const model::sync&>(p), lock_mode::share_row_exclusive);
        commit(b);
        // One table at a time.
        if (static_cast<const model::sync&>(p).along == nullptr) break;
        begin(b);
        create_parent_trigger(b, static_cast<const model::sync&>(p), lock_mode::share_row_exclusive);
        commit(b);
        break;
      case model::part_kind::trigger:
        begin(b);
        create_trigger(b, t.name, static_cast<const model::trigger&>(p), lock_mode::share_row_exclusive);
        commit(b);
        break;
      case model::part_kind::comment: set_comment(b, t.name, {}, comment_of(p)); break;
      case model::part_kind::sequence: break;  // comes and goes with what it is the one part of
      case model::part_kind::partitioning:
      case model::part_kind::partition: break;  // rendered by partition_ddl
    }
  }
  static constexpr void drop_part_of(builder& b, const model::table& t, const model::part& p,
                                     const model::schema& after) {
    switch (p.kind) {
      case model::part_kind::column: drop_column(b, t.name, static_cast<const model::column&>(p), after); break;
      case model::part_kind::index: concurrently(b, [&] { drop_index(b, t.name, p.name); }); break;
      case model::part_kind::primary_key: drop_primary_key(b, t.name); break;
      case model::part_kind::comment: set_comment(b, t.name, {}, {}); break;
      case model::part_kind::sequence: break;
      case model::part_kind::foreign_key:
      case model::part_kind::unique:
      case model::part_kind::exclusion:
      case model::part_kind::check: drop_constraint(b, t.name, p); break;
      case model::part_kind::sync:
        if (const model::foreign_key* along = static_cast<const model::sync&>(p).along) {
          begin(b);
          drop_trigger(b, along->target, p.name);
          commit(b);
        }
        drop_sync(b, t.name, static_cast<const model::sync&>(p));
        break;
      case model::part_kind::trigger:
        begin(b);
        drop_trigger(b, t.name, p.name);
        commit(b);
        break;
      case model::part_kind::partitioning:
      case model::part_kind::partition: break;  // rendered by partition_ddl
    }
  }

  static constexpr void drop_constraint(builder& b, text_view table, const model::part& p) {
    const model::foreign_key* f = model::as_foreign_key(&p);
    begin_for(b, table, f);
    put_alter(b, inside(table, lock_mode::access_exclusive, f == nullptr || f->target.text() == table ? text_view() : f->target.text()),
              [&](text_buffer& out) { out << " DROP CONSTRAINT " << sql::quoted{p.name}; });
    commit(b);
  }

  static constexpr void add_column(builder& b, const identifier& table, const model::column& added,
                                   const model::schema& before) {
    begin(b);
    if (added.type.labels != nullptr && !sql::uses(before, *added.type.labels))
      create_type(b, *added.type.labels);
    statement facts = inside(table, lock_mode::access_exclusive);
    facts.rewrites = added.identity != model::identity_kind::none || added.value.kind == model::default_kind::next_value ||
                     (added.is_generated() && !added.is_computed()) ||
                     (added.value.kind == model::default_kind::expression && !is_stable(added.value.text));
    if (added.value.kind == model::default_kind::next_value) {
      facts.also = added.value.text;
      facts.also_lock = lock_mode::row_exclusive;
    }
    // A virtual column that is not null has to be computed once for each row.
    facts.scans = facts.rewrites || (added.is_computed() && !added.nullable);
    put_alter(b, facts, [&](text_buffer& out) { put_column(out << " ADD COLUMN ", added); });
    commit(b);
    if (const text_view text = comment_of(added); !text.empty()) set_comment(b, table, added.name, text);
  }

  static constexpr void drop_column(builder& b, const identifier& table, const model::column& dropped,
                                    const model::schema& after) {
    begin(b);
    put_alter(b, inside(table, lock_mode::access_exclusive),
              [&](text_buffer& out) { out << " DROP COLUMN " << sql::quoted{dropped.name}; });
    if (dropped.type.labels != nullptr && !sql::uses(after, *dropped.type.labels)) drop_type(b, *dropped.type.labels);
    commit(b);
  }

  /// A build that failed leaves an invalid index of its name behind, and has to begin again without it.
  template <class Write>
  static constexpr void build_index(builder& b, text_view table, text_view index, Write write) {
    concurrently(b, [&] {
      drop_index(b, table, index);
      statement facts = outside(table, lock_mode::share_update_exclusive);
      facts.builds_index = true;
      facts.scans = true;
      facts.restart = 1;
      b.add(facts, write);
    });
  }
  static constexpr void add_index(builder& b, text_view table, const model::index& i) {
    build_index(b, table, i.name, [&](text_buffer& out) { sql::put_create_index(out, i, table, "CONCURRENTLY "); });
  }
  static constexpr void drop_index(builder& b, text_view table, text_view index) {
    statement facts = outside(table, lock_mode::share_update_exclusive);
    facts.idempotent = true;
    b.add(facts, [&](text_buffer& out) { out << "DROP INDEX CONCURRENTLY IF EXISTS " << sql::beside{table, index}; });
  }

  /// A unique index, built while others write, becomes the key. No declared name ends with a space, so that the index of a
  /// primary key, which has no name of its own, is not another one.
  static constexpr void add_key(builder& b, text_view table, const model::key& k, const model::schema& after) {
    const text_view index =
        k.kind == model::part_kind::primary_key ? text_view("dovetail new primary key ") : k.name.text();
    build_index_of(b, table, index, k);
    make_key(b, table, k, index, after);
  }
  static constexpr void build_index_of(builder& b, text_view table, text_view index, const model::key& k) {
    build_index(b, table, index, [&](text_buffer& out) {
      model::index i{{model::part_kind::index, identifier(index)}, k.columns, true};
      sql::put_create_index(out, i, table, "CONCURRENTLY ");
      if (k.nulls_not_distinct) out << " NULLS NOT DISTINCT";
    });
  }
  static constexpr void make_key(builder& b, text_view table, const model::key& k, text_view index,
                                 const model::schema& after) {
    alter(b, table, [&](text_buffer& out) {
      out << " ADD CONSTRAINT ";
      if (k.kind == model::part_kind::primary_key) {
        text_buffer name;
        put_primary_key_name(name, table, after);
        out << sql::quoted{name.all()} << " PRIMARY KEY";
      } else {
        out << sql::quoted{k.name} << " UNIQUE";
      }
      out << " USING INDEX " << sql::quoted{index} << sql::word(k.deferred);
    });
  }
  /// As CREATE TABLE names it: the table's name and _pkey, in at most 63 bytes of whole characters, and a number where
  /// something has the name.
  static constexpr void put_primary_key_name(text_buffer& out, text_view table, const model::schema& s) {
    for (int number = 0;; ++number) {
      text_buffer end;
      end << "_pkey";
      if (number != 0) end << number;
      out.clear();
      put_shortened(out, without_schema(table), end.all());
      const identifier name(out.all());
      bool taken = false;
      for (const model::table* t : s.tables) {
        taken = taken || (schema_of(t->name) == schema_of(table) && without_schema(t->name) == out.all());
        for (const model::part* p : t->parts) taken = taken || (p->kind != model::part_kind::column && p->name == name);
      }
      if (!taken) return;
    }
  }
  /// Its name is that which the server gave it, perhaps when the table had another name.
  static constexpr void drop_primary_key(builder& b, text_view table) {
    begin(b);
    b.add(inside(table, lock_mode::access_exclusive), [&](text_buffer& out) {
      text_buffer block;
      text_buffer name;
      name << sql::quoted{table};
      block << "BEGIN EXECUTE (SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) "
               "FROM pg_constraint WHERE contype = 'p' AND conrelid = ";
      put_text(block, name.all());
      block << "::regclass); END";
      put_text(out << "DO ", block.all());
    });
    commit(b);
  }

  static constexpr void rename(builder& b, const model::operation& o) {
    rename(b, o.table, o.before->kind, o.before->name, o.after->name);
  }
  static constexpr void rename(builder& b, text_view table, model::part_kind kind, text_view from, text_view to) {
    if (kind == model::part_kind::index) {
      begin(b);
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
        out << "ALTER INDEX " << sql::beside{table, from} << " RENAME TO " << sql::quoted{to};
      });
      commit(b);
      return;
    }
    if (kind == model::part_kind::trigger) {
      begin(b);
      b.add(inside(table, lock_mode::access_exclusive), [&](text_buffer& out) {
        out << "ALTER TRIGGER " << sql::quoted{from} << " ON " << sql::quoted{table} << " RENAME TO " << sql::quoted{to};
      });
      commit(b);
      return;
    }
    alter(b, table, [&](text_buffer& out) {
      out << " RENAME " << (kind == model::part_kind::column ? text_view("COLUMN ") : text_view("CONSTRAINT "))
          << sql::quoted{from} << " TO " << sql::quoted{to};
    });
  }

  /// Two columns exchange their values: in the end they exchange their names, in one transaction that changes nothing but
  /// the catalogue and locks no other table. What stands on the one is made once more of the other before, while everybody
  /// works: constraints, which the trigger sees to it that each row obeys on both, take the place of the old ones at once;
  /// indexes, by which rows are found, in that transaction. No declared name ends with a space.
  static constexpr void exchange(builder& b, const model::operation& o, const model::schema& before,
                                 const model::schema& after) {
    const model::table& t = *before.find(o.table);
    const auto& column = static_cast<const model::column&>(*o.before);
    const identifier& shadow = o.renamed;
    model::draft d(before, {});
    model::renaming names(d, column.name, shadow);
    const auto each_index = [&](auto visit) {
      int number = 0;
      for (const model::part* p : t.parts) {
        if (!model::is_index(p) && p->kind != model::part_kind::primary_key) continue;
        if (!model::depends(*p, column.name)) continue;
        text_buffer name;
        name << "dovetail new " << std::uint64_t(++number) << ' ';
        visit(*p, identifier(name.all()));
      }
    };
    each_index([&](const model::part& p, const identifier& name) {
      const model::part* twin = names.of_column(p, t.name, name);
      if (const model::key* k = model::as_key(twin))
        build_index_of(b, t.name, name, *k);
      else
        add_index(b, t.name, static_cast<const model::index&>(*twin));
    });
    constexpr text_view constraint = "dovetail new constraint ";
    const auto replace = [&](const model::table& of, const model::part& p, const model::part& twin) {
      add_and_validate(b, of, twin);
      b.join(true);
      drop_constraint(b, of.name, p);
      b.join(false);
      rename(b, of.name, p.kind, constraint, p.name);
    };
    for (const model::table* from : before.tables)
      for (const model::part* p : from->parts) {
        const model::part* twin = p;
        if (from == &t && p->kind == model::part_kind::check) twin = names.of_column(*p, t.name, constraint);
        if (const model::foreign_key* f = model::as_foreign_key(p)) {
          if (from == &t) f = static_cast<const model::foreign_key*>(twin = names.of_column(*f, t.name));
          if (f->target == t.name) twin = names.of_target_column(*f);
          if (twin == p) continue;
          model::foreign_key called = static_cast<const model::foreign_key&>(*twin);
          called.name = constraint;
          replace(*from, *p, called);
        } else if (twin != p) {
          replace(t, *p, *twin);
        }
      }

    b.join(true);
    each_index([&](const model::part& p, const identifier&) {
      if (p.kind == model::part_kind::primary_key) {
        drop_primary_key(b, t.name);
      } else if (p.kind == model::part_kind::unique) {
        drop_constraint(b, t.name, p);
      } else {
        begin(b);
        b.add(inside(t.name, lock_mode::access_exclusive),
              [&](text_buffer& out) { out << "DROP INDEX " << sql::beside{t.name, p.name}; });
      }
    });
    if (column.identity != model::identity_kind::none) move_identity(b, t.name, column, shadow);
    if (column.value.kind != model::default_kind::none)
      alter(b, t.name, [&](text_buffer& out) {
        out << " ALTER COLUMN " << sql::quoted{column.name} << " DROP DEFAULT, ALTER COLUMN " << sql::quoted{shadow}
            << " SET DEFAULT ";
        put_default(out, static_cast<const model::column&>(*o.after));
      });
    constexpr text_view between = "dovetail old column ";
    rename(b, t.name, model::part_kind::column, column.name, between);
    rename(b, t.name, model::part_kind::column, shadow, column.name);
    rename(b, t.name, model::part_kind::column, between, shadow);
    // Sessions keep the plans of a trigger's function, with the types that its columns had, until it is another one ("type
    // of parameter 15 (bigint) does not match that when preparing the plan (integer)", seen in 15.20).
    create_sync_function(b, t.name, *t.find_sync_of(shadow), "CREATE OR REPLACE");
    each_index([&](const model::part& p, const identifier& name) {
      if (const model::key* k = model::as_key(&p))
        make_key(b, t.name, *k, name, after);
      else
        rename(b, t.name, p.kind, name, p.name);
    });
    b.join(false);
    commit(b);
  }
  /// The sequence of an identity column cannot be given to another, which gets one of the same name that goes on where the
  /// old one stopped. Nobody can draw a number meanwhile without the lock on the table.
  static constexpr void move_identity(builder& b, text_view table, const model::column& from, const identifier& to) {
    begin(b);
    b.add(inside(table, lock_mode::access_exclusive), [&](text_buffer& out) {
      text_buffer name;
      name << sql::quoted{table};
      text_buffer block;
      block << "DECLARE number text := pg_get_serial_sequence(";
      put_text(block, name.all());
      put_text(block << ", ", from.name);
      block << "); last bigint := pg_sequence_last_value(number::regclass); BEGIN ALTER TABLE " << name.all()
            << " ALTER COLUMN " << sql::quoted{from.name} << " DROP IDENTITY; EXECUTE format(";
      text_buffer added;
      // A percent sign of a name is none of the format.
      const auto put_escaped = [&](text_view text) {
        for (char c : text) {
          if (c == '%') added << c;
          added << c;
        }
      };
      added << "ALTER TABLE ";
      put_escaped(name.all());
      added << " ALTER COLUMN ";
      text_buffer column;
      column << sql::quoted{to};
      put_escaped(column.all());
      added << " ADD GENERATED " << word(from.identity) << " AS IDENTITY (SEQUENCE NAME %s)";
      put_text(block, added.all());
      block << ", number); PERFORM setval(number, last); END";
      put_text(out << "DO ", block.all());
    });
  }

  /// A label is added or renamed in the catalogue. There is no way to drop one: the type is made anew, and the columns
  /// are written anew with it, which fails while a row has the label.
  static constexpr void set_labels_of(builder& b, const enumeration_labels& from, const enumeration_labels& to,
                                      const model::schema& before, const model::schema& after) {
    begin(b);
    if (from.labels.size() > to.labels.size()) {
      constexpr text_view old = "dovetail old type ";  // no declared name ends with a space
      const auto type = [&](text_view word, text_view name) {
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
          out << word << sql::quoted{name};
          if (word == "ALTER TYPE ") out << " RENAME TO " << sql::quoted{old};
        });
      };
      type("ALTER TYPE ", from.name);
      create_type(b, to);
      for (const model::table* t : after.tables)
        for (const model::part* p : t->parts) {
          const model::column* c = model::as_column(p);
          if (c == nullptr || c->type.labels == nullptr || !(c->type.labels->name == to.name)) continue;
          put_type_change(b, t->name, before.find(t->name)->find_column(c->name)->type, *c, {});
        }
      // Sessions that have called a function remember the type that it met ("cache lookup failed for type", seen in 15.20).
      for (const model::table* t : after.tables)
        for (const model::part* p : t->parts)
          if (const model::sync* s = model::as_sync(p); s != nullptr && keeps(*s, *t, to))
            create_sync_function(b, t->name, *s, "CREATE OR REPLACE");
      type("DROP TYPE ", old);
    } else {
      b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
        std::size_t i = 0;
        while (i != from.labels.size() && from.labels[i] == to.labels[i]) ++i;
        out << "ALTER TYPE " << sql::quoted{to.name};
        if (from.labels.size() == to.labels.size()) {
          put_text(out << " RENAME VALUE ", from.labels[i]);
          put_text(out << " TO ", to.labels[i]);
        } else {
          put_text(out << " ADD VALUE ", to.labels[i]);
          if (i != from.labels.size()) put_text(out << " BEFORE ", from.labels[i]);
        }
      });
    }
    commit(b);
  }

  static constexpr bool keeps(const model::sync& s, const model::table& t, const enumeration_labels& labels) {
    for (const model::part* p : t.parts)
      if (const enumeration_labels* each = model::enumeration_of(p);
          each != nullptr && each->name == labels.name && s.names(p->name))
        return true;
    return false;
  }

  /// An index, key or check stands on the column: of a key, its index.
  static constexpr bool stands_on(const model::part& p, const identifier& column) {
    return p.kind != model::part_kind::column && p.kind != model::part_kind::foreign_key && model::depends(p, column);
  }
  /// Another collation is another type to the server, which looks at all that stands on the column once more.
  static constexpr void set_collation(builder& b, const model::table& t, const model::column& to) {
    statement facts = inside(t.name, lock_mode::access_exclusive);
    for (const model::part* p : t.parts) {
      if (!stands_on(*p, to.name)) continue;
      facts.scans = true;
      facts.builds_index = facts.builds_index || p->kind != model::part_kind::check;
    }
    begin(b);
    put_alter(b, facts, [&](text_buffer& out) {
      put_type(out << " ALTER COLUMN " << sql::quoted{to.name} << " TYPE ", to.type);
      sql::put_collation(out, to);
    });
    commit(b);
  }
  /// In a transaction that is open.
  static constexpr void put_type_change(builder& b, const identifier& table, const sql_type& from,
                                        const model::column& to, text_view expression) {
    const auto put = [&](text_buffer& out, text_view what) -> text_buffer& {
      return out << " ALTER COLUMN " << sql::quoted{to.name} << what;
    };
    statement facts = inside(table, lock_mode::access_exclusive);
    facts.rewrites = rewrites(from, to.type) || !expression.empty();
    facts.scans = facts.rewrites;
    put_alter(b, facts, [&](text_buffer& out) {
      // A default is of the old type, and not every one can be converted.
      const bool has_default = to.value.kind != model::default_kind::none;
      if (has_default) put(out, " DROP DEFAULT") << ',';
      put_type(put(out, " TYPE "), to.type);
      sql::put_collation(out, to);
      if (!expression.empty()) {
        out << " USING (" << expression << ')';
      } else if (to.type.labels != nullptr) {
        // Nothing else leads from one enumeration to another.
        const bool array = to.type.element != nullptr;
        out << " USING " << sql::quoted{to.name} << (array ? text_view("::text[]::") : text_view("::text::"));
        put_type(out, to.type);
      }
      if (has_default) put_default(put(out << ',', " SET DEFAULT "), to);
    });
  }

  static constexpr void alter_column(builder& b, const identifier& table, const model::column& from,
                                     const model::column& to, text_view expression, const model::schema& before,
                                     const model::schema& after) {
    const auto put = [&](text_buffer& out, text_view what) -> text_buffer& {
      return out << " ALTER COLUMN " << sql::quoted{to.name} << what;
    };
    if (!(from.type == to.type)) {
      begin(b);
      const auto is_new = [](const sql_type& type, const model::schema& s) {
        return type.labels != nullptr && !sql::uses(s, *type.labels);
      };
      if (is_new(to.type, before)) create_type(b, *to.type.labels);
      put_type_change(b, table, from.type, to, expression);
      if (is_new(from.type, after)) drop_type(b, *from.type.labels);
      commit(b);
      return;
    }
    if (from.nullable && !to.nullable) {
      set_not_null(b, table, to.name);
      return;
    }
    if (!(from.details().collation == to.details().collation)) {
      set_collation(b, *before.find(table), to);
      return;
    }
    if (!(comment_of(from) == comment_of(to))) {
      set_comment(b, table, to.name, comment_of(to));
      return;
    }
    const bool draws = to.value.kind == model::default_kind::next_value && !(from.value == to.value);
    if (draws)  // whoever has drawn from the sequence may wait for the table
      begin_brief(b, inside(table, lock_mode::none), [&](text_buffer& out) { out << sql::quoted{table}; });
    else
      begin(b);
    const statement facts = inside(table, lock_mode::access_exclusive);
    put_alter(b, facts, [&](text_buffer& out) {
      if (!from.nullable != !to.nullable) {
        put(out, " DROP NOT NULL");
      } else if (from.identity != to.identity) {
        if (to.identity == model::identity_kind::none)
          put(out, " DROP IDENTITY");
        else if (from.identity == model::identity_kind::none)
          put(out, " ADD GENERATED ") << word(to.identity) << " AS IDENTITY";
        else
          put(out, " SET GENERATED ") << word(to.identity);
      } else if (to.value.kind == model::default_kind::none) {
        put(out, " DROP DEFAULT");
      } else {
        put_default(put(out, " SET DEFAULT "), to);
      }
    });
    if (from.identity == model::identity_kind::none && to.identity != from.identity) {
      // From the largest number on, which nobody can exceed meanwhile.
      b.add(look_at_end(*before.find(table), to), [&](text_buffer& out) {
        text_buffer name;
        name << sql::quoted{table};
        put_text(out << "SELECT setval(pg_get_serial_sequence(", name.all());
        put_text(out << ", ", to.name);
        out << "), max(" << sql::quoted{to.name} << ")) FROM " << sql::quoted{table} << " HAVING max("
            << sql::quoted{to.name} << ") > 0";
      });
    }
    if (draws) go_on_behind(b, *before.find(table), to, *model::sequence_of(*after.find(identifier(to.value.text))));
    commit(b);
  }
  /// A sequence that becomes a column's default goes on behind what the column stores, if it is not there yet: it may be one
  /// that was made again. Altered, even if to what it is, it is locked, so that nobody draws a number meanwhile.
  static constexpr void go_on_behind(builder& b, const model::table& t, const model::column& c, const model::sequence& s) {
    if (s.cycles) return;  // its numbers come again in any case
    b.add(inside(c.value.text, lock_mode::share_row_exclusive), [&](text_buffer& out) {
      out << "ALTER SEQUENCE " << sql::quoted{c.value.text} << " INCREMENT BY " << s.increment;
    });
    b.add(look_at_end(t, c), [&](text_buffer& out) { sql::put_go_on_behind(out, t.name, c, s, put_text); });
  }
  /// The facts of a query of the largest or smallest value of a column. An index that begins with it has it at its end.
  static constexpr statement look_at_end(const model::table& t, const model::column& c) {
    statement s = inside(t.name, lock_mode::none);
    s.scans = true;
    for (const model::part* p : t.parts)
      if (const array_view<identifier> columns = model::columns_of(p);
          p->kind != model::part_kind::foreign_key && !columns.empty() && columns[0] == c.name &&
          !is_special(model::as_elements(p)))
        s.scans = false;
    return s;
  }

  /// An index that may not have the column at its end, for all rows.
  static constexpr bool is_special(const model::index* i) {
    if (i == nullptr || i->more == nullptr) return false;
    return !(i->more->elements.empty() && i->more->predicate.empty() && i->more->method.empty());
  }

  /// SET NOT NULL reads the whole table under its lock, but not where a valid check says the same (since 12; manual,
  /// ALTER TABLE). No declared constraint ends with a space, so that none has this name.
  static constexpr void set_not_null(builder& b, const identifier& table, const identifier& column) {
    constexpr text_view proof = "dovetail not null ";
    begin(b);
    statement left_over = inside(table, lock_mode::access_exclusive);
    left_over.idempotent = true;
    put_alter(b, left_over, [&](text_buffer& out) { out << " DROP CONSTRAINT IF EXISTS " << sql::quoted{proof}; });
    add_check(b, table, [&](text_buffer& out) {
      out << "CONSTRAINT " << sql::quoted{proof} << " CHECK (" << sql::quoted{column} << " IS NOT NULL)";
    });
    commit(b);
    validate_constraint(b, table, proof, {});
    begin(b);
    const statement facts = inside(table, lock_mode::access_exclusive);
    put_alter(b, facts, [&](text_buffer& out) { out << " ALTER COLUMN " << sql::quoted{column} << " SET NOT NULL"; });
    put_alter(b, facts, [&](text_buffer& out) { out << " DROP CONSTRAINT " << sql::quoted{proof}; });
    commit(b);
  }

  // A sync is a trigger, and a function of the same name. It changes the row before it is stored, so that whatever the
  // table asks of its rows it asks of both sides.

  static constexpr void create_sync_function(builder& b, text_view table, const model::sync& s, text_view how) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
      text_buffer body;
      out << how << " FUNCTION " << sql::quoted{s.name} << "() RETURNS trigger LANGUAGE plpgsql ";
      if (s.along == nullptr) {
        sql::put_sync_body(body, table, s);
      } else {
        out << "SET search_path FROM CURRENT ";  // it names tables
        s.moves ? sql::put_moved_body(body, table, s) : sql::put_copies_body(body, table, s);
      }
      put_text(out << "AS ", body.all());
    });
  }
  static constexpr void create_sync(builder& b, text_view table, const model::sync& s, lock_mode lock) {
    create_sync_function(b, table, s, "CREATE");
    b.add(inside(table, lock), [&](text_buffer& out) {
      out << "CREATE TRIGGER " << sql::quoted{s.name} << " BEFORE INSERT OR UPDATE ON " << sql::quoted{table}
          << " FOR EACH ROW EXECUTE FUNCTION " << sql::quoted{s.name} << "()";
    });
    if (s.moves) b.add(inside(table, lock), [&](text_buffer& out) { sql::put_create_writing_trigger(out, table, s); });
  }
  static constexpr void create_parent_trigger(builder& b, const model::sync& s, lock_mode lock) {
    b.add(inside(s.along->target, lock), [&](text_buffer& out) { sql::put_create_parent_trigger(out, s); });
  }
  static constexpr void drop_trigger(builder& b, text_view table, text_view trigger) {
    b.add(inside(table, lock_mode::access_exclusive), [&](text_buffer& out) {
      out << "DROP TRIGGER " << sql::quoted{trigger} << " ON " << sql::quoted{table};
    });
  }
  static constexpr void drop_function(builder& b, text_view sync) {
    b.add(inside({}, lock_mode::none), [&](text_buffer& out) { out << "DROP FUNCTION " << sql::quoted{sync} << "()"; });
  }
  static constexpr void drop_sync(builder& b, text_view table, const model::sync& s) {
    begin(b);
    drop_trigger(b, table, s.name);
    if (s.moves) {
      text_buffer writing;
      sql::put_writing_trigger_name(writing, s);
      drop_trigger(b, table, writing.all());
    }
    drop_function(b, s.name);
    commit(b);
  }
  /// Rows that have nothing of the stale side, and should, get it; what others have written there stays. Then no row may
  /// be left in which each side says something else than the other.
  static constexpr void fill_sync(builder& b, const model::schema& before, const model::table& t, const model::sync& s,
                                  const model::sync& after) {
    if (s.moves) return fill_moved(b, before, t, s, after.stale);
    if (s.stale_side().empty()) return;
    if (s.along != nullptr) return fill_copies(b, t, s);
    text_buffer missing;
    sql::put_missing(missing, s.stale_side());
    const model::data_change rows{s.stale_side(), missing.all()};
    model::operation update{model::operation::what::update_rows, t.name};
    update.data = &rows;
    update_in_batches(b, update, t);
    prove_none(b, t, [&](text_buffer& out) {
      sql::put_out_of_step(out, s, [&](array_view<model::assignment> side) {
        sql::put_joined(out, " OR ", side, [&](const model::assignment& a) {
          out << sql::quoted{a.column} << " IS DISTINCT FROM (" << a.expression << ')';
        });
      });
    });
  }
  /// Rows that have not what their parents have get it. Where a lock makes a circle, the batch gives up before the server
  /// looks for one (deadlock_timeout, 1s by default) and ends somebody else.
  static constexpr void fill_copies(builder& b, const model::table& t, const model::sync& s) {
    // A row that moves as it is, not as it was when the statement began.
    const sql::copied_columns copies(t.name, s, s.moves ? text_view(" FOR NO KEY UPDATE") : text_view());
    text_buffer differ;
    sql::put_copies_differ(differ, t.name, s);
    text_buffer condition;
    if (s.moves)
      sql::put_differ_and_lock(condition, t.name, s, differ.all());
    else
      condition << differ.all();
    const model::data_change rows{copies.all(), condition.all()};
    model::operation update{model::operation::what::update_rows, t.name};
    update.data = &rows;
    update_in_batches(
        b, update, t,
        [&](text_buffer& out, auto put_range) {
          if (!s.moves) sql::put_lock_parents(out << " AND ", t.name, *s.along, [&](text_buffer& children) {
            put_range(children);
            children << " AND (" << differ.all() << ')';
          });
        },
        "500ms");
    prove_none(b, t, [&](text_buffer& out) { out << differ.all(); });
  }
  /// The side that is stale gets what the other says. Before releases rely on the newer one, and before the older one goes,
  /// each value of it has to have a row to stand in.
  static constexpr void fill_moved(builder& b, const model::schema& before, const model::table& t, const model::sync& s,
                                   model::sync_side stale_after) {
    if (stale_after == model::sync_side::newer) return;  // nobody relies on it any more
    if (s.stale == model::sync_side::older) {
      list<model::assignment> back;
      for (const model::assignment& each : s.newer) back.push_back({identifier(each.expression), each.column.text()});
      model::foreign_key way = *s.along;
      way.columns = s.along->target_columns;
      way.target = t.name;
      way.target_columns = s.along->columns;
      const model::sync mirrored{{}, {}, back.all(), model::sync_side::newer, false, &way, true};
      return fill_copies(b, *before.find(s.along->target), mirrored);
    }
    if (s.stale == model::sync_side::newer)
      fill_copies(b, t, s);
    else
      prove_none(b, t, [&](text_buffer& out) { sql::put_copies_differ(out, t.name, s); });
    prove(b, s.along->target, [&](text_buffer& out) { sql::put_left_behind(out, t.name, s); });
    b.add(detail::control(transaction_mode::outside), "RESET statement_timeout");
  }
  /// A query that has to find no row: a long look at a snapshot, which nobody waits for.
  template <class Write>
  static constexpr void prove(builder& b, text_view table, Write write) {
    b.add(detail::control(transaction_mode::outside), "SET statement_timeout = 0");
    statement proof = outside(table, lock_mode::none);
    proof.scans = true;
    proof.must_be_empty = true;
    proof.idempotent = true;
    b.add(proof, write);
  }
  /// The same: no row satisfies the condition.
  template <class Put>
  static constexpr void prove_none(builder& b, const model::table& t, Put put_condition) {
    prove(b, t.name, [&](text_buffer& out) {
      put_condition(out << "SELECT 1 FROM " << sql::quoted{t.name} << " WHERE ");
      out << " LIMIT 1";
    });
    b.add(detail::control(transaction_mode::outside), "RESET statement_timeout");
  }

  /// A table as it stands after a change, or before one that drops it.
  static constexpr const model::table& table_of(const identifier& name, const model::schema& before,
                                                const model::schema& after) {
    const model::table* found = after.find(name);
    return found != nullptr ? *found : *before.find(name);
  }

  /// Goes through the rows in the order of a key, a thousand at a time, each in a transaction of its own, so that a row is
  /// locked for no longer than a thousand take. The condition is looked at again where another transaction has changed
  /// the row meanwhile (manual, section 13.2.1). Without such a key there is nothing to go by that an update leaves as it
  /// is, and all is done at once.
  static constexpr void update_in_batches(builder& b, const model::operation& o, const model::table& t) {
    update_in_batches(b, o, t, [](text_buffer&, auto) {}, o.data->batches == nullptr ? text_view("2s") : text_view("500ms"));
  }
  /// `put_guard(out, put_range)` puts one more condition; `put_range(out)`, that which has the rows of a batch.
  static constexpr void update_in_batches(builder& b, const model::operation& o, const model::table& t, auto put_guard,
                                          text_view lock_timeout) {
    const model::batch_texts* const texts = o.data->batches;
    const array_view<identifier> key = sql::order_of(t, o.data->assignments);
    if (key.empty()) {
      begin(b, "0");
      statement facts = inside(o.table, lock_mode::row_exclusive);
      facts.scans = true;
      facts.idempotent = !o.data->condition.empty();
      b.add(facts, [&](text_buffer& out) {
        sql::put_whole_update(out, o);
        put_guard(out, [](text_buffer& all) { all << "true"; });
      });
      commit(b);
      return;
    }
    const auto put_parameters = [&](text_buffer& out, std::size_t first) {
      for (std::size_t i = 0; i != key.size(); ++i) {
        out << (i == 0 ? text_view("($") : text_view(", $")) << std::uint64_t{first + i} << "::";
        put_type(out, t.find_column(key[i])->type);
      }
      out << ')';
    };
    // The server knows the parameters when it plans, and one of the two sides of the OR is gone then.
    const auto put_begin = [&](text_buffer& out) {
      out << "($1::";
      put_type(out, t.find_column(key[0])->type);
      out << " IS NULL OR ";
      sql::put_columns(out, key);
      put_parameters(out << " > ", 1);
      out << ')';
    };
    const auto put_order = [&](text_buffer& out, text_view direction) {
      for (std::size_t i = 0; i != key.size(); ++i)
        out << (i == 0 ? text_view() : text_view(", ")) << sql::quoted{key[i]} << direction;
    };
    b.add(detail::control(transaction_mode::outside),
          [&](text_buffer& out) { out << "SET lock_timeout = '" << lock_timeout << '\''; });
    b.add(detail::control(transaction_mode::outside), "SET statement_timeout = '60s'");
    statement next = detail::control(transaction_mode::outside);
    next.batch_key = key.size();
    b.add(next, [&](text_buffer& out) {
      out << "SELECT ";
      sql::put_names(out, key);
      out << " FROM (SELECT ";
      sql::put_names(out, key);
      out << " FROM " << sql::quoted{o.table} << " WHERE ";
      put_begin(out);
      put_order(out << " ORDER BY ", {});
      put_order(out << " LIMIT " << sql::rows_per_batch << ") AS batch ORDER BY ", " DESC");
      out << " LIMIT 1";
    });
    statement facts = outside(o.table, lock_mode::row_exclusive);
    facts.idempotent = !o.data->condition.empty();
    facts.restart = 1;
    facts.in_client = o.data->in_client();
    const auto put_range = [&](text_buffer& out) {
      put_begin(out);
      sql::put_columns(out << " AND ", key);
      put_parameters(out << " <= ", 1 + key.size());
    };
    b.add(facts, [&](text_buffer& out) {
      if (facts.in_client)
        sql::put_transformed(out, o, "\"ctid\"");
      else if (texts != nullptr && !texts->insert.empty())
        out << texts->insert;
      else
        sql::put_update(out, o);
      put_range(out << " WHERE ");
      put_guard(out, put_range);
      if (!o.data->condition.empty()) out << " AND (" << o.data->condition << ')';
      if (texts != nullptr) out << texts->behind;
      out << (facts.in_client ? text_view(" FOR NO KEY UPDATE") : text_view(" RETURNING 1"));
    });
    if (facts.in_client) {
      facts.restart = 2;
      b.add(facts, [&](text_buffer& out) {
        sql::put_transformation(out, o);
        out << " WHERE \"ctid\" = $1";  // it stays: the row is locked
      });
      prove(b, o.table, [&](text_buffer& out) { sql::put_unfinished(out, o); });
    }
    b.add(detail::control(transaction_mode::outside), "RESET lock_timeout");
    b.add(detail::control(transaction_mode::outside), "RESET statement_timeout");
    if (texts != nullptr && !texts->wrong.empty()) prove_none(b, t, [&](text_buffer& out) { out << texts->wrong; });
  }

  /// Few rows, in one statement. The keys of other tables that it looks at are locked as well, against their deletion
  /// only.
  static constexpr void change_rows(builder& b, const model::operation& o, const model::table& t) {
    const auto put_value = [](text_buffer& out, const model::column& c, const model::default_value& value) {
      model::column stored = c;
      stored.value = value;
      put_default(out, stored);
    };
    begin(b);
    b.add(inside(o.table, lock_mode::row_exclusive), [&](text_buffer& out) {
      if (o.kind == model::operation::what::insert_rows)
        sql::put_insert(out, t, *o.data, put_value);
      else
        sql::put_delete(out, t, *o.data, put_value);
    });
    commit(b);
  }

  /// What takes its time may; but for a lock that keeps others from writing it waits no longer than all else does.
  static constexpr void run_opaque(builder& b, text_view table, const model::opaque_sql& sql) {
    statement facts = inside(table, sql.lock);
    facts.rewrites = sql.rewrites;
    facts.scans = sql.scans;
    facts.idempotent = sql.idempotent;
    const text_view text = sql.for_postgresql.empty() ? sql.text : sql.for_postgresql;
    if (!sql.outside) {
      begin(b, sql.scans ? "0" : "10s");
      b.add(facts, text);
      commit(b);
      return;
    }
    facts.transaction = transaction_mode::outside;
    concurrently(b, [&] {
      if (sql.lock > lock_mode::share_update_exclusive)
        b.add(detail::control(transaction_mode::outside), "SET lock_timeout = '2s'");
      b.add(facts, text);
    });
  }

};

}  // namespace dovetail
