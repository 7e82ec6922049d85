// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/sqlite.hpp>

#include "catalogue.hpp"

namespace shop {

/// A folder for SQLite files, gone at the end.
class sqlite_server {
 public:
  using dialect = dovetail::sqlite<3, 40>;
  using connection = dovetail::run::sqlite_connection;

  sqlite_server()
      : folder_(std::filesystem::temp_directory_path() / ("dovetail-webshop-" + std::to_string(getpid()))) {
    std::filesystem::create_directory(folder_);
  }
  sqlite_server(const sqlite_server&) = delete;
  sqlite_server& operator=(const sqlite_server&) = delete;
  ~sqlite_server() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string name() const { return "SQLite " + std::string(sqlite3_libversion()) + ", " + folder_.string(); }
  void create(const std::string&) {}
  connection connect(const std::string& database) const {
    connection opened((folder_ / (database + ".db")).string());
    opened.execute("PRAGMA synchronous = NORMAL");  // a power cut may cost this shop its last orders
    return opened;
  }

  static catalogue read_catalogue(connection& db);

 private:
  std::filesystem::path folder_;
};

namespace detail {

/// The clauses of a CREATE TABLE, each column and each constraint by itself, with single blanks.
inline std::vector<std::string> clauses(std::string_view sql) {
  std::vector<std::string> found;
  std::string clause;
  int depth = 0;
  char quote = '\0';
  for (char c : sql) {
    const bool blank = quote == '\0' && std::isspace(static_cast<unsigned char>(c)) != 0;
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      if (++depth == 1) {
        clause.clear();
        continue;
      }
    } else if ((c == ',' && depth == 1) || (c == ')' && --depth == 0)) {
      while (!clause.empty() && clause.back() == ' ') clause.pop_back();
      found.push_back(clause);
      clause.clear();
      continue;
    }
    if (!blank)
      clause += c;
    else if (!clause.empty() && clause.back() != ' ')
      clause += ' ';
  }
  return found;
}

}  // namespace detail

/// Columns, types, nullability, defaults, keys, foreign keys, indexes as SQLite's pragmas give them; constraints' names
/// and checks, which no pragma gives, as the clauses of CREATE TABLE.
inline catalogue sqlite_server::read_catalogue(connection& db) {
  catalogue out;
  for (const auto& row : db.query("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")) {
    const std::string& table = row.at(0).value();
    const std::string argument = '(' + detail::quoted(table, '\'') + ')';
    detail::add_lines(out, db, "column of " + table,
                      "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo" + argument);
    detail::add_lines(out, db, "foreign key of " + table,
                      "SELECT group_concat(\"from\"), \"table\", group_concat(\"to\"), on_update, on_delete, match FROM "
                      "(SELECT * FROM pragma_foreign_key_list" + argument + " ORDER BY id, seq) GROUP BY id");
    // SQLite numbers the indexes of its own.
    const std::string indexes = "SELECT name, \"unique\", origin, partial FROM pragma_index_list" + argument;
    for (const auto& index : db.query(indexes.c_str())) {
      const std::string name = index.at(2) == "c" ? detail::value(index.at(0)) : "of a constraint";
      const auto columns = db.query(("SELECT group_concat(coalesce(name, 'rowid') || ' ' || \"desc\" || ' ' || coll || ' ' "
                                     "|| key) FROM (SELECT * FROM pragma_index_xinfo(" +
                                     detail::quoted(detail::value(index.at(0)), '\'') + ") ORDER BY seqno)")
                                        .c_str());
      out.insert("index of " + table + " | " + name + " | " + detail::value(index.at(1)) + " | " +
                 detail::value(index.at(2)) + " | " + detail::value(index.at(3)) + " | " +
                 detail::value(columns.at(0).at(0)));
    }
    for (const std::string& clause : detail::clauses(row.at(1).value()))
      out.insert("clause of " + table + " | " + clause);
  }
  detail::add_lines(out, db, "other", "SELECT type, name, sql FROM sqlite_schema WHERE type NOT IN ('table', 'index')");
  return out;
}

}  // namespace shop
