// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/sql.hpp>

/// What PostgreSQL does for a sync of columns of one table: a trigger changes the row before it is stored, so that whatever
/// the table asks of its rows it asks of both sides.
namespace dovetail::sql {

/// `FROM (SELECT NEW.*) AS "customer"`: in it an expression names the row's columns as it does elsewhere.
constexpr void put_row(auto& out, text_view table) {
  out << " FROM (SELECT NEW.*) AS " << quoted{without_schema(table)};
}
constexpr void put_computed(auto& out, text_view table, array_view<model::assignment> side) {
  out << "SELECT ";
  put_joined(out, ", ", side, [&](const model::assignment& a) { out << a.expression; });
  out << " INTO ";
  put_joined(out, ", ", side, [&](const model::assignment& a) { out << "NEW." << quoted{a.column}; });
  put_row(out, table);
  out << ';';
}
/// The UPDATE sets the column to another value.
constexpr void put_changed(auto& out, text_view column) {
  out << "NEW." << quoted{column} << " IS DISTINCT FROM OLD." << quoted{column};
}
/// An INSERT that has nothing on the newer side is one of an older writer. An UPDATE that sets one side to what the other
/// says is no news, as that which fills it in is not: the other stays, also where the expressions do not undo each other.
constexpr void put_sync_body(auto& out, text_view table, const model::sync& s) {
  if (s.follows) {
    out << "BEGIN\n";
    for (const model::assignment& a : s.newer)
      out << "  NEW." << quoted{a.column} << " := NEW." << a.expression << ";\n";
    out << "  RETURN NEW;\nEND";
    return;
  }
  out << "#variable_conflict use_column\nBEGIN\n  IF TG_OP = 'INSERT' THEN\n    IF ";
  put_joined(out, " AND ", s.newer,
             [&](const model::assignment& a) { out << "NEW." << quoted{a.column} << " IS NULL"; });
  put_computed(out << " THEN\n      ", table, s.newer);
  if (!s.older.empty()) put_computed(out << "\n    ELSE\n      ", table, s.older);
  out << "\n    END IF;";
  if (!s.older.empty()) {
    const auto put_branch = [&](array_view<model::assignment> changed, array_view<model::assignment> other) {
      put_joined(out << "\n  ELSIF (", " OR ", changed, [&](const model::assignment& a) { put_changed(out, a.column); });
      out << ") AND (SELECT ";
      put_joined(out, " OR ", changed, [&](const model::assignment& a) {
        out << "NEW." << quoted{a.column} << " IS DISTINCT FROM (" << a.expression << ')';
      });
      put_row(out, table);
      put_computed(out << ") THEN\n    ", table, other);
    };
    put_branch(s.newer, s.older);
    put_branch(s.older, s.newer);
  }
  out << "\n  END IF;\n  RETURN NEW;\nEND";
}

}  // namespace dovetail::sql
