// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/copies.hpp>

/// What PostgreSQL does for a sync whose columns move from one table to another.
namespace dovetail::sql {

/// The second trigger of the newer table: the row has to stand there before the older one is written, whose trigger
/// otherwise would write it once more.
constexpr void put_writing_trigger_name(auto& out, const model::sync& s) { put_shortened(out, s.name, "_after"); }
constexpr void put_create_writing_trigger(auto& out, text_view table, const model::sync& s) {
  text_buffer name;
  put_writing_trigger_name(name, s);
  out << "CREATE TRIGGER " << quoted{name.all()} << " AFTER INSERT OR UPDATE ON " << quoted{table}
      << " FOR EACH ROW EXECUTE FUNCTION " << quoted{s.name} << "('')";
}

/// The function of all three triggers; that of the older table is the one AFTER that has no argument. An INSERT changes what was NULL, as OLD is then.
///
/// Who writes the older table has its row locked, and then locks the newer one's; who writes the newer table has that
/// locked before any trigger runs, and then needs the older one's. Such a circle the server would find after a second
/// (deadlock_timeout), and might end an older release, which was not written for it. So the newer one does not wait in it: it
/// tries, and gives up at once where somebody waits for it. After two seconds it waits as others do, and the server then
/// ends it and nobody else, since each who waits has looked for a circle before.
///
/// An INSERT writes the older row also where nothing changes, so that who has begun to write that in REPEATABLE READ is told
/// (40001), and not left with a newer row that it does not see.
constexpr void put_moved_body(auto& out, text_view newer_table, const model::sync& s) {
  const model::foreign_key& along = *s.along;
  const auto put_any = [&](auto put_column) {
    put_joined(out, " OR ", s.newer, [&](const model::assignment& each) { put_changed(out, put_column(each)); });
  };
  const auto newer = [](const model::assignment& each) { return each.column.text(); };
  const auto older = [](const model::assignment& each) { return each.expression; };
  const auto put_comes = [&] {
    put_joined(out, " OR ", along.columns, [&](const identifier& each) { put_changed(out, each); });
  };
  const auto put_differs = [&](auto column, auto of_row) {
    put_joined(out, " OR ", s.newer, [&](const model::assignment& each) {
      out << quoted{column(each)} << " IS DISTINCT FROM NEW." << quoted{of_row(each)};
    });
  };
  const auto put_set = [&](auto column, auto of_row) {
    put_joined(out, ", ", s.newer, [&](const model::assignment& each) {
      out << quoted{column(each)} << " = NEW." << quoted{of_row(each)};
    });
  };
  const auto put_older_row = [&] {
    out << " FROM " << quoted{along.target} << " WHERE ";
    put_equal(out, along.target_columns, "NEW.", along.columns);
  };

  out << "#variable_conflict use_column\nBEGIN\n  IF TG_WHEN = 'AFTER' AND TG_NARGS = 0 THEN\n    IF ";
  put_any(older);
  out << " THEN\n      UPDATE " << quoted{newer_table} << " SET ";
  put_set(newer, older);
  put_equal(out << " WHERE ", along.columns, "NEW.", along.target_columns);
  out << " AND (";
  put_differs(newer, older);
  out << ");\n    END IF;\n  ELSIF ";
  put_comes();
  out << " OR ";
  put_any(newer);
  out << " THEN\n    IF TG_WHEN = 'AFTER' THEN\n      UPDATE " << quoted{along.target} << " SET ";
  put_set(older, newer);
  put_equal(out << " WHERE ", along.target_columns, "NEW.", along.columns);
  out << " AND (";
  put_comes();
  out << " OR ";
  put_differs(older, newer);
  out << ");\n      RETURN NULL;\n    END IF;\n    FOR attempt IN 1 .. 1000 LOOP\n      EXIT WHEN NOT EXISTS (SELECT";
  put_older_row();
  out << " AND (";
  put_comes();
  out << " OR ";
  put_differs(older, newer);
  out << "));\n      PERFORM 1";
  put_older_row();
  out << " FOR NO KEY UPDATE SKIP LOCKED;\n      EXIT WHEN FOUND;\n"
         "      IF EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN\n"
         "        RAISE deadlock_detected USING MESSAGE = 'another transaction writes the same row on its older side: try again';\n"
         "      END IF;\n      PERFORM pg_sleep(0.002);\n    END LOOP;\n    IF ";
  put_comes();
  out << " THEN\n      SELECT ";
  put_joined(out, ", ", s.newer, [&](const model::assignment& each) {
    put_changed(out << "CASE WHEN ", each.column);
    out << " THEN NEW." << quoted{each.column} << " ELSE " << quoted{each.expression} << " END";
  });
  put_joined(out << " INTO ", ", ", s.newer, [&](const model::assignment& each) { out << "NEW." << quoted{each.column}; });
  put_older_row();
  out << " FOR NO KEY UPDATE;\n    END IF;\n  END IF;\n  RETURN NEW;\nEND";
}

/// A condition that is true of rows that are to be filled, once the row that they are filled from is locked. One that is gone, or
/// is another row now, was written by somebody whose trigger has filled them.
constexpr void put_differ_and_lock(auto& out, text_view table, const model::sync& s, text_view differ) {
  put_copied(out << "CASE WHEN " << differ << " THEN EXISTS (", table, *s.along, s.newer[0]);
  out << " FOR NO KEY UPDATE) END";
}

/// A query for rows whose values would have nowhere to stand. What it selects is read where it finds one.
constexpr void put_left_behind(auto& out, text_view newer_table, const model::sync& s) {
  const model::foreign_key& along = *s.along;
  out << "SELECT 'these rows have values, and no row to move them to: insert one for each, or empty their columns' FROM " << quoted{along.target} << " WHERE (";
  put_joined(out, " OR ", s.newer, [&](const model::assignment& each) {
    out << quoted{along.target} << '.' << quoted{each.expression} << " IS NOT NULL";
  });
  out << ") AND NOT EXISTS (SELECT FROM " << quoted{newer_table} << " WHERE ";
  put_equal(out, newer_table, along.columns, along.target, along.target_columns);
  out << ") LIMIT 1";
}

}  // namespace dovetail::sql
