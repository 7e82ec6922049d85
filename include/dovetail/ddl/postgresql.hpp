// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/ddl/sql.hpp>
#include <dovetail/ddl/statement.hpp>

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
struct postgresql {
  static_assert(sizeof(detail::postgresql_version<Major>) != 0);

  using builder = detail::script_builder;

  static constexpr text_view name = "PostgreSQL";

  /// Why this server cannot have a table, or a part of one, or empty.
  static constexpr text_view refuses(const model::table& t) {
    // The catalogue comes first in the search path, so that its names stand before those of the same schema.
    return begins_with_pg(t.name) ? "PostgreSQL keeps pg_ for itself: name the table otherwise" : "";
  }
  static constexpr text_view refuses(const model::part& p, const model::table& t) {
    if (model::is_index(&p) && begins_with_pg(p.name)) return "PostgreSQL keeps pg_ for itself: name the index otherwise";
    if (const enumeration_labels* labels = model::enumeration_of(&p);
        labels != nullptr && is_built_in(labels->name))
      return "PostgreSQL has a type of the enumeration's name: name it otherwise";
    constexpr text_view taken[]{"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
    if (p.kind == model::part_kind::column)
      for (text_view each : taken)
        if (p.name.text() == each) return "PostgreSQL has a column of this name in every table: name it otherwise";
    for (const identifier& name : model::columns_of(&p)) {
      const model::column* c = t.find_column(name);
      if (c == nullptr) continue;
      if (is_json(c->type)) return "PostgreSQL does not compare json, which no key or index can hold: declare jsonb";
      // "cannot determine element type of anyarray" (seen in 15.20), which is how it compares them.
      if (p.kind == model::part_kind::foreign_key && c->type.element != nullptr && has_modifier(c->type.element->type))
        return "PostgreSQL has no foreign key of arrays whose elements have a length or digits: declare them without";
    }
    return {};
  }

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
    create_types(b, s, t);
    if (t.kind == model::source_kind::table) create_table(b, t);
  }
  static constexpr void create_references(builder& b, const model::schema&, const model::table& t) {
    for (const model::part* p : t.parts)
      if (const model::foreign_key* f = model::as_foreign_key(p)) add_foreign_key(b, t, *f, "");
  }
  static constexpr void create_end(builder& b, const model::schema& s) {
    for (const model::table* t : s.tables) create_source(b, *t);
    commit(b);
  }

  // One change of a migration.

  static constexpr void render(builder& b, const model::change& c, const model::schema& before,
                               const model::schema& after) {
    switch (c.kind) {
      case model::change_kind::add_column:
        add_column(b, c, static_cast<const model::column&>(*c.declared), before);
        break;
      case model::change_kind::drop_column: drop_column(b, c, before, after); break;
      case model::change_kind::create_table: add_table(b, *c.created, before); break;
      case model::change_kind::drop_table: drop_table(b, *before.find(c.table), after); break;
      case model::change_kind::add_index:
        concurrently(b, [&] {
          // A build that failed leaves an invalid index of this name behind, and has to begin again without it.
          drop_index(b, c);
          statement facts = outside(c.table, lock_mode::share_update_exclusive);
          facts.builds_index = true;
          facts.scans = true;
          facts.restart = 1;
          b.add(facts, [&](text_buffer& out) {
            sql::put_create_index(out, static_cast<const model::index&>(*c.declared), c.table, "CONCURRENTLY ");
          });
        });
        break;
      case model::change_kind::drop_index: concurrently(b, [&] { drop_index(b, c); }); break;
    }
  }

 private:
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

  static constexpr bool begins_with_pg(text_view name) {
    return name.size() >= 3 && name[0] == 'p' && name[1] == 'g' && name[2] == '_';
  }
  /// A type of pg_catalog, of 15 or an older version, or the array of one. An enumeration of such a name could be made, and
  /// its columns would get the other type.
  static constexpr bool is_built_in(text_view type) {
    constexpr text_view names =
        "abstime aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange "
        "anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit "
        "bool box bpchar bytea char cid cidr circle cstring date datemultirange daterange event_trigger "
        "fdw_handler float4 float8 gtsvector index_am_handler inet int2 int2vector int4 int4multirange "
        "int4range int8 int8multirange int8range internal interval json jsonb jsonpath language_handler line "
        "lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector opaque path point "
        "polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper "
        "regoperator regproc regprocedure regrole regtype reltime smgr table_am_handler text tid time "
        "timestamp timestamptz timetz tinterval trigger tsm_handler tsmultirange tsquery tsrange "
        "tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml ";
    if (!type.empty() && type[0] == '_') type = type.substr(1);
    if (begins_with_pg(type)) return true;
    for (std::size_t begin = 0, i = 0; i != names.size(); ++i) {
      if (names[i] != ' ') continue;
      if (names.substr(begin, i - begin) == type) return true;
      begin = i + 1;
    }
    return false;
  }

  /// While a statement waits for its lock, everybody else waits behind it: better to give up and try again.
  static constexpr void begin(builder& b, text_view statement_timeout = "10s") {
    b.add(detail::control(transaction_mode::begin), "BEGIN");
    b.add(detail::control(transaction_mode::inside), "SET LOCAL lock_timeout = '2s'");
    b.add(detail::control(transaction_mode::inside),
          [&](text_buffer& out) { out << "SET LOCAL statement_timeout = '" << statement_timeout << '\''; });
  }
  static constexpr void commit(builder& b) { b.add(detail::control(transaction_mode::commit), "COMMIT"); }

  /// A concurrent build waits for the transactions of others, and nobody waits for it: it may take its time.
  template <class Statements>
  static constexpr void concurrently(builder& b, Statements statements) {
    b.add(detail::control(transaction_mode::outside), "SET lock_timeout = 0");
    b.add(detail::control(transaction_mode::outside), "SET statement_timeout = 0");
    statements();
    b.add(detail::control(transaction_mode::outside), "RESET lock_timeout");
    b.add(detail::control(transaction_mode::outside), "RESET statement_timeout");
  }

  /// `varchar(9)`, `timestamptz(3)`.
  static constexpr bool has_modifier(const sql_type& type) {
    return is_time(type.kind) ? type.length != most_second_digits : type.length != 0;
  }
  static constexpr bool is_json(const sql_type& type) {
    return type.kind == type_kind::json || (type.kind == type_kind::array && is_json(type.element->type));
  }

  static constexpr void put_type(text_buffer& out, const sql_type& type) {
    if (type.kind == type_kind::array) {
      put_type(out, type.element->type);
      out << "[]";
    } else if (type.kind == type_kind::enumeration) {
      out << sql::quoted{type.labels->name};
    } else {
      out << type;
    }
  }
  /// A backslash is safe in E'…' under every setting of standard_conforming_strings, and only there.
  static constexpr void put_text(text_buffer& out, text_view text) {
    if (!text.contains('\\')) return sql::put_text(out, text);
    out << "E'";
    for (char c : text) {
      if (c == '\'' || c == '\\') out << c;
      out << c;
    }
    out << '\'';
  }
  static constexpr void put_column(text_buffer& out, const model::column& c) {
    out << sql::quoted{c.name} << ' ';
    put_type(out, c.type);
    if (!c.nullable) out << " NOT NULL";
    if (c.value.kind == model::default_kind::expression) {
      out << " DEFAULT (" << c.value.text << ')';
    } else if (c.value.kind != model::default_kind::none) {
      out << " DEFAULT ";
      if (sql::is_bare(c) || c.value.kind == model::default_kind::boolean)
        out << c.value.text;
      else
        put_text(out, c.value.text);
    }
    if (c.identity == model::identity_kind::always) out << " GENERATED ALWAYS AS IDENTITY";
    if (c.identity == model::identity_kind::by_default) out << " GENERATED BY DEFAULT AS IDENTITY";
  }

  /// The same value for all rows, so that it is stored once, in the catalogue (since 11; manual, ALTER TABLE, notes).
  /// Expressions that are not known to be stable count as volatile.
  static constexpr bool is_stable(text_view expression) {
    constexpr text_view stable[]{"now()", "CURRENT_TIMESTAMP", "current_timestamp", "CURRENT_DATE", "current_date", "transaction_timestamp()"};
    for (text_view known : stable)
      if (expression == known) return true;
    return false;
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

  /// A unique constraint on the columns of the primary key or of an earlier one. CREATE TABLE would make one of the two,
  /// and say nothing; ALTER TABLE makes both.
  static constexpr bool repeats_key(const model::part& p, const model::table& t) {
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
        if (p->kind == model::part_kind::foreign_key || p->kind == model::part_kind::index || repeats_key(*p, t)) continue;
        out << (first ? text_view("\n  ") : text_view(",\n  "));
        first = false;
        if (const model::column* c = model::as_column(p))
          put_column(out, *c);
        else
          sql::put_constraint(out, *p);
      }
      out << "\n)";
    });
    for (const model::part* p : t.parts) {
      if (repeats_key(*p, t))
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) {
          out << "ALTER TABLE " << sql::quoted{t.name} << " ADD ";
          sql::put_constraint(out, *p);
        });
      if (const model::index* i = model::as_index(p))
        b.add(inside({}, lock_mode::none), [&](text_buffer& out) { sql::put_create_index(out, *i, t.name, ""); });
    }
  }

  /// A view or function; nothing for a table.
  static constexpr void create_source(builder& b, const model::table& t) {
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

  static constexpr void add_foreign_key(builder& b, const model::table& t, const model::foreign_key& f,
                                        text_view suffix) {
    b.add(inside(t.name, lock_mode::share_row_exclusive, f.target), [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{t.name} << " ADD ";
      sql::put_constraint(out, f);
      out << suffix;
    });
  }

  static constexpr void add_table(builder& b, const model::table& t, const model::schema& before) {
    begin(b);
    sql::each_enumeration(t, [&](const enumeration_labels& labels) {
      if (!sql::uses(before, labels)) create_type(b, labels);
    });
    create_table(b, t);
    commit(b);
    // One foreign key at a time locks one other table at a time.
    for (const model::part* p : t.parts) {
      const model::foreign_key* f = model::as_foreign_key(p);
      if (f == nullptr) continue;
      begin(b);
      add_foreign_key(b, t, *f, " NOT VALID");
      commit(b);
      begin(b, "0");
      statement facts = inside(t.name, lock_mode::share_update_exclusive, f->target);
      if (f->target != t.name) facts.also_lock = lock_mode::row_share;
      facts.scans = true;
      facts.idempotent = true;
      b.add(facts, [&](text_buffer& out) {
        out << "ALTER TABLE " << sql::quoted{t.name} << " VALIDATE CONSTRAINT " << sql::quoted{f->name};
      });
      commit(b);
    }
  }

  static constexpr void drop_table(builder& b, const model::table& t, const model::schema& after) {
    // Dropping the table with its foreign keys would lock all their targets at once.
    for (const model::part* p : t.parts) {
      const model::foreign_key* f = model::as_foreign_key(p);
      if (f == nullptr || f->target == t.name) continue;
      begin(b);
      statement facts = inside(t.name, lock_mode::access_exclusive, f->target);
      facts.idempotent = true;
      b.add(facts, [&](text_buffer& out) {
        out << "ALTER TABLE " << sql::quoted{t.name} << " DROP CONSTRAINT IF EXISTS " << sql::quoted{f->name};
      });
      commit(b);
    }
    begin(b);
    b.add(inside(t.name, lock_mode::access_exclusive),
          [&](text_buffer& out) { out << "DROP TABLE " << sql::quoted{t.name}; });
    sql::each_enumeration(t, [&](const enumeration_labels& labels) {
      if (!sql::uses(after, labels)) drop_type(b, labels);
    });
    commit(b);
  }

  static constexpr void add_column(builder& b, const model::change& c, const model::column& added,
                                   const model::schema& before) {
    begin(b);
    if (added.type.labels != nullptr && !sql::uses(before, *added.type.labels))
      create_type(b, *added.type.labels);
    statement facts = inside(c.table, lock_mode::access_exclusive);
    facts.rewrites = added.identity != model::identity_kind::none ||
                     (added.value.kind == model::default_kind::expression && !is_stable(added.value.text));
    facts.scans = facts.rewrites;
    b.add(facts, [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{c.table} << " ADD COLUMN ";
      put_column(out, added);
    });
    commit(b);
  }

  static constexpr void drop_column(builder& b, const model::change& c, const model::schema& before,
                                    const model::schema& after) {
    begin(b);
    b.add(inside(c.table, lock_mode::access_exclusive), [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{c.table} << " DROP COLUMN " << sql::quoted{c.object};
    });
    const sql_type& type = before.find(c.table)->find_column(c.object)->type;
    if (type.labels != nullptr && !sql::uses(after, *type.labels)) drop_type(b, *type.labels);
    commit(b);
  }

  static constexpr void drop_index(builder& b, const model::change& c) {
    statement facts = outside(c.table, lock_mode::share_update_exclusive);
    facts.idempotent = true;
    b.add(facts, [&](text_buffer& out) { out << "DROP INDEX CONCURRENTLY IF EXISTS " << sql::quoted{c.object}; });
  }
};

}  // namespace dovetail
