// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/compat/unit.hpp>
#include <dovetail/ddl/sql.hpp>
#include <dovetail/model/literal.hpp>
#include <dovetail/vocabulary/text.hpp>

/// The SQL of units. Columns are listed by name in the order of the struct's fields, so that a column which a migration
/// adds or moves changes nothing; values are parameters `$1`, `$2`, … in the same order, on every server.
namespace dovetail::run {

namespace detail {

constexpr void put_parameter(text_buffer& out, std::size_t field) {
  out << '$' << static_cast<std::int64_t>(field) + 1;
}

constexpr bool is_key(const model::unit& u, const identifier& column) {
  for (const identifier& each : u.key)
    if (each == column) return true;
  return false;
}

constexpr void put_select(text_buffer& out, const model::unit& u) {
  out << "SELECT ";
  sql::put_names(out, u.columns);
  out << " FROM " << sql::quoted{u.table};
}

constexpr void put_insert(text_buffer& out, const model::unit& u) {
  out << "INSERT INTO " << sql::quoted{u.table};
  if (u.columns.empty()) {
    out << " DEFAULT VALUES";
    return;
  }
  out << ' ';
  sql::put_columns(out, u.columns);
  out << " VALUES (";
  for (std::size_t i = 0; i != u.columns.size(); ++i) {
    if (i != 0) out << ", ";
    put_parameter(out, i);
  }
  out << ')';
}

constexpr void put_update(text_buffer& out, const model::unit& u) {
  out << "UPDATE " << sql::quoted{u.table};
  const auto put_pairs = [&](text_view before, text_view between, bool of_key) {
    bool first = true;
    for (std::size_t i = 0; i != u.columns.size(); ++i) {
      if (is_key(u, u.columns[i]) != of_key) continue;
      out << (first ? before : between);
      out << sql::quoted{u.columns[i]} << " = ";
      put_parameter(out, i);
      first = false;
    }
  };
  put_pairs(" SET ", ", ", false);
  put_pairs(" WHERE ", " AND ", true);
}

/// An update has to name a key, all of it has to be in the struct, and something has to be left to set.
constexpr bool is_bounded_update(const model::unit& u) {
  std::size_t keys = 0;
  for (const identifier& column : u.columns) keys += is_key(u, column) ? 1U : 0U;
  return keys == u.key.size() && keys != 0 && keys != u.columns.size();
}

template <class Unit>
struct unit_text {
  static constexpr void into(text_buffer& out) {
    constexpr const model::unit& u = Unit::value;
    if constexpr (u.kind == model::unit_kind::reads) {
      static_assert(!u.columns.empty(), "a struct that is read has at least one field");
      put_select(out, u);
    } else if constexpr (u.kind == model::unit_kind::inserts) {
      put_insert(out, u);
    } else {
      static_assert(is_bounded_update(u),
                    "[dovetail/WR_KEY] an update names a key, and its struct carries the key and something to set");
      put_update(out, u);
    }
  }
};

template <class Unit, fixed_string Suffix>
struct suffixed_text {
  static constexpr void into(text_buffer& out) {
    out << dovetail::detail::static_text<unit_text<Unit>>::value << Suffix;
  }
};

/// The parameters of a text, outside of its quotes, are exactly `$1` to `$count`.
constexpr bool has_parameters(text_view text, std::size_t count) {
  list<bool> seen;
  seen.resize(count);
  char quote = '\0';
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '$' && i + 1 != text.size() && model::is_digit(text[i + 1])) {
      std::size_t number = 0;
      while (i + 1 != text.size() && model::is_digit(text[i + 1]) && number <= count)
        number = number * 10 + static_cast<std::size_t>(text[++i] - '0');
      if (number == 0 || number > count) return false;
      seen[number - 1] = true;
    }
  }
  for (bool each : seen)
    if (!each) return false;
  return true;
}

template <class Writer, class Reader>
struct returning_text {
  static constexpr void into(text_buffer& out) {
    out << dovetail::detail::static_text<unit_text<Writer>>::value << " RETURNING ";
    sql::put_names(out, Reader::value.columns);
  }
};

}  // namespace detail

/// The statement of a unit, as constexpr text in static storage that a NUL closes:
/// `SELECT "id", "full_name" FROM "customer"`, `INSERT INTO "customer" ("full_name", "email") VALUES ($1, $2)`,
/// `UPDATE "customer" SET "full_name" = $2 WHERE "id" = $1`.
template <class Unit>
inline constexpr text_view statement_of = dovetail::detail::static_text<detail::unit_text<Unit>>::value;

/// The statement of a reading unit and more SQL after it: `select_of<read_card, R"( WHERE "id" = $1)">`. The suffix is
/// a literal, so that no text of the run time gets into a statement; what varies is a parameter.
template <class Unit, fixed_string Suffix>
  requires(Unit::value.kind == model::unit_kind::reads)
inline constexpr text_view select_of = dovetail::detail::static_text<detail::suffixed_text<Unit, Suffix>>::value;

/// An INSERT that gives back columns of the new row, as a reading unit of the same table names them: what the server
/// numbered or filled in. PostgreSQL, and SQLite from 3.35.
template <class Writer, class Reader>
  requires(Writer::value.kind == model::unit_kind::inserts && Reader::value.kind == model::unit_kind::reads)
inline constexpr text_view insert_returning_of = [] {
  static_assert(Writer::value.table == Reader::value.table,
                "an INSERT gives back columns of the table that it inserts into");
  return dovetail::detail::static_text<detail::returning_text<Writer, Reader>>::value;
}();

}  // namespace dovetail::run
