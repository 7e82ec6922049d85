// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

/// What PostgreSQL runs while columns of a table become another one. Templates, so that nobody else pays for them.
namespace dovetail::model {

/// Columns of a table that become the table `part`, with the key of the former. A row of it is there where they are not
/// all NULL.
struct extraction {
  identifier table;
  identifier part;
  identifier shadow;   ///< what `part` is called until it takes the place of the view
  identifier changes;  ///< the keys of the rows of `part` that have changed, and the function that notes them
  array_view<identifier> key;
  array_view<identifier> columns;
  bool partitioned = false;  ///< a row of the table that goes to another partition is deleted and inserted
};

namespace extracted {

constexpr void put_null(auto& out, const extraction& e, text_view of) {
  sql::put_joined(out, " AND ", e.columns, [&](const identifier& c) { out << of << sql::quoted{c} << " IS NULL"; });
}
constexpr void put_any(auto& out, const extraction& e) {
  sql::put_joined(out, " OR ", e.columns, [&](const identifier& c) { out << sql::quoted{c} << " IS NOT NULL"; });
}
/// `"id" = NEW."id"`.
constexpr void put_same_key(auto& out, const extraction& e, text_view row) {
  sql::put_equal(out, e.key, row, e.key);
}
constexpr void put_all(auto& out, const extraction& e, text_view of) {
  sql::put_joined(out, ", ", e.key, [&](const identifier& c) { out << of << sql::quoted{c}; });
  sql::put_joined(out << ", ", ", ", e.columns, [&](const identifier& c) { out << of << sql::quoted{c}; });
}
/// `"s"."id" = "t"."id"`.
constexpr void put_joining(auto& out, const extraction& e, const identifier& part) {
  sql::put_equal(out, part, e.key, e.table, e.key);
}
constexpr void put_upsert(auto& out, const extraction& e) {
  sql::put_columns(out << " ON CONFLICT ", e.key);
  sql::put_joined(out << " DO UPDATE SET ", ", ", e.columns, [&](const identifier& c) {
    out << sql::quoted{c} << " = EXCLUDED." << sql::quoted{c};
  });
}

/// Who updates it updates the other table, whose row it locks: no copy can be stale, and nobody waits in a circle.
constexpr void put_query(auto& out, const extraction& e) {
  put_all(out << "SELECT ", e, {});
  put_any(out << " FROM " << sql::quoted{e.table} << " WHERE ", e);
  out << " WITH CASCADED CHECK OPTION";
}
/// Inserts into the view and deletes from it, with the errors that the table would give. An insert waits for another one of
/// the same key at the row of the other table.
constexpr void put_write_body(auto& out, const extraction& e) {
  const auto put_update = [&](text_view row) {
    out << "UPDATE " << sql::quoted{e.table} << " SET ";
    sql::put_joined(out, ", ", e.columns, [&](const identifier& c) {
      out << sql::quoted{c} << " = ";
      if (row == "NEW.")
        out << row << sql::quoted{c};
      else
        out << "NULL";
    });
    put_same_key(out << " WHERE ", e, row);
  };
  const auto raise = [&](text_view error, text_view message) {
    out << "RAISE " << error << " USING MESSAGE = '" << message << " \"' || TG_TABLE_NAME || '\"', TABLE = TG_TABLE_NAME;";
  };
  out << "#variable_conflict use_column\nBEGIN\n  IF TG_OP = 'DELETE' THEN\n    ";
  put_update("OLD.");
  put_any(out << " AND (", e);
  put_null(out << ");\n    IF FOUND THEN RETURN OLD; END IF;\n    RETURN NULL;\n  END IF;\n  IF ", e, "NEW.");
  out << " THEN\n    ";
  raise(e.columns.size() == 1 ? text_view("not_null_violation") : text_view("check_violation"), "all columns are null in a new row of");
  out << "\n  END IF;\n  ";
  put_update("NEW.");
  put_null(out << " AND ", e, {});
  put_same_key(out << ";\n  IF NOT FOUND AND EXISTS (SELECT FROM " << sql::quoted{e.table} << " WHERE ", e, "NEW.");
  out << ") THEN\n    ";
  raise("unique_violation", "a row of this key is there already in");
  out << "\n  ELSIF NOT FOUND THEN\n    ";
  raise("foreign_key_violation", "no row is there to which this one would belong, of");
  out << "\n  END IF;\n  RETURN NEW;\nEND";
}
/// The trigger of the other table that keeps the shadow. Whoever comes here has locked the row of the table before. Where a
/// row goes to another partition, the shadow's is gone before ON UPDATE CASCADE would give it the key of the one that has
/// just been inserted for it (23505, seen in 15.20).
constexpr void put_sync_body(auto& out, const extraction& e) {
  out << "#variable_conflict use_column\nBEGIN\n";
  if (e.partitioned) {
    put_same_key(out << "  IF TG_OP = 'DELETE' THEN\n    DELETE FROM " << sql::quoted{e.shadow} << " WHERE ", e, "OLD.");
    out << ";\n    RETURN NULL;\n  END IF;\n";
  }
  out << "  IF TG_OP = 'UPDATE' THEN\n    IF ";
  sql::put_joined(out, " OR ", e.key, [&](const identifier& c) {
    out << "OLD." << sql::quoted{c} << " IS DISTINCT FROM NEW." << sql::quoted{c};
  });
  put_same_key(out << " THEN DELETE FROM " << sql::quoted{e.shadow} << " WHERE ", e, "OLD.");
  put_null(out << "; END IF;\n  END IF;\n  IF ", e, "NEW.");
  put_same_key(out << " THEN\n    DELETE FROM " << sql::quoted{e.shadow} << " WHERE ", e, "NEW.");
  put_all(out << ";\n  ELSE\n    INSERT INTO " << sql::quoted{e.shadow} << " (", e, {});
  put_all(out << ") VALUES (", e, "NEW.");
  put_upsert(out << ')', e);
  sql::put_joined(out << " WHERE ", " OR ", e.columns, [&](const identifier& c) {
    out << sql::quoted{e.shadow} << '.' << sql::quoted{c} << " IS DISTINCT FROM EXCLUDED." << sql::quoted{c};
  });
  out << ";\n  END IF;\n  RETURN NULL;\nEND";
}

/// A row of the shadow, or of none where `whole` is false, has what the row of the table has.
constexpr void put_exists(auto& out, const extraction& e, bool whole) {
  put_joining(out << "EXISTS (SELECT FROM " << sql::quoted{e.shadow} << " WHERE ", e, e.shadow);
  if (whole)
    for (const identifier& c : e.columns)
      out << " AND " << sql::quoted{e.shadow} << '.' << sql::quoted{c} << " IS NOT DISTINCT FROM " << sql::quoted{e.table}
          << '.' << sql::quoted{c};
  out << ')';
}
/// Rows of the table are locked before they are copied, so that a row is copied as it is then.
constexpr void put_insert(auto& out, const extraction& e) {
  put_all(out << "INSERT INTO " << sql::quoted{e.shadow} << " (", e, {});
  put_all(out << ") SELECT ", e, {});
  out << " FROM " << sql::quoted{e.table};
}
constexpr void put_to_copy(auto& out, const extraction& e) {
  put_any(out << '(', e);
  put_exists(out << ") AND NOT ", e, true);
}
constexpr void put_behind(auto& out, const extraction& e) {
  sql::put_names(out << " ORDER BY ", e.key);
  put_upsert(out << " FOR NO KEY UPDATE", e);
}
constexpr void put_wrong(auto& out, const extraction& e) {
  put_any(out << "CASE WHEN ", e);
  put_exists(out << " THEN NOT ", e, true);
  put_exists(out << " ELSE ", e, false);
  out << " END";
}

// The way back. Whoever writes a row of the part and then waits for that of the table would meet those who write the table
// first. So a trigger only notes which rows have changed, and those are looked at once more while nobody writes either.

constexpr void put_source(auto& out, const extraction& e, const identifier& column) {
  put_joining(out << "(SELECT " << sql::quoted{column} << " FROM " << sql::quoted{e.part} << " WHERE ", e, e.part);
  out << ')';
}
constexpr void put_differ(auto& out, const extraction& e) {
  sql::put_joined(out, " OR ", e.columns, [&](const identifier& c) {
    put_source(out << sql::quoted{c} << " IS DISTINCT FROM ", e, c);
  });
}
constexpr void put_make_changes(auto& out, const extraction& e) {
  sql::put_names(out << "CREATE TABLE " << sql::quoted{e.changes} << " AS SELECT ", e.key);
  out << " FROM " << sql::quoted{e.part} << " WITH NO DATA";
}
constexpr void put_make_function(auto& out, const extraction& e) {
  text_buffer body;
  const auto put_note = [&](text_view other, text_view row) {
    body << "  IF TG_OP <> '" << other << "' THEN INSERT INTO " << sql::quoted{e.changes} << " VALUES (";
    sql::put_joined(body, ", ", e.key, [&](const identifier& c) { body << row << sql::quoted{c}; });
    body << "); END IF;\n";
  };
  body << "BEGIN\n";
  put_note("INSERT", "OLD.");
  put_note("DELETE", "NEW.");
  body << "  RETURN NULL;\nEND";
  out << "CREATE FUNCTION " << sql::quoted{e.changes} << "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS E'";
  // A backslash is safe in E'…' under every setting of standard_conforming_strings, and only there.
  for (char c : body.all()) {
    if (c == '\'' || c == '\\') out << c;
    out << c;
  }
  out << '\'';
}
constexpr void put_make_trigger(auto& out, const extraction& e) {
  out << "CREATE TRIGGER " << sql::quoted{e.changes} << " AFTER INSERT OR UPDATE OR DELETE ON " << sql::quoted{e.part}
      << " FOR EACH ROW EXECUTE FUNCTION " << sql::quoted{e.changes} << "()";
}
/// A change that is committed is in what the next batches read.
constexpr void put_forget(auto& out, const extraction& e) { out << "DELETE FROM " << sql::quoted{e.changes}; }
constexpr void put_lock(auto& out, const extraction& e) {
  out << "LOCK TABLE " << sql::quoted{e.table} << ", " << sql::quoted{e.part} << " IN ACCESS EXCLUSIVE MODE";
}
constexpr void put_catch_up(auto& out, const extraction& e) {
  out << "UPDATE " << sql::quoted{e.table} << " SET ";
  sql::put_joined(out, ", ", e.columns, [&](const identifier& c) { put_source(out << sql::quoted{c} << " = ", e, c); });
  sql::put_columns(out << " WHERE ", e.key);
  sql::put_names(out << " IN (SELECT ", e.key);
  put_differ(out << " FROM " << sql::quoted{e.changes} << ") AND (", e);
  out << ')';
}
constexpr void put_drop_function(auto& out, const extraction& e) {
  out << "DROP FUNCTION " << sql::quoted{e.changes} << "() CASCADE";  // with its trigger
}
constexpr void put_drop_changes(auto& out, const extraction& e) { out << "DROP TABLE " << sql::quoted{e.changes}; }

}  // namespace extracted
}  // namespace dovetail::model
