// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/change/draft.hpp>
#include <dovetail/ddl/sql.hpp>
#include <dovetail/ddl/sqlite_alias.hpp>
#include <dovetail/ddl/sqlite_syncs.hpp>
#include <dovetail/ddl/statement.hpp>

namespace dovetail {

namespace detail {
template <int Major, int Minor>
struct sqlite_version {
  static_assert(Major == 3 && Minor >= 37, "[dovetail/DL_UNSUPPORTED] dovetail knows SQLite 3.37 and newer");
};
}  // namespace detail

/// SQLite of a version, 3.37 or newer. It has no types to hold a column to: what the declaration promises stands in
/// CHECKs, so that a value which PostgreSQL would refuse or round is refused. STRICT tables would not do: their six
/// types have no length, no range and no digits, and the declared words would be lost. SQLite has one writer at a time,
/// so that every change locks the whole database; what ALTER TABLE cannot do rebuilds the table in one transaction
/// (sqlite.org/lang_altertable.html, section 7).
template <int Major, int Minor>
struct sqlite {
  static_assert(sizeof(detail::sqlite_version<Major, Minor>) != 0);

  using builder = detail::script_builder;
  using syncs = detail::sqlite_syncs;

  static constexpr text_view name = "SQLite";

  /// Why SQLite cannot have a table, or a part of one, or empty.
  static constexpr text_view refuses(const model::table& t) {
    if (t.is_part) return "SQLite does not write through a view of some columns: extract the table in place";
    if (!t.alias_of.empty()) return syncs::refuses_name(t.alias_of);
    if (t.kind == model::source_kind::routine) return "SQLite has no routines: leave it to those who write";
    if (t.kind == model::source_kind::sequence) return no_sequences;
    if (t.name.text().contains(schema_mark)) return "SQLite has no schemas within a database: declare the name without one";
    if (t.kind == model::source_kind::function) return "SQLite has no functions that return rows: declare a view";
    for (const model::part* p : t.parts)
      if (const model::column* c = model::as_column(p); c != nullptr && !c->is_generated()) return {};
    return "SQLite has no table of generated columns only: declare one that is not";
  }
  static constexpr text_view refuses(const model::part& p, const model::table& t) {
    if (const text_view why = syncs::refuses_beside(p, t); !why.empty()) return why;
    if (t.is_part) return {};  // the table is refused
    if (!t.alias_of.empty()) return detail::sqlite_alias::refuses(static_cast<const model::column&>(p));
    // The trigger that SQLite makes of RESTRICT takes quotes off the table's name once more (seen in 3.40.1).
    if (const model::foreign_key* f = model::as_foreign_key(&p);
        f != nullptr && (f->on_delete == referential_action::restrict || f->on_update == referential_action::restrict) &&
        text_view("\"'`[").contains(t.name.text()[0]))
      return "SQLite loses a table whose name begins with a quote or bracket in RESTRICT: declare no_action";
    if (const model::index* i = model::as_index(&p)) {
      if (i->more == nullptr) return {};
      if (!i->more->method.empty()) return "SQLite has no index but the B-tree: declare it without method<>";
      if (!i->more->included.empty()) return "SQLite includes no columns in an index: declare them as elements of it";
      // "unsupported use of NULLS FIRST" (seen in 3.40.1).
      bool nulls = false;
      if (!i->more->elements.empty())
        i->each_element([&](const model::index_element& e) { nulls = nulls || model::mentions(e.order, "nulls"); });
      return nulls ? "SQLite has its own order of NULLs in an index: declare it without nulls_first and nulls_last" : "";
    }
    // It would go when the table is made anew, and stand in the way when another one is that it mentions.
    if (p.kind == model::part_kind::trigger) return "dovetail makes no triggers on SQLite: leave it to those who write";
    if (p.kind == model::part_kind::partitioning) return "SQLite has no partitions: declare the table without them";
    if (p.kind == model::part_kind::exclusion)
      return "SQLite has no exclusion constraints: declare unique, or leave it to those who write";
    if (const model::sync* s = model::as_sync(&p)) {
      if (s->moves) return "SQLite cannot keep columns of two tables in step: move them at once, while nobody writes";
      return syncs::refuses(t, rowid_name(t));
    }
    if (p.kind == model::part_kind::primary_key)
      for (const identifier& name : model::columns_of(&p))
        if (const model::column* each = t.find_column(name); each != nullptr && each->is_generated())
          return "SQLite has no primary key of a generated column: declare it unique";
    if (const model::key* k = model::as_key(&p)) {
      if (k->deferred != model::deferral::none) return "SQLite defers foreign keys only: declare the key without deferrable";
      if (k->nulls_not_distinct) return "SQLite has all NULLs distinct: declare the constraint without nulls_not_distinct";
    }
    const auto is_binary = [](text_view collation) { return collation.empty() || collation == "BINARY"; };
    if (const model::check* k = model::as_check(&p); k != nullptr && k->rule.kind == narrowing::what::labels)
      if (const model::column* about = t.find_column(k->column); about != nullptr && !is_binary(about->details().collation))
        return "SQLite takes other spellings for the texts of one_of: declare the column without collate";
    const model::column* c = model::as_column(&p);
    if (c == nullptr) return {};
    if (c->value.kind == model::default_kind::next_value) return no_sequences;
    if (const text_view collation = c->details().collation;
        !is_binary(collation) && !(collation == "NOCASE") && !(collation == "RTRIM"))
      return "SQLite has the collations BINARY, NOCASE and RTRIM: declare one of these";
    // Numbers are 64-bit integers or doubles, and a double keeps 15 digits (sqlite.org/floatingpoint.html).
    if (c->type.kind == type_kind::numeric && c->type.length == 0)
      return "SQLite keeps 15 digits of a number: declare numeric<> with at most these";
    if (c->type.kind == type_kind::numeric && c->type.length > 15)
      return "SQLite keeps 15 digits of a numeric: declare fewer";
    if (c->type.kind == type_kind::array) return "SQLite has no arrays: declare a table of the elements, or jsonb";
    if (c->identity != model::identity_kind::none && !is_rowid(*c, t))
      return "SQLite numbers only rows whose primary key is this one column: declare it primary_key";
    return {};
  }

  // A whole version, for an empty database.

  static constexpr void create_begin(builder& b) { begin(b); }
  static constexpr void create(builder& b, const model::schema&, const model::table& t) {
    if (t.kind != model::source_kind::table) return;
    create_table(b, t, t.name);
    create_indexes(b, t);
  }
  /// Foreign keys stand in CREATE TABLE: their targets may come later. Triggers may write to other tables.
  static constexpr void create_references(builder& b, const model::schema&, const model::table& t) {
    each_trigger(t, creating_in(b, t));
  }
  static constexpr void create_end(builder& b, const model::schema& s) {
    create_views(b, s);
    commit(b);
  }

  // What a change does, one thing at a time.

  static constexpr void render(builder& b, const model::operation& o, const model::schema& before,
                               const model::schema& after) {
    using enum model::operation::what;
    if (is_comment(o)) return;
    if (const model::part* p = o.after != nullptr ? o.after : o.before; p != nullptr && p->kind == model::part_kind::sync)
      return change_sync(b, o, static_cast<const model::sync&>(*p), before, after);
    if (comes_with_sync(o, before, after)) return;
    if (is_held_by_trigger(o, before, after)) return change_held(b, *before.find(o.table), *after.find(o.table), *o.after);
    if (o.kind == set_labels) {
      begin_rebuilds(b);
      for (const model::table* t : after.tables)
        if (has_enumeration(*t, *o.labels_after)) rebuild(b, *before.find(t->name), *t, before, after, o);
      end_rebuilds(b);
      return;
    }
    if (rebuilds(o)) return rebuild_one(b, o, before, after);
    if (o.data != nullptr) {
      const model::table* t = after.find(o.table);
      change_data(b, o, t != nullptr ? t : before.find(o.table));
      return;
    }
    begin(b);
    switch (o.kind) {
      case create_table:
        if (const model::table& t = *after.find(o.table); t.kind == model::source_kind::view)
          create_view(b, t, after);
        else
          create(b, after, t);
        create_references(b, after, *after.find(o.table));
        break;
      case drop_table:
        b.add(writing(o.table), [&](text_buffer& out) {
          const bool view = before.find(o.table)->kind == model::source_kind::view;
          out << (view ? text_view("DROP VIEW ") : text_view("DROP TABLE ")) << sql::quoted{o.table};
        });
        break;
      case set_labels:
      case update_rows:
      case insert_rows:
      case delete_rows:
      case run_sql: break;
      case rename_table:
        b.add(writing(o.table), [&](text_buffer& out) {
          out << "ALTER TABLE " << sql::quoted{o.table} << " RENAME TO " << sql::quoted{o.renamed};
        });
        break;
      case add_part:
        if (const model::index* i = model::as_index(o.after))
          create_index(b, o.table, *i);
        else
          add_column(b, o.table, static_cast<const model::column&>(*o.after));
        break;
      case drop_part:
        if (o.before->kind == model::part_kind::index)
          drop_index(b, o.table, *o.before);
        else
          b.add(writing(o.table, true), [&](text_buffer& out) {
            out << "ALTER TABLE " << sql::quoted{o.table} << " DROP COLUMN " << sql::quoted{o.before->name};
          });
        break;
      case alter_part:
        if (const model::index* i = model::as_index(o.after)) {
          drop_index(b, o.table, *o.before);
          create_index(b, o.table, *i);
        } else {
          b.add(writing(o.table), [&](text_buffer& out) {
            out << "ALTER TABLE " << sql::quoted{o.table} << " RENAME COLUMN " << sql::quoted{o.before->name} << " TO "
                << sql::quoted{o.after->name};
          });
        }
        break;
    }
    commit(b);
  }

 private:
  static constexpr text_view no_sequences = "SQLite has no sequences: declare the column identity, or number the rows in the application";
  static constexpr statement writing(text_view table, bool rewrites = false) {
    statement s;
    s.table = table;
    s.lock = lock_mode::database;
    s.rewrites = rewrites;
    s.scans = rewrites;
    return s;
  }
  /// The write lock is taken at once: a transaction that reads first and then writes can fail for good.
  static constexpr void begin(builder& b) {
    if (b.opens()) b.add(detail::control(transaction_mode::begin), "BEGIN IMMEDIATE");
  }
  static constexpr void commit(builder& b) {
    if (b.closes()) b.add(detail::control(transaction_mode::commit), "COMMIT");
  }

  /// An identity column is the rowid, which has to be INTEGER PRIMARY KEY in these words.
  static constexpr bool is_rowid(const model::column& c, const model::table& t) {
    const model::key* key = t.primary_key();
    return c.identity != model::identity_kind::none && key != nullptr && key->columns.size() == 1 &&
           key->columns[0] == c.name;
  }
  static constexpr const model::column* rowid_of(const model::table& t) {
    for (const model::part* p : t.parts)
      if (const model::column* c = model::as_column(p); c != nullptr && is_rowid(*c, t)) return c;
    return nullptr;
  }

  /// The declared type gives the column its affinity (sqlite.org/datatype3.html, section 3.1): values that are text here
  /// have to have TEXT, or a document such as 1.0 would come back as 1.
  static constexpr text_view substitute_of(const sql_type& type) {
    switch (facts_of(type.kind).kept_as) {
      case substitute::none: return {};
      case substitute::text: return "text";
      case substitute::bytes: return "blob";
    }
    return {};
  }
  static constexpr text_view type_of(const sql_type& type) {
    if (const text_view kept = substitute_of(type); !kept.empty()) return kept;
    // INTEGER as a primary key of its own would be the rowid, which SQLite numbers by itself, past every default
    // (sqlite.org/lang_createtable.html, section 5).
    return type.kind == type_kind::integer ? "int" : "";
  }
  /// The condition that a column's values are of its type; empty where SQLite itself sees to that. It is put to NULL as
  /// well, and to what the affinity has made of a value, which takes 1.0 and '1' for 1. Measured on 3.40.1: no decimal
  /// of up to 15 digits is refused, and one with a digit beyond its scale is, but where it has 16 digits in all, which a
  /// double cannot tell from its neighbour of 15.
  static constexpr void put_promise(text_buffer& out, const model::column& c, bool rowid) {
    const domain d = domain_of(c.type);
    const sql::quoted name{c.name};
    const auto put_storage = [&](text_view each) { out << "typeof(" << name << ") IN ('" << each << "', 'null')"; };
    switch (d.kind) {
      case family::boolean: out << name << " IN (0, 1)"; break;
      case family::number: {
        if (d.decimal) {
          text_buffer most;
          most << d.high.magnitude;
          for (int i = 0; i != d.scale; ++i) most << (i == 0 ? text_view(".9") : text_view("9"));
          out << "round(" << name << ", " << d.scale << ") = " << name << " AND " << name << " BETWEEN -" << most.all()
              << " AND " << most.all();
          break;
        }
        const bool any = limit(INT64_MAX) <= d.high;  // of the integers that SQLite has
        if (!rowid) put_storage("integer");
        if (!rowid && !any) out << " AND ";
        if (!any) sql::put_rule(out, c.name, {narrowing::what::range, d.low, d.high, {}, 0, {}});
        break;
      }
      case family::binary: put_storage("real"); break;
      case family::text:
        put_storage("text");
        if (d.length == domain::unlimited) break;
        out << " AND ";
        sql::put_rule(out, c.name, {narrowing::what::length, {}, {}, {}, d.length, {}});
        break;
      case family::label: sql::put_rule(out, c.name, {narrowing::what::labels, {}, {}, d.labels, 0, {}}); break;
      case family::time:
      case family::timestamp:
      case family::timestamptz:
        put_storage("text");
        // No digit of the second but 0 where the type has none.
        for (int kept = d.scale; kept < most_second_digits; ++kept) {
          out << " AND " << name << " NOT GLOB '*.";
          for (int i = 0; i != kept; ++i) out << "[0-9]";
          out << "[1-9]*'";
        }
        break;
      default:
        if (const text_view kept = substitute_of(c.type); !kept.empty()) put_storage(kept);
    }
  }
  static constexpr void put_value(text_buffer& out, const model::column& c, const model::default_value& value) {
    if (value.kind == model::default_kind::boolean)
      out << (value.text == "true" ? 1 : 0);
    else if (sql::is_bare(c))
      out << value.text;
    else
      sql::put_text(out, value.text);
  }
  static constexpr void put_default(text_buffer& out, const model::column& c) {
    if (c.value.kind == model::default_kind::expression)
      out << '(' << c.value.text << ')';
    else
      put_value(out, c, c.value);
  }
  /// A number gets the digits of its column, as PostgreSQL gives them: a double has others, which the promise refuses.
  static constexpr void put_generated(text_buffer& out, const model::column& c) {
    text_buffer rounded;
    if (c.type.kind == type_kind::numeric) rounded << "round(" << c.more->expression << ", " << c.type.scale << ')';
    sql::put_generated(out, c, rounded.empty() ? c.more->expression : rounded.all());
  }
  static constexpr void put_column(text_buffer& out, const model::column& c, bool rowid, bool is_held = false) {
    out << sql::quoted{c.name} << ' ';
    if (rowid)
      out << "INTEGER PRIMARY KEY AUTOINCREMENT";
    else if (const text_view type = type_of(c.type); !type.empty())
      out << type;
    else
      out << c.type;
    if (c.is_generated()) put_generated(out, c);
    if (!c.nullable && !rowid && !is_held) out << " NOT NULL";
    if (c.value.kind != model::default_kind::none) put_default(out << " DEFAULT ", c);
    sql::put_collation(out, c);
    text_buffer promise;
    put_promise(promise, c, rowid);
    if (!promise.empty()) out << " CHECK (" << promise.all() << ')';
  }

  /// The case of letters counts in PostgreSQL's LIKE and in GLOB, and not in SQLite's LIKE.
  static constexpr void put_constraint(text_buffer& out, const model::part& p) {
    const model::check* c = model::as_check(&p);
    if (c == nullptr || c->rule.kind != narrowing::what::pattern) return sql::put_constraint(out, p);
    text_buffer glob;
    for (char each : c->rule.pattern)
      if (text_view("*?[").contains(each))
        glob << '[' << each << ']';
      else
        glob << (each == '%' ? '*' : each == '_' ? '?' : each);
    out << "CONSTRAINT " << sql::quoted{c->name} << " CHECK (" << sql::quoted{c->column} << " GLOB ";
    sql::put_text(out, glob.all());
    out << ')';
  }

  static constexpr void create_table(builder& b, const model::table& t, text_view name) {
    const model::column* rowid = rowid_of(t);
    b.add(writing({}), [&](text_buffer& out) {
      out << "CREATE TABLE " << sql::quoted{name} << " (";
      bool first = true;
      const auto next = [&] {
        out << (first ? text_view("\n  ") : text_view(",\n  "));
        first = false;
      };
      // SQLite wants the columns before the constraints.
      for (const model::part* p : t.parts)
        if (const model::column* c = model::as_column(p)) {
          next();
          put_column(out, *c, c == rowid, syncs::is_held_by_trigger(t, *c));
        }
      for (const model::part* p : t.parts) {
        if (p->kind == model::part_kind::column || p->kind == model::part_kind::index ||
            p->kind == model::part_kind::comment || p->kind == model::part_kind::sync)
          continue;
        if (p->kind == model::part_kind::primary_key && rowid != nullptr) continue;
        next();
        put_constraint(out, *p);
      }
      out << "\n)";
    });
  }
  static constexpr void create_index(builder& b, const identifier& table, const model::index& i) {
    statement facts = writing(table);
    facts.builds_index = true;
    facts.scans = true;
    b.add(facts, [&](text_buffer& out) { sql::put_create_index(out, i, table, ""); });
  }
  static constexpr void create_indexes(builder& b, const model::table& t) {
    for (const model::part* p : t.parts)
      if (const model::index* i = model::as_index(p)) create_index(b, t.name, *i);
  }

  static constexpr void each_trigger(const model::table& t, auto visit) {
    if (!t.has_syncs) return;
    for (const model::part* p : t.parts)
      if (const model::sync* s = model::as_sync(p)) each_trigger(t, *s, visit);
  }
  static constexpr void each_trigger(const model::table& t, const model::sync& s, auto visit) {
    for (syncs::trigger which : syncs::triggers)
      if (syncs::has(t, s, which)) visit(s, which);
  }
  static constexpr auto creating_in(builder& b, const model::table& t) {
    return [&](const model::sync& s, syncs::trigger which) {
      b.add(writing(syncs::table_of(t, s, which)),
            [&](text_buffer& out) { syncs::put_trigger(out, t, s, which, rowid_name(t)); });
    };
  }
  static constexpr auto dropping_in(builder& b, const model::table& t) {
    return [&](const model::sync& s, syncs::trigger which) {
      b.add(writing(syncs::table_of(t, s, which)), [&](text_buffer& out) { syncs::put_name(out << "DROP TRIGGER ", s, which); });
    };
  }
  /// Of the syncs of the table, and of those that copy from it.
  static constexpr void each_trigger_about(const model::schema& s, const identifier& table, auto visit) {
    for (const model::table* t : s.tables)
      each_trigger(*t, [&](const model::sync& each, syncs::trigger which) {
        if (t->name == table || (each.along != nullptr && each.along->target == table)) visit(*t, each, which);
      });
  }

  /// Where the sync takes NOT NULL from columns, or gives it back, the table is made anew, with the columns that come and
  /// go with the sync.
  static constexpr void change_sync(builder& b, const model::operation& o, const model::sync& s, const model::schema& before,
                                    const model::schema& after) {
    if (o.kind == model::operation::what::alter_part)
      return fill_sync(b, *before.find(o.table), static_cast<const model::sync&>(*o.before));
    const bool comes = o.kind == model::operation::what::add_part;
    const model::table& t = *after.find(o.table);
    if (syncs::is_made_anew(t, s)) {
      b.join(false);
      return rebuild_one(b, o, before, after);
    }
    begin(b);
    if (comes)
      each_trigger(t, s, creating_in(b, t));
    else
      each_trigger(*before.find(o.table), s, dropping_in(b, *before.find(o.table)));
    commit(b);
  }
  /// The column comes or goes with a sync, for which its table is made anew.
  static constexpr bool comes_with_sync(const model::operation& o, const model::schema& before, const model::schema& after) {
    const model::part* p = o.after != nullptr ? o.after : o.before;
    if (p == nullptr || p->kind != model::part_kind::column || (o.before != nullptr && o.after != nullptr)) return false;
    const model::table& with = *(o.after != nullptr ? after : before).find(o.table);
    const model::table& without = *(o.after != nullptr ? before : after).find(o.table);
    const model::sync* s = with.find_sync_of(p->name);
    return s != nullptr && without.find(model::part_kind::sync, s->name) == nullptr &&
           syncs::is_made_anew(*after.find(o.table), *s);
  }
  /// Only NOT NULL is changed, of a column for which triggers look at it.
  static constexpr bool is_held_by_trigger(const model::operation& o, const model::schema& before, const model::schema& after) {
    return o.kind == model::operation::what::alter_part && o.before->kind == model::part_kind::column &&
           o.renamed.empty() && difference(*o.before, *o.after) == "null or not null" &&
           before.find(o.table)->find_sync_of(o.before->name) != nullptr &&
           after.find(o.table)->find_sync_of(o.after->name) != nullptr;
  }
  static constexpr void change_held(builder& b, const model::table& before, const model::table& after, const model::part& c) {
    begin(b);
    if (!static_cast<const model::column&>(c).nullable) {
      statement proof = writing(after.name);
      proof.scans = true;
      proof.must_be_empty = true;
      b.add(proof, [&](text_buffer& out) {
        out << "SELECT 1 FROM " << sql::quoted{after.name} << " WHERE " << sql::quoted{c.name} << " IS NULL LIMIT 1";
      });
    }
    const model::sync& s = *before.find_sync_of(c.name);
    each_trigger(before, s, dropping_in(b, before));
    each_trigger(after, *after.find_sync_of(c.name), creating_in(b, after));
    commit(b);
  }
  /// Rows that have nothing of the stale side, and should, get it; what others have written there stays. Then no row may
  /// be left in which each side says something else than the other.
  static constexpr void fill_sync(builder& b, const model::table& t, const model::sync& filled) {
    if (filled.stale_side().empty()) return;
    syncs::as_follower(t, filled, [&](const model::sync& s) {
      text_buffer missing;
      if (s.along == nullptr)
        sql::put_missing(missing, s.stale_side());
      else
        syncs::put_differs(missing, s.newer);
      const model::data_change rows{s.stale_side(), missing.all()};
      model::operation update{model::operation::what::update_rows, t.name};
      update.data = &rows;
      update_in_batches(b, update, t);
      statement proof = detail::control(transaction_mode::outside);
      proof.scans = true;
      proof.must_be_empty = true;
      b.add(proof, [&](text_buffer& out) {
        sql::put_out_of_step(out << "SELECT 1 FROM " << sql::quoted{t.name} << " WHERE ", s,
                             [&](array_view<model::assignment> side) { syncs::put_differs(out, side); });
        out << " LIMIT 1";
      });
    });
  }

  /// What ALTER TABLE cannot do (sqlite.org/lang_altertable.html): anything of a constraint, a column's type, default
  /// or NOT NULL, and a new column whose default is no constant, or whose values are computed and stored.
  static constexpr bool rebuilds(const model::operation& o) {
    using enum model::operation::what;
    const model::part* p = o.kind == drop_part ? o.before : o.after;
    if (p == nullptr || p->kind == model::part_kind::index) return false;
    const model::column* c = model::as_column(p);
    if (c == nullptr) return true;
    if (o.kind == alter_part) return !difference(*o.before, *c).empty();
    if (o.kind != add_part) return false;
    return c->value.kind == model::default_kind::expression || (c->is_generated() && c->more->generated == model::generated_kind::stored);
  }

  /// Only what is said of a table or column, which SQLite keeps nowhere.
  static constexpr bool is_comment(const model::operation& o) {
    const model::part* p = o.after != nullptr ? o.after : o.before;
    if (p != nullptr && p->kind == model::part_kind::comment) return true;
    return o.kind == model::operation::what::alter_part && p->kind == model::part_kind::column &&
           o.before->name == p->name && difference(*o.before, *p) == "comment";
  }
  static constexpr bool has_enumeration(const model::table& t, const enumeration_labels& wanted) {
    for (const model::part* p : t.parts)
      if (const enumeration_labels* labels = model::enumeration_of(p); labels != nullptr && labels->name == wanted.name)
        return t.kind == model::source_kind::table;
    return false;
  }
  /// What a column of the new table gets from the old one.
  static constexpr void put_copied(text_buffer& out, const model::column& c, const model::operation& o) {
    if (!o.expression.empty() && c.name == o.after->name) {
      out << '(' << o.expression << ')';
      return;
    }
    if (o.labels_before == nullptr || o.labels_before->labels.size() != o.labels_after->labels.size() ||
        c.type.labels == nullptr || !(c.type.labels->name == o.labels_after->name)) {
      out << sql::quoted{c.name};
      return;
    }
    std::size_t i = 0;
    while (o.labels_before->labels[i] == o.labels_after->labels[i]) ++i;
    out << "CASE " << sql::quoted{c.name} << " WHEN ";
    sql::put_text(out, o.labels_before->labels[i]);
    out << " THEN ";
    sql::put_text(out, o.labels_after->labels[i]);
    out << " ELSE " << sql::quoted{c.name} << " END";
  }

  static constexpr void add_column(builder& b, const identifier& table, const model::column& c) {
    statement facts = writing(table);
    facts.scans = true;  // for the CHECK (sqlite.org/lang_altertable.html, section 4)
    b.add(facts, [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{table} << " ADD COLUMN ";
      put_column(out, c, false);
    });
  }
  static constexpr void drop_index(builder& b, const identifier& table, const model::part& dropped) {
    b.add(writing(table), [&](text_buffer& out) { out << "DROP INDEX " << sql::quoted{dropped.name}; });
  }

  /// A name of the number that each row has (sqlite.org/lang_createtable.html, section 5), or empty where columns of the
  /// table have all of them.
  static constexpr text_view rowid_name(const model::table& t) {
    constexpr text_view names[]{"rowid", "_rowid_", "oid"};
    for (text_view each : names) {
      bool taken = false;
      for (const model::part* p : t.parts)
        taken = taken || (p->kind == model::part_kind::column && p->name.text().size() == each.size() &&
                          model::mentions(p->name, each));
      if (!taken) return each;
    }
    return {};
  }
  /// Goes through the rows in the order of their numbers, a thousand at a time, so that other writers get their turn.
  static constexpr void update_in_batches(builder& b, const model::operation& o, const model::table& t) {
    const text_view rowid = rowid_name(t);
    const model::column* numbered = rowid_of(t);
    bool orders = !rowid.empty();
    for (const model::assignment& a : o.data->assignments) orders = orders && (numbered == nullptr || !(a.column == numbered->name));
    if (!orders) {
      begin(b);
      statement facts = writing(o.table);
      facts.scans = true;
      facts.idempotent = !o.data->condition.empty();
      b.add(facts, [&](text_buffer& out) { sql::put_whole_update(out, o); });
      commit(b);
      return;
    }
    // With an OR for the first batch, each one would read the table from its beginning.
    const auto put_begin = [&](text_buffer& out) {
      out << " WHERE " << rowid << " >= coalesce($1 + 1, -9223372036854775808)";
    };
    statement next = detail::control(transaction_mode::outside);
    next.batch_key = 1;
    b.add(next, [&](text_buffer& out) {
      out << "SELECT last FROM (SELECT " << rowid << " AS last FROM " << sql::quoted{o.table};
      put_begin(out);
      out << " ORDER BY " << rowid << " LIMIT " << sql::rows_per_batch << ") ORDER BY last DESC LIMIT 1";
    });
    statement facts = writing(o.table);
    facts.transaction = transaction_mode::outside;
    facts.idempotent = !o.data->condition.empty();
    facts.restart = 1;
    facts.in_client = o.data->in_client();
    b.add(facts, [&](text_buffer& out) {
      if (facts.in_client) {
        text_buffer place;
        place << "CAST(" << rowid << " AS TEXT)";
        sql::put_transformed(out, o, place.all());
      } else {
        sql::put_update(out, o);
      }
      put_begin(out);
      out << " AND " << rowid << " <= $2";
      if (!o.data->condition.empty()) out << " AND (" << o.data->condition << ')';
      if (!facts.in_client) out << " RETURNING 1";
    });
    if (!facts.in_client) return;
    facts.restart = 2;
    b.add(facts, [&](text_buffer& out) {
      sql::put_transformation(out, o);
      out << " WHERE " << rowid << " = CAST($1 AS INTEGER)";
    });
    statement proof = detail::control(transaction_mode::outside);
    proof.scans = true;
    proof.must_be_empty = true;
    b.add(proof, [&](text_buffer& out) { sql::put_unfinished(out, o); });
  }

  /// `t` is null for SQL of no table.
  static constexpr void change_data(builder& b, const model::operation& o, const model::table* t) {
    using enum model::operation::what;
    if (o.kind == update_rows) return update_in_batches(b, o, *t);
    statement facts = writing(o.table);
    text_view text;
    if (o.kind == run_sql) {
      const model::opaque_sql& sql = *o.data->sql;
      text = sql.for_sqlite.empty() ? sql.text : sql.for_sqlite;
      facts.rewrites = sql.rewrites;
      facts.scans = sql.scans;
      facts.idempotent = sql.idempotent;
      if (sql.outside) {
        facts.transaction = transaction_mode::outside;
        b.add(facts, text);
        return;
      }
    }
    begin(b);
    b.add(facts, [&](text_buffer& out) {
      if (o.kind == insert_rows)
        sql::put_insert(out, *t, *o.data, put_value);
      else if (o.kind == delete_rows)
        sql::put_delete(out, *t, *o.data, put_value);
      else
        out << text;
    });
    commit(b);
  }

  static constexpr void create_view(builder& b, const model::table& view, const model::schema& s) {
    b.add(writing({}), [&](text_buffer& out) { sql::put_create_view(out, view); });
    if (view.alias_of.empty()) return;
    for (text_view event : detail::sqlite_alias::events)
      b.add(writing({}), [&](text_buffer& out) {
        detail::sqlite_alias::put_trigger(out, view, *s.find(view.alias_of), event, put_default);
      });
  }
  static constexpr void create_views(builder& b, const model::schema& s) {
    for (const model::table* t : s.tables)
      if (t->kind == model::source_kind::view) create_view(b, *t, s);
  }

  /// Foreign keys are off meanwhile, because dropping a table would delete the rows that refer to it, and are checked
  /// before the commit.
  static constexpr void begin_rebuilds(builder& b) {
    b.add(detail::control(transaction_mode::outside), "PRAGMA foreign_keys = OFF");
    begin(b);
  }
  static constexpr void end_rebuilds(builder& b) {
    statement check = detail::control(transaction_mode::inside);
    check.must_be_empty = true;
    b.add(check, "PRAGMA foreign_key_check");
    commit(b);
    b.add(detail::control(transaction_mode::outside), "PRAGMA foreign_keys = ON");
  }
  static constexpr void rebuild_one(builder& b, const model::operation& o, const model::schema& before,
                                    const model::schema& after) {
    begin_rebuilds(b);
    rebuild(b, *before.find(o.table), *after.find(o.table), before, after, o);
    end_rebuilds(b);
  }
  /// Creates the new table, copies, drops the old one and renames. Views, and triggers of other tables, are set aside,
  /// because the renaming fails while one names a table that is not there. The table's own triggers go with it.
  static constexpr void rebuild(builder& b, const model::table& before, const model::table& after,
                                const model::schema& before_schema, const model::schema& after_schema,
                                const model::operation& o) {
    text_buffer scratch;
    // No declared name ends with a space, so that nothing has this one.
    scratch << "dovetail new " << after.name.text() << ' ';
    const text_view fresh = scratch.all();

    create_table(b, after, fresh);
    b.add(writing(after.name, true), [&](text_buffer& out) {
      const auto put_kept = [&](bool converted) {
        bool first = true;
        for (const model::part* p : after.parts) {
          const model::column* c = model::as_column(p);
          if (c == nullptr || c->is_generated() || before.find_column(c->name) == nullptr) continue;
          out << (first ? text_view() : text_view(", "));
          if (converted)
            put_copied(out, *c, o);
          else
            out << sql::quoted{c->name};
          first = false;
        }
      };
      out << "INSERT INTO " << sql::quoted{fresh} << " (";
      put_kept(false);
      out << ") SELECT ";
      put_kept(true);
      out << " FROM " << sql::quoted{before.name};
    });
    if (rowid_of(before) != nullptr && rowid_of(after) != nullptr) {
      // The numbers of rows that were deleted stay used up, as AUTOINCREMENT promises.
      b.add(writing({}), [&](text_buffer& out) {
        out << "DELETE FROM sqlite_sequence WHERE name = ";
        sql::put_text(out, fresh);
      });
      b.add(writing({}), [&](text_buffer& out) {
        out << "INSERT INTO sqlite_sequence (name, seq) SELECT ";
        sql::put_text(out, fresh);
        out << ", seq FROM sqlite_sequence WHERE name = ";
        sql::put_text(out, before.name);
      });
    }
    for (const model::table* t : before_schema.tables)
      if (t->kind == model::source_kind::view)
        b.add(writing({}), [&](text_buffer& out) { out << "DROP VIEW " << sql::quoted{t->name}; });
    each_trigger_about(before_schema, before.name, [&](const model::table& t, const model::sync& s, syncs::trigger which) {
      if (!(syncs::table_of(t, s, which) == before.name)) dropping_in(b, t)(s, which);
    });
    b.add(writing(before.name), [&](text_buffer& out) { out << "DROP TABLE " << sql::quoted{before.name}; });
    b.add(writing(after.name), [&](text_buffer& out) {
      out << "ALTER TABLE " << sql::quoted{fresh} << " RENAME TO " << sql::quoted{after.name};
    });
    create_indexes(b, after);
    each_trigger_about(after_schema, after.name, [&](const model::table& t, const model::sync& s, syncs::trigger which) {
      creating_in(b, t)(s, which);
    });
    create_views(b, after_schema);
  }
};

}  // namespace dovetail
