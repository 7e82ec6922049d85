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

struct parameter {
  std::size_t index;
};
constexpr text_buffer& operator<<(text_buffer& out, parameter p) {
  return out << '$' << static_cast<std::int64_t>(p.index) + 1;
}

/// The columns that the statement names: those of all fields that are not ignored.
constexpr list<identifier> named_columns(const model::unit& u) {
  list<identifier> named;
  for (const identifier& column : u.columns)
    if (!column.empty()) named.push_back(column);
  return named;
}
constexpr bool names(const model::unit& u, const identifier& column) { return contains(u.columns, column); }
constexpr bool names_all(const model::unit& u, array_view<identifier> columns) {
  for (const identifier& each : columns)
    if (!names(u, each)) return false;
  return true;
}

/// The name of a source of a read, its own table first and then the joins.
constexpr identifier source_of(const model::unit& u, std::size_t source) {
  return source == 0 ? u.table : u.joins[source - 1]->alias;
}
/// Two of them would have to be told apart.
constexpr bool has_distinct_sources(const model::unit& u) {
  for (std::size_t i = 0; i <= u.joins.size(); ++i)
    for (std::size_t j = 0; j != i; ++j)
      if (source_of(u, i) == source_of(u, j)) return false;
  return true;
}
constexpr bool has_expressions(const model::unit& u) {
  for (const model::origin& each : u.origins)
    if (each.expression != nullptr && each.expression->expression.empty()) return false;
  return true;
}
constexpr bool has_sound_expressions(const model::unit& u) {
  for (const model::origin& each : u.origins)
    if (each.expression != nullptr && !model::expression_fault(each.expression->expression).empty()) return false;
  return true;
}

/// `"customer"."name"` where there are joins, and otherwise `"name"`.
constexpr void put_column(text_buffer& out, const model::unit& u, std::size_t source, const identifier& column) {
  if (!u.joins.empty()) out << sql::quoted{source_of(u, source)} << '.';
  out << sql::quoted{column};
}
constexpr void put_fields(text_buffer& out, const model::unit& u) {
  text_view between;
  for (std::size_t i = 0; i != u.columns.size(); ++i) {
    if (u.columns[i].empty()) continue;
    out << between;
    between = ", ";
    if (const model::computed* c = u.computed_of(i))
      out << '(' << c->expression << ')';
    else
      put_column(out, u, u.origins.empty() ? 0 : u.origins[i].source, u.columns[i]);
  }
}
constexpr text_view word(model::join_kind kind) {
  switch (kind) {
    case model::join_kind::inner: return " JOIN ";
    case model::join_kind::left: return " LEFT JOIN ";
    case model::join_kind::right: return " RIGHT JOIN ";
    case model::join_kind::full: return " FULL JOIN ";
  }
  return {};
}
constexpr void put_select(text_buffer& out, const model::unit& u) {
  out << "SELECT ";
  put_fields(out, u);
  out << " FROM " << sql::quoted{u.table};
  if (u.called) out << "()";
  for (std::size_t j = 0; j != u.joins.size(); ++j) {
    const model::join& joined = *u.joins[j];
    out << word(joined.kind) << sql::quoted{joined.source};
    if (!(joined.alias == joined.source)) out << " AS " << sql::quoted{joined.alias};
    out << " ON ";
    put_column(out, u, 0, joined.from);
    out << " = ";
    put_column(out, u, j + 1, joined.to);
  }
}
/// ` WHERE "a" = $1 AND "b" = $2`.
constexpr void put_single(text_buffer& out, const model::unit& u) {
  for (std::size_t i = 0; i != u.key.size(); ++i) {
    out << (i == 0 ? text_view(" WHERE ") : text_view(" AND "));
    put_column(out, u, 0, u.key[i]);
    out << " = " << parameter{i};
  }
}

constexpr void put_insert(text_buffer& out, const model::unit& u) {
  out << "INSERT INTO " << sql::quoted{u.table};
  const list<identifier> named = named_columns(u);
  if (named.empty()) {
    out << " DEFAULT VALUES";
    return;
  }
  out << ' ';
  sql::put_columns(out, named.all());
  out << " VALUES (";
  for (std::size_t i = 0; i != named.size(); ++i) out << (i == 0 ? text_view() : text_view(", ")) << parameter{i};
  out << ')';
}
constexpr void put_conflict(text_buffer& out, const model::unit& u) {
  out << " ON CONFLICT ";
  sql::put_columns(out, u.key);
  list<identifier> sets;
  if (u.sets != nullptr)
    sets.append(u.sets->columns);
  else
    for (const identifier& column : u.columns)
      if (!column.empty() && !u.is_key(column)) sets.push_back(column);
  for (std::size_t i = 0; i != sets.size(); ++i)
    out << (i == 0 ? text_view(" DO UPDATE SET ") : text_view(", ")) << sql::quoted{sets[i]} << " = excluded."
        << sql::quoted{sets[i]};
  if (sets.empty()) out << " DO NOTHING";
}
/// `<before>"a" = $1<between>"b" = $2`, of the columns that are of the key, or of those that are not.
constexpr void put_pairs(text_buffer& out, const model::unit& u, text_view before, text_view between, bool of_key) {
  const list<identifier> named = named_columns(u);
  for (std::size_t i = 0; i != named.size(); ++i) {
    if (u.is_key(named[i]) != of_key) continue;
    out << before << sql::quoted{named[i]} << " = " << parameter{i};
    before = between;
  }
}

/// An update has to name a key, all of it has to be in the struct, and something has to be left to set.
constexpr bool is_bounded_update(const model::unit& u) {
  if (u.key.empty() || !names_all(u, u.key)) return false;
  for (const identifier& column : u.columns)
    if (!column.empty() && !u.is_key(column)) return true;
  return false;
}

template <class Unit>
struct unit_text {
  static constexpr void into(text_buffer& out) {
    constexpr const model::unit& u = Unit::value;
    using enum model::unit_kind;
    static_assert(u.kind != uses, "a unit that only uses columns stands for a statement that dovetail does not write");
    if constexpr (u.kind == reads) {
      static_assert(!named_columns(u).empty(), "a struct that is read has at least one field");
      static_assert(has_distinct_sources(u), "[dovetail/SC_DUPLICATE] a source that is joined twice has an alias");
      static_assert(has_expressions(u), "a computed column has the SQL of its expression: dovetail::expression");
      static_assert(!has_expressions(u) || has_sound_expressions(u),
                    "[dovetail/SC_EXPRESSION] the expression of a computed column does not end where it should");
      put_select(out, u);
    } else if constexpr (u.kind == inserts) {
      put_insert(out, u);
    } else if constexpr (u.kind == upserts) {
      static_assert(!u.key.empty() && names_all(u, u.key) && (u.sets == nullptr || names_all(u, u.sets->columns)),
                    "[dovetail/WR_KEY] an upsert names a conflict target, and its struct carries it and what to set");
      put_insert(out, u);
      put_conflict(out, u);
    } else if constexpr (u.kind == updates) {
      static_assert(is_bounded_update(u),
                    "[dovetail/WR_KEY] an update names a key, and its struct carries the key and something to set");
      out << "UPDATE " << sql::quoted{u.table};
      put_pairs(out, u, " SET ", ", ", false);
      put_pairs(out, u, " WHERE ", " AND ", true);
    } else if constexpr (u.kind == deletes) {
      static_assert(!named_columns(u).empty() && u.key.empty(),
                    "[dovetail/WR_KEY] all fields of a delete's struct say which rows: it has some, and no key beside");
      out << "DELETE FROM " << sql::quoted{u.table};
      put_pairs(out, u, " WHERE ", " AND ", false);
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
    put_fields(out, Reader::value);
  }
};

template <class Unit>
struct single_text {
  static constexpr void into(text_buffer& out) {
    out << dovetail::detail::static_text<unit_text<Unit>>::value;
    put_single(out, Unit::value);
  }
};

}  // namespace detail

/// The statement of a unit, as constexpr text in static storage that a NUL closes:
/// `SELECT "id", "full_name" FROM "customer"`, `INSERT INTO "customer" ("full_name", "email") VALUES ($1, $2)`,
/// `UPDATE "customer" SET "full_name" = $2 WHERE "id" = $1`, `DELETE FROM "customer" WHERE "id" = $1`,
/// `INSERT INTO "customer" … ON CONFLICT ("email") DO UPDATE SET "full_name" = excluded."full_name"`. The columns of a
/// read that joins are qualified: `SELECT "purchase"."id", "buyer"."full_name" FROM "purchase" LEFT JOIN "customer" AS
/// "buyer" ON …`. Right and full joins need SQLite 3.39. Of `uses` there is no statement.
///
/// A std::optional in a key, or in the struct of a delete, finds no row where it is empty: `= NULL` is never true.
template <class Unit>
inline constexpr text_view statement_of = dovetail::detail::static_text<detail::unit_text<Unit>>::value;

/// The statement of a reading unit and more SQL after it: `select_of<read_card, R"( WHERE "id" = $1)">`. The suffix is
/// a literal, so that no text of the run time gets into a statement; what varies is a parameter.
template <class Unit, fixed_string Suffix>
  requires(Unit::value.kind == model::unit_kind::reads)
inline constexpr text_view select_of = dovetail::detail::static_text<detail::suffixed_text<Unit, Suffix>>::value;

/// The statement of a read that expects one row, by the columns that say which, in their order: `SELECT "id", "full_name"
/// FROM "customer" WHERE "id" = $1` of `reads<"customer", card, single<"id">>`.
template <class Unit>
  requires(Unit::value.kind == model::unit_kind::reads && !Unit::value.key.empty())
inline constexpr text_view single_of = dovetail::detail::static_text<detail::single_text<Unit>>::value;

/// An INSERT that gives back columns of the new row, as a reading unit of the same table names them: what the server
/// numbered or filled in. PostgreSQL, and SQLite from 3.35.
template <class Writer, class Reader>
  requires(Writer::value.kind == model::unit_kind::inserts && Reader::value.kind == model::unit_kind::reads)
inline constexpr text_view insert_returning_of = [] {
  static_assert(Writer::value.table == Reader::value.table && Reader::value.joins.empty(),
                "an INSERT gives back columns of the table that it inserts into");
  return dovetail::detail::static_text<detail::returning_text<Writer, Reader>>::value;
}();

}  // namespace dovetail::run
