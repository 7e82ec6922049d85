// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include <dovetail/ddl/sqlite.hpp>
#include <dovetail/run/sqlite.hpp>

#include <support/cells.hpp>

/// How values are written and compared on SQLite, without the library's row mapping.
namespace test::cells::sqlite {

using dialect = dt::sqlite<3, 40>;
using connection = dt::run::sqlite_connection;

/// `type` is the name of one, as in `numeric(5,2)`.
inline std::string literal(const std::string& type, const text_value& value) {
  if (!value) return "NULL";
  if (type == "boolean") return *value == "true" ? "1" : "0";
  if (type == "bytea") return "x'" + value->substr(2) + "'";
  if (type == "real" || type == "double precision") {
    if (value->find("nf") != std::string::npos) return value->front() == '-' ? "-9e999" : "9e999";
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.17e",
                  type == "real" ? static_cast<double>(std::strtof(value->c_str(), nullptr))
                                 : std::strtod(value->c_str(), nullptr));
    return digits;
  }
  for (const char* number : {"numeric", "smallint", "integer", "bigint"})
    if (type.starts_with(number)) return *value;
  dt::text_buffer quoted;
  dt::sql::put_text(quoted, {value->data(), value->size()});
  return test::str(quoted.all());
}
inline std::string literal(const dt::sql_type& type, const text_value& value) {
  dt::text_buffer name;
  name << type;
  return literal(test::str(name.all()), value);
}

/// The storage classes that a column of a type declares.
inline std::string classes_of(const dt::sql_type& type) {
  switch (dt::domain_of(type).kind) {
    case dt::family::boolean: return "integer";
    case dt::family::number: return type.kind == dt::type_kind::numeric ? "integer real" : "integer";
    case dt::family::binary: return "real";
    case dt::family::bytes: return "blob";
    default: return "text";
  }
}

/// What stands in a column of the one row of `source`, and how it differs from a value.
inline comparison compare(connection& db, const std::string& column, const std::string& source, const dt::sql_type& type,
                          const std::string& own, const text_value& value) {
  const std::string query = "SELECT quote(" + column + "), +" + column + " IS " + literal(own, value) + ", typeof(" +
                            column + ") FROM " + source;
  const auto row = db.query({query.data(), query.size()}).at(0);
  if (row.at(1) != "1") return {"not the same", row.at(0)};
  const std::string& kept = *row.at(2);
  const bool declared = kept == "null" || classes_of(type).find(kept) != std::string::npos;
  return {declared ? "" : "SQLite keeps it as " + kept, row.at(0)};
}

}  // namespace test::cells::sqlite
