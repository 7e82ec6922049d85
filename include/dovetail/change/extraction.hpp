// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

/// What PostgreSQL runs while columns of a table become another one. Templates, so that nobody else pays for them.
namespace dovetail::model {

/// Columns of a table whose values are those of one row of the part.
struct column_group {
  text_view value{};  ///< SQL, of the discriminator in that row; empty where there is none
  array_view<identifier> columns{};
};

/// Columns of a table that become the table `part`, with the key of the former. Each group of them is there as a row of it
/// where they are not all NULL.
struct extraction {
  identifier table;
  identifier part;
  identifier shadow;   ///< what `part` is called until it takes the place of the view
  identifier changes;  ///< the keys of the rows of `part` that have changed, and the function that notes them
  array_view<identifier> key;
  array_view<column_group> groups;
  array_view<identifier> part_key;  ///< the same, and the discriminator of several groups
  array_view<identifier> columns;   ///< of the part
  bool partitioned = false;  ///< a row of the table that goes to another partition is deleted and inserted
  text_view type{};  ///< SQL, of the discriminator

  constexpr bool many() const { return part_key.size() != key.size(); }
  constexpr const identifier& discriminator() const { return part_key[key.size()]; }
};

namespace extracted {

constexpr void put_null(auto& out, array_view<identifier> columns, text_view of) {
  sql::put_joined(out, " AND ", columns, [&](const identifier& c) { out << of << sql::quoted{c} << " IS NULL"; });
}
constexpr void put_any(auto& out, array_view<identifier> columns, text_view of = {}) {
  sql::put_joined(out, " OR ", columns, [&](const identifier& c) { out << of << sql::quoted{c} << " IS NOT NULL"; });
}
/// The columns of the part have a value.
constexpr void put_some(auto& out, const extraction& e) { put_any(out, e.columns); }
/// `"id" = NEW."id"`.
constexpr void put_same_key(auto& out, const extraction& e, text_view row) {
  sql::put_equal(out, e.key, row, e.key);
}
/// ` AND "kind" = 'home'`, where the part has a row for each group.
constexpr void put_same_row(auto& out, const extraction& e, const column_group& g, text_view of = {}) {
  if (e.many()) out << " AND " << of << sql::quoted{e.discriminator()} << " = " << g.value;
}
constexpr void put_list(auto& out, array_view<identifier> columns, text_view of) {
  sql::put_joined(out, ", ", columns, [&](const identifier& c) { out << of << sql::quoted{c}; });
}
constexpr void put_all(auto& out, const extraction& e, text_view of) {
  put_list(out, e.part_key, of);
  put_list(out << ", ", e.columns, of);
}
/// `"s"."id" = "t"."id"`.
constexpr void put_joining(auto& out, const extraction& e, const column_group& g, const identifier& part) {
  sql::put_equal(out, part, e.key, e.table, e.key);
  if (e.many()) out << " AND " << sql::quoted{part} << '.' << sql::quoted{e.discriminator()} << " = " << g.value;
}
constexpr void put_upsert(auto& out, const extraction& e) {
  sql::put_columns(out << " ON CONFLICT ", e.part_key);
  sql::put_joined(out << " DO UPDATE SET ", ", ", e.columns, [&](const identifier& c) {
    out << sql::quoted{c} << " = EXCLUDED." << sql::quoted{c};
  });
}

// The rows of several groups: `SELECT … FROM "customer" AS "of" CROSS JOIN LATERAL (VALUES …) AS "part" (…) WHERE …`. Who reads
// this FOR UPDATE locks the rows of the table; of UNION ALL the server takes the words and locks none (seen in 15.20).

constexpr void put_begin_rows(auto& out, const extraction& e) {
  put_list(out << "SELECT ", e.key, "\"of\".");
  out << ", \"part\"." << sql::quoted{e.discriminator()} << ", ";
  put_list(out, e.columns, "\"part\".");
  out << " FROM ";
}
constexpr void put_end_rows(auto& out, const extraction& e) {
  out << " AS \"of\" CROSS JOIN LATERAL (VALUES ";
  sql::put_joined(out, ", ", e.groups, [&](const column_group& g) {
    put_list(out << "(CAST(" << g.value << " AS " << e.type << "), ", g.columns, "\"of\".");
    out << ')';
  });
  sql::put_names(out << ") AS \"part\" (" << sql::quoted{e.discriminator()} << ", ", e.columns);
  put_any(out << ") WHERE ", e.columns, "\"part\".");
}

/// Who updates the view of one group updates the other table, whose row it locks: no copy can be stale, and nobody waits in
/// a circle.
constexpr void put_query(auto& out, const extraction& e) {
  if (e.many()) {
    put_begin_rows(out, e);
    return put_end_rows(out << sql::quoted{e.table}, e);
  }
  put_all(out << "SELECT ", e, {});
  put_some(out << " FROM " << sql::quoted{e.table} << " WHERE ", e);
  out << " WITH CASCADED CHECK OPTION";
}
/// Inserts into the view and deletes from it, with the errors that the table would give. An insert waits for another one of
/// the same key at the row of the other table. Of several groups the view is updated here too: `row` was computed of what
/// stood there before it waited, so that it is stored only where nothing else stands there now.
constexpr void put_write_body(auto& out, const extraction& e) {
  const auto put_update = [&](const column_group& g, text_view row, bool clears = false) {
    out << "UPDATE " << sql::quoted{e.table} << " SET ";
    for (std::size_t i = 0; i != g.columns.size(); ++i) {
      out << (i == 0 ? text_view() : text_view(", ")) << sql::quoted{g.columns[i]} << " = ";
      if (clears)
        out << "NULL";
      else
        out << "NEW." << sql::quoted{e.columns[i]};
    }
    put_same_key(out << " WHERE ", e, row);
  };
  const auto put_each = [&](text_view row, auto put_one) {
    for (const column_group& g : e.groups) {
      if (e.many()) out << (&g == e.groups.begin() ? "IF " : "ELSIF ") << row << sql::quoted{e.discriminator()} << " = " << g.value << " THEN ";
      put_one(g);
      out << (e.many() ? text_view(";\n    ") : text_view(";"));
    }
    if (e.many()) out << "END IF;";
  };
  const auto raise = [&](text_view error, text_view message) {
    out << "RAISE " << error << " USING MESSAGE = '" << message << " \"' || TG_TABLE_NAME || '\"', TABLE = TG_TABLE_NAME;";
  };
  out << "#variable_conflict use_column\nBEGIN\n  IF TG_OP = 'DELETE' THEN\n    ";
  put_each("OLD.", [&](const column_group& g) {
    put_update(g, "OLD.", true);
    put_any(out << " AND (", g.columns);
    out << ')';
  });
  put_null(out << "\n    IF FOUND THEN RETURN OLD; END IF;\n    RETURN NULL;\n  END IF;\n  IF ", e.columns, "NEW.");
  out << " THEN\n    ";
  raise(e.columns.size() == 1 ? text_view("not_null_violation") : text_view("check_violation"), "all columns are null in a new row of");
  out << "\n  END IF;\n  ";
  if (e.many()) {
    out << "IF TG_OP = 'UPDATE' THEN\n    IF ";
    sql::put_joined(out, " OR ", e.part_key, [&](const identifier& c) {
      out << "OLD." << sql::quoted{c} << " IS DISTINCT FROM NEW." << sql::quoted{c};
    });
    out << " THEN\n    ";
    raise("feature_not_supported", "the primary key stays as it is, until this is a table:");
    out << "\n    END IF;\n    ";
    put_each("OLD.", [&](const column_group& g) {
      put_update(g, "OLD.");
      for (std::size_t i = 0; i != g.columns.size(); ++i)
        out << " AND " << sql::quoted{g.columns[i]} << " IS NOT DISTINCT FROM OLD." << sql::quoted{e.columns[i]};
    });
    put_same_key(out << "\n    IF FOUND THEN RETURN NEW; END IF;\n    IF EXISTS (SELECT FROM " << sql::quoted{e.table} << " WHERE ", e, "OLD.");
    sql::put_joined(out << " AND (", " OR ", e.groups, [&](const column_group& g) {
      put_any(out << "OLD." << sql::quoted{e.discriminator()} << " = " << g.value << " AND (", g.columns);
      out << ')';
    });
    out << ")) THEN\n    ";
    raise("serialization_failure", "another transaction has changed the row meanwhile, of");
    out << "\n    END IF;\n    RETURN NULL;\n  END IF;\n  IF NEW." << sql::quoted{e.discriminator()} << " IS NULL THEN\n    ";
    raise("not_null_violation", "the discriminator is null in a new row of");
    out << "\n  END IF;\n  IF NEW." << sql::quoted{e.discriminator()} << " NOT IN (";
    sql::put_joined(out, ", ", e.groups, [&](const column_group& g) { out << g.value; });
    out << ") THEN\n    ";
    raise("check_violation", "no such value of the discriminator has a new row of");
    out << "\n  END IF;\n  ";
  }
  put_each("NEW.", [&](const column_group& g) {
    put_update(g, "NEW.");
    put_null(out << " AND ", g.columns, {});
  });
  put_same_key(out << "\n  IF NOT FOUND AND EXISTS (SELECT FROM " << sql::quoted{e.table} << " WHERE ", e, "NEW.");
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
  out << "; END IF;\n  END IF;\n";
  for (const column_group& g : e.groups) {
    put_null(out << "  IF ", g.columns, "NEW.");
    put_same_key(out << " THEN\n    DELETE FROM " << sql::quoted{e.shadow} << " WHERE ", e, "NEW.");
    put_same_row(out, e, g);
    put_all(out << ";\n  ELSE\n    INSERT INTO " << sql::quoted{e.shadow} << " (", e, {});
    put_list(out << ") VALUES (", e.key, "NEW.");
    if (e.many()) out << ", " << g.value;
    put_list(out << ", ", g.columns, "NEW.");
    put_upsert(out << ')', e);
    sql::put_joined(out << " WHERE ", " OR ", e.columns, [&](const identifier& c) {
      out << sql::quoted{e.shadow} << '.' << sql::quoted{c} << " IS DISTINCT FROM EXCLUDED." << sql::quoted{c};
    });
    out << ";\n  END IF;\n";
  }
  out << "  RETURN NULL;\nEND";
}

/// A row of the shadow, or of none where `whole` is false, has what the row of the table has.
constexpr void put_exists(auto& out, const extraction& e, const column_group& g, bool whole) {
  put_joining(out << "EXISTS (SELECT FROM " << sql::quoted{e.shadow} << " WHERE ", e, g, e.shadow);
  if (whole)
    for (std::size_t i = 0; i != g.columns.size(); ++i)
      out << " AND " << sql::quoted{e.shadow} << '.' << sql::quoted{e.columns[i]} << " IS NOT DISTINCT FROM "
          << sql::quoted{e.table} << '.' << sql::quoted{g.columns[i]};
  out << ')';
}
/// Rows of the table are locked before they are copied, so that a row is copied as it is then.
constexpr void put_insert(auto& out, const extraction& e) {
  put_all(out << "INSERT INTO " << sql::quoted{e.shadow} << " (", e, {});
  out << ") ";
  if (e.many()) {
    put_begin_rows(out, e);
    sql::put_names(out << "(SELECT ", e.key);
    for (const column_group& g : e.groups) sql::put_names(out << ", ", g.columns);
  } else {
    put_all(out << "SELECT ", e, {});
  }
  out << " FROM " << sql::quoted{e.table};
}
constexpr void put_to_copy(auto& out, const extraction& e) {
  sql::put_joined(out, " OR ", e.groups, [&](const column_group& g) {
    put_any(out << '(', g.columns);
    put_exists(out << ") AND NOT ", e, g, true);
  });
}
constexpr void put_behind(auto& out, const extraction& e) {
  sql::put_names(out << " ORDER BY ", e.key);
  out << " FOR NO KEY UPDATE";
  if (e.many()) put_end_rows(out << ')', e);
  put_upsert(out, e);
}
constexpr void put_wrong(auto& out, const extraction& e) {
  sql::put_joined(out, " OR ", e.groups, [&](const column_group& g) {
    put_any(out << "CASE WHEN ", g.columns);
    put_exists(out << " THEN NOT ", e, g, true);
    put_exists(out << " ELSE ", e, g, false);
    out << " END";
  });
}

// The way back. Whoever writes a row of the part and then waits for that of the table would meet those who write the table
// first. So a trigger only notes which rows have changed, and those are looked at once more while nobody writes either.

/// What the i-th column of a group gets.
constexpr void put_source(auto& out, const extraction& e, const column_group& g, std::size_t i) {
  put_joining(out << "(SELECT " << sql::quoted{e.columns[i]} << " FROM " << sql::quoted{e.part} << " WHERE ", e, g, e.part);
  out << ')';
}
constexpr void put_each_source(auto& out, const extraction& e, text_view between, text_view operation) {
  for (const column_group& g : e.groups)
    for (std::size_t i = 0; i != g.columns.size(); ++i) {
      if (i != 0 || &g != e.groups.begin()) out << between;
      put_source(out << sql::quoted{g.columns[i]} << operation, e, g, i);
    }
}
constexpr void put_differ(auto& out, const extraction& e) { put_each_source(out, e, " OR ", " IS DISTINCT FROM "); }
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
constexpr void put_lock_of(auto& out, const extraction& e, const identifier& other, text_view mode) {
  out << "LOCK TABLE " << sql::quoted{e.table} << ", " << sql::quoted{other} << " IN " << mode << " MODE";
}
constexpr void put_lock_shadow(auto& out, const extraction& e) { put_lock_of(out, e, e.shadow, "SHARE UPDATE EXCLUSIVE"); }
constexpr void put_lock(auto& out, const extraction& e) { put_lock_of(out, e, e.part, "SHARE UPDATE EXCLUSIVE"); }
constexpr void put_lock_against_all(auto& out, const extraction& e) { put_lock_of(out, e, e.part, "ACCESS EXCLUSIVE"); }
constexpr void put_catch_up(auto& out, const extraction& e) {
  put_each_source(out << "UPDATE " << sql::quoted{e.table} << " SET ", e, ", ", " = ");
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
