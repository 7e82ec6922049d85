// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include <dovetail/ddl/postgresql.hpp>
#include <dovetail/run/postgresql.hpp>

#include <support/cells.hpp>

/// How values are written and compared on PostgreSQL, without the library's row mapping.
namespace test::cells::postgresql {

using dialect = dt::postgresql<15>;
using connection = dt::run::postgresql_connection;

inline void execute(connection& db, const std::string& text) { db.execute({text.data(), text.size()}); }

/// A connection to the server that DOVETAIL_POSTGRES names, in a schema and a time zone.
inline std::unique_ptr<connection> connect(const std::string& schema, const std::string& zone) {
  const char* conninfo = std::getenv("DOVETAIL_POSTGRES");
  auto db = std::make_unique<connection>(conninfo == nullptr ? "" : conninfo);
  execute(*db, "SET search_path = " + schema);
  execute(*db, "SET TimeZone = '" + zone + "'");
  return db;
}
/// Makes the schema, empty, with the tables of a version.
inline void create(connection& db, const std::string& schema, const std::vector<test::run_statement>& script) {
  execute(db, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  execute(db, "CREATE SCHEMA " + schema);
  for (const test::run_statement& each : script) execute(db, each.text);
}

inline std::string literal(const text_value& value) {
  if (!value) return "NULL";
  dt::text_buffer quoted;
  dt::sql::put_text(quoted, {value->data(), value->size()});
  return test::str(quoted.all());
}

/// The type in which the values of a column are compared.
inline std::string name_of(const dt::sql_type& type) {
  if (type.kind == dt::type_kind::array) return name_of(type.element->type) + "[]";
  if (dt::domain_of(type).kind == dt::family::number) return "numeric";
  dt::text_buffer out;
  if (type.kind == dt::type_kind::enumeration)
    out << dt::sql::quoted{type.labels->name};
  else
    out << type;
  return test::str(out.all());
}

/// What stands in a column of the one row of `source`, and how it differs from a value, as the field's type compares and
/// as the column's does.
inline comparison compare(connection& db, const std::string& column, const std::string& source, const dt::sql_type& type,
                          const std::string& own, const text_value& value) {
  const bool by_text = own == "text" || type.kind == dt::type_kind::json;
  std::string query = "SELECT " + column;
  // A float is what its text is as a real, in every column.
  const std::string here = "CAST(" + literal(value) + " AS " + own + ')';
  for (const std::string& as : {own, name_of(type)})
    if (!by_text) query += ", " + column + "::" + as + " = CAST(" + here + " AS " + as + ')';
  query += " FROM " + source;
  try {
    const auto row = db.query({query.data(), query.size()}).at(0);
    const text_value& stored = row.at(0);
    if (!value || !stored) return {value == stored ? "" : "only one of them is NULL", stored};
    if (by_text) return {*value == *stored ? "" : "another text", stored};
    if (row.at(1) != "t") return {"not the same " + own, stored};
    return {row.at(2) == "t" ? "" : "not the same " + name_of(type), stored};
  } catch (const dt::run::database_error& e) {
    return {e.message(), {}};
  }
}

}  // namespace test::cells::postgresql
