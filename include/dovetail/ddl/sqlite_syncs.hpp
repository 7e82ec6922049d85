// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/ddl/copies.hpp>

namespace dovetail::detail {

/// What SQLite does for a sync. A trigger of SQLite cannot change a row before it is
/// stored (sqlite.org/lang_createtrigger.html), and so these write it once more behind that. Meanwhile it has one side
/// only: NOT NULL of a column that is kept in step is looked at by the triggers, last, and not by the table.
struct sqlite_syncs {
  /// The triggers of a sync, each behind a statement: on its table, or, of copies, on that of the parents.
  enum class trigger : unsigned char { insert, update, parent };
  static constexpr trigger triggers[]{trigger::insert, trigger::update, trigger::parent};

  /// Calls `visit(column)` for each column of the sync that is declared NOT NULL.
  static constexpr void each_required(const model::table& t, const model::sync& s, auto visit) {
    for (const model::part* p : t.parts)
      if (const model::column* c = model::as_column(p); c != nullptr && !c->nullable && s.names(c->name)) visit(*c);
  }

  /// The column is declared NOT NULL, and its table does not look at it.
  static constexpr bool is_held_by_trigger(const model::table& t, const model::column& c) {
    return !c.nullable && t.find_sync_of(c.name) != nullptr;
  }
  /// The table looks at NOT NULL of some column of the sync where it has none.
  static constexpr bool is_made_anew(const auto& t, const model::sync& s) {
    bool any = false;
    each_required(t, s, [&](const model::column&) { any = true; });
    return any;
  }

  /// Why no trigger can write to a table of the name.
  static constexpr text_view refuses_name(const identifier& table) {
    for (text_view row : {"new", "old"})
      if (table.text().size() == row.size() && model::mentions(table, row))
        return "SQLite's triggers call a row so: give the table another name";
    return {};
  }
  /// Why the table can have no sync. `rowid` is a name of the rows' numbers, if there is one.
  static constexpr text_view refuses(const auto& t, text_view rowid) {
    if (const text_view why = refuses_name(t.name); !why.empty()) return why;
    for (const model::part* p : t.parts)
      if (const model::sync* s = model::as_sync(p); s != nullptr && s->along != nullptr)
        if (const text_view why = refuses_name(s->along->target); !why.empty()) return why;
    return rowid.empty() ? "SQLite has no name left for a row's number: rename the column rowid, _rowid_ or oid" : "";
  }

  /// Why SQLite cannot have the part beside a sync: it looks at the part when the row has one side only, or a new one and
  /// an old one. What stands on one column is true of an old value, and, where no SQL asks for NULL, of none.
  static constexpr text_view refuses_beside(const auto& p, const model::table& t) {
    const model::column* c = model::as_column(&p);
    const model::index* i = model::as_index(&p);
    const bool looked_at = model::as_check(&p) != nullptr || model::as_key(&p) != nullptr || (i != nullptr && i->unique) ||
                           (c != nullptr && c->is_generated() && !c->nullable);
    if (!t.has_syncs || !looked_at) return {};
    bool kept = false;
    std::size_t columns = 0;
    for (const model::part* each : t.parts)
      if (each != &p && each->kind == model::part_kind::column && model::depends(p, each->name)) {
        ++columns;
        kept = kept || t.find_sync_of(each->name) != nullptr;
      }
    constexpr text_view asking[]{"is", "isnull", "notnull", "coalesce", "ifnull", "iif", "case", "typeof", "quote",
                                 "format", "printf", "concat", "concat_ws", "json_array", "json_object"};
    bool asks = c != nullptr;
    for (text_view word : asking)
      asks = asks || model::any_sql(p, [&](text_view sql) { return model::mentions(sql, word); });
    return kept && (columns > 1 || asks)
               ? "SQLite looks at it before a sync has set both of its sides: drop it before the sync comes, and add it again "
                 "when that has gone"
               : "";
  }

  static constexpr bool has(const auto& t, const model::sync& s, trigger which) {
    switch (which) {
      case trigger::insert: return true;
      case trigger::update: return s.follows || s.along != nullptr || !s.older.empty() || is_made_anew(t, s);
      case trigger::parent: return s.along != nullptr;
    }
    return false;
  }
  static constexpr const identifier& table_of(const model::table& t, const model::sync& s, trigger which) {
    return which == trigger::parent ? s.along->target : t.name;
  }
  static constexpr void put_name(auto& out, const model::sync& s, trigger which) {
    constexpr text_view words[]{" insert", " update", " parent"};
    text_buffer name;
    name << s.name.text() << words[static_cast<unsigned char>(which)];
    out << sql::quoted{name.all()};
  }
  /// Calls `visit(sync)` with one whose newer columns follow others in the same way: each copy, a query of the parent.
  static constexpr void as_follower(const model::table& t, const model::sync& s, auto visit) {
    if (s.along == nullptr) return visit(s);
    const sql::copied_columns copies(t.name, s);
    model::sync made = s;
    made.newer = copies.all();
    made.follows = true;
    visit(made);
  }
  static constexpr void put_trigger(auto& out, const model::table& t, const model::sync& s, trigger which, text_view rowid) {
    if (which == trigger::parent) return put_parent_trigger(out, t, s);
    as_follower(t, s, [&](const model::sync& each) { put_row_trigger(out, t, each, which == trigger::update, rowid); });
  }
  /// A side that says what the other one says is no news, whoever has written it: so no trigger answers another, whether
  /// SQLite runs them recursively or not. `rowid` is a name of the rows' numbers.
  static constexpr void put_row_trigger(auto& out, const model::table& t, const model::sync& s, bool of_update,
                                        text_view rowid) {
    put_name(out << "CREATE TRIGGER ", s, of_update ? trigger::update : trigger::insert);
    out << " AFTER " << (of_update ? text_view("UPDATE OF ") : text_view("INSERT"));
    if (of_update) {
      const auto put_column = [&](const model::assignment& a) { out << sql::quoted{a.column}; };
      sql::put_joined(out, ", ", s.newer, put_column);
      if (!s.older.empty()) sql::put_joined(out << ", ", ", ", s.older, put_column);
      if (s.along != nullptr)
        sql::put_names(out << ", ", s.along->columns);
      else if (s.follows)
        sql::put_joined(out << ", ", ", ", s.newer, [&](const model::assignment& a) { out << a.expression; });
    }
    out << " ON " << sql::quoted{t.name} << " BEGIN";
    const auto put_row = [&] { out << " WHERE " << rowid << " = NEW." << rowid << " AND "; };
    const auto put_set = [&](array_view<model::assignment> side, auto put_when) {
      const model::data_change rows{side};
      model::operation update{model::operation::what::update_rows, t.name};
      update.data = &rows;
      sql::put_update(out << "\n  ", update);
      put_row();
      put_when();
      out << ';';
    };
    const auto put_news = [&](array_view<model::assignment> side) {
      sql::put_joined(out << '(', " OR ", side, [&](const model::assignment& a) {
        out << "NEW." << sql::quoted{a.column} << " IS NOT OLD." << sql::quoted{a.column} << " COLLATE BINARY";
      });
      put_differs(out << ") AND (", side);
      out << ')';
    };
    const auto put_nothing = [&] {
      sql::put_joined(out, " AND ", s.newer,
                      [&](const model::assignment& a) { out << "NEW." << sql::quoted{a.column} << " IS NULL"; });
    };
    if (s.follows) {
      put_set(s.newer, [&] { put_differs(out << '(', s.newer); out << ')'; });
    } else if (!of_update) {
      put_set(s.newer, put_nothing);
      if (!s.older.empty()) put_set(s.older, [&] { out << "NOT ("; put_nothing(); out << ')'; });
    } else if (!s.older.empty()) {
      put_set(s.older, [&] { put_news(s.newer); });
      put_set(s.newer, [&] { put_news(s.older); });
    }
    each_required(t, s, [&](const model::column& c) {
      text_buffer message;
      message << "NOT NULL constraint failed: " << c.name.text();
      sql::put_text(out << "\n  SELECT RAISE(ABORT, ", message.all());
      out << ") FROM " << sql::quoted{t.name};
      put_row();
      out << sql::quoted{c.name} << " IS NULL;";
    });
    out << "\nEND";
  }

  /// Behind a parent whose copied columns are set. There is one writer at a time, so that no child comes meanwhile.
  static constexpr void put_parent_trigger(auto& out, const model::table& t, const model::sync& s) {
    put_name(out << "CREATE TRIGGER ", s, trigger::parent);
    sql::put_joined(out << " AFTER UPDATE OF ", ", ", s.newer, [&](const model::assignment& a) { out << sql::quoted{a.expression}; });
    out << " ON " << sql::quoted{s.along->target} << " BEGIN\n  UPDATE " << sql::quoted{t.name};
    sql::put_joined(out << " SET ", ", ", s.newer, [&](const model::assignment& a) {
      out << sql::quoted{a.column} << " = NEW." << sql::quoted{a.expression};
    });
    sql::put_equal(out << " WHERE ", s.along->columns, "NEW.", s.along->target_columns);
    sql::put_joined(out << " AND (", " OR ", s.newer, [&](const model::assignment& a) {
      out << sql::quoted{a.column} << " IS NOT NEW." << sql::quoted{a.expression} << " COLLATE BINARY";
    });
    out << ");\nEND";
  }

  /// The rows in which a side does not say what the other one says, to the letter.
  static constexpr void put_differs(auto& out, array_view<model::assignment> side) {
    sql::put_joined(out, " OR ", side, [&](const model::assignment& a) {
      out << sql::quoted{a.column} << " IS NOT (" << a.expression << ") COLLATE BINARY";
    });
  }
};

}  // namespace dovetail::detail
