// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include <dovetail/change/change.hpp>
#include <dovetail/model/declare.hpp>

/// Changes of rows. The schema is the same before and after them; what they do to rows is proven as far as it is declared,
/// in `left_undone` of each. Most functions are templates: who changes no rows does not pay for them.
namespace dovetail {

namespace model {

/// The columns of a key that tells all rows of a table apart, without NULLs, if `fits(column)` holds of each: those of the
/// primary key, else of a unique constraint or index. None where there is no such key.
template <class Fits>
constexpr array_view<identifier> find_key(const table& t, Fits fits) {
  array_view<identifier> found;
  for (const part* p : t.parts) {
    const index* i = as_index(p);
    const bool whole = i != nullptr ? i->tells_apart() && i->details().method.empty() : as_key(p) != nullptr;
    if (!whole || (!found.empty() && p->kind != part_kind::primary_key)) continue;
    bool all = !columns_of(p).empty();
    for (const identifier& name : columns_of(p)) {
      const column* c = t.find_column(name);
      all = all && c != nullptr && !c->nullable && fits(name);
    }
    if (all) found = columns_of(p);
  }
  return found;
}

/// Where a column stands among those of the rows; their number if it does not.
constexpr std::size_t place_in(array_view<identifier> columns, const identifier& wanted) {
  std::size_t i = 0;
  while (i != columns.size() && !(columns[i] == wanted)) ++i;
  return i;
}
/// The key by which rows of these columns are found.
constexpr array_view<identifier> key_of_rows(const auto& t, array_view<identifier> columns) {
  return find_key(t, [&](const identifier& name) { return place_in(columns, name) != columns.size(); });
}
/// Two rows, of which each has its own columns, have the same key. Precondition: the key is among the columns.
constexpr bool same_key(array_view<identifier> key, const auto& a, std::size_t i, const auto& b, std::size_t j) {
  for (const identifier& name : key)
    if (!(a.rows[i][place_in(a.columns, name)] == b.rows[j][place_in(b.columns, name)])) return false;
  return true;
}

/// Why raw SQL is not one statement that can stand in a script, or empty if it is. It may hold comments, and every quote
/// of PostgreSQL's and SQLite's but square brackets.
template <class Text>
constexpr text_view statement_fault(const Text& text) {
  text_view first;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto at = [&](std::size_t n) { return n < text.size() ? text[n] : '\0'; };
    const bool in_word = i != 0 && sql::is_word_character(text[i - 1]);
    if (c == '\0') return "it holds a NUL";
    if (c == ';') return "it holds a semicolon";
    if (c == '-' && at(i + 1) == '-') {
      while (i != text.size() && text[i] != '\n') ++i;
    } else if (c == '/' && at(i + 1) == '*') {
      for (i += 2; i < text.size() && !(text[i] == '*' && at(i + 1) == '/'); ++i)
        if (text[i] == '/' && at(i + 1) == '*') return "it holds a comment in a comment";
      if (i >= text.size()) return "a comment is not closed";
      ++i;
    } else if (c == '\'' || c == '"' || c == '`') {
      // A backslash means something in E'' strings of PostgreSQL.
      const bool escapes = c == '\'' && in_word && (text[i - 1] == 'e' || text[i - 1] == 'E') &&
                           (i == 1 || !sql::is_word_character(text[i - 2]));
      for (++i; i < text.size() && text[i] != c; ++i)
        if (escapes && text[i] == '\\') ++i;
      if (i >= text.size()) return "a quote is not closed";
    } else if (c == '$' && !in_word) {
      std::size_t end = i + 1;
      while (sql::is_word_character(at(end))) ++end;
      if (at(end) != '$' || is_digit(at(i + 1))) continue;  // a parameter
      const text_view tag = text.substr(i, end + 1 - i);
      for (i = end + 1; i + tag.size() <= text.size() && !(text.substr(i, tag.size()) == tag);) ++i;
      if (i + tag.size() > text.size()) return "a quote is not closed";
      i += tag.size() - 1;
    } else if (first.empty() && sql::is_word_character(c)) {
      std::size_t end = i;
      while (sql::is_word_character(at(end))) ++end;
      first = text.substr(i, end - i);
    } else if (first.empty() && c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      first = text.substr(i, 1);
    }
  }
  if (first.empty()) return "it is empty";
  constexpr text_view transactions[]{"begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"};
  for (text_view each : transactions)
    if (mentions(first, each)) return "it begins or ends a transaction, which the script does";
  return {};
}

}  // namespace model

namespace model::changes {

/// The rows stay: what undoes a change of rows that nobody has to undo.
struct keep_rows {
  static constexpr text_view name = "keep_rows";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    if (target_table(d, c) != nullptr && !d.proto().inverse) d.report(code::MG_NO_CHANGE, c.table, {}, {}, name);
  }
  static constexpr change inverse(const auto& c, const auto&) { return c; }
  static constexpr text_view left_undone(const auto&, const auto&, const auto&) { return {}; }
};
inline constexpr data_change no_rows{};

/// The natural inverse. The change knows its kind, which then is made by those only who use it.
constexpr change undoing(const change& c) {
  change undone = c;
  undone.kind = c.data->undone_by;
  return undone;
}

/// A column that is filled is cleared, or the other way round; or its rows are kept.
constexpr text_view column_undone(const auto& c, const auto& inverse, text_view kind) {
  if (!(inverse.table == c.table)) return "not those of the table that the step changes";
  if (inverse.kind->name == keep_rows::name) return {};
  return inverse.kind->name == kind && inverse.object == c.object ? "" : "not those of the column that the step changes";
}

/// A step that gives it a value would be refused, or get in the way of the server's numbers.
constexpr bool filled_by_server(const column& c) { return c.identity != identity_kind::none || c.is_generated(); }

struct backfill {
  static constexpr text_view name = "backfill";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    const column* filled = target_column(d, c);
    if (filled == nullptr) return;
    if (!filled->nullable) {
      d.report(code::MG_NO_CHANGE, c.table, c.object, {}, "the column is not null: there is nothing to fill");
      return;
    }
    if (filled_by_server(*filled)) {
      d.report(code::MG_ROWS, c.table, c.object, {}, "the server fills this column");
      return;
    }
    const auto check = [&](text_view sql) {
      if (const text_view fault = expression_fault(sql); !fault.empty())
        d.report(code::SC_EXPRESSION, c.table, c.object, sql, fault);
    };
    check(c.data->assignments[0].expression);
    if (!c.expression.empty()) check(c.expression);
    d.change_data(operation::what::update_rows, c.table, *c.data);
  }
  static constexpr change inverse(const auto& c, const auto&) { return undoing(c); }
  static constexpr text_view left_undone(const auto& c, const auto& inverse, const auto&) {
    return column_undone(c, inverse, "clear_column");
  }
};

struct clear_column {
  static constexpr text_view name = "clear_column";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    const column* cleared = target_column(d, c);
    if (cleared == nullptr) return;
    if (!cleared->nullable) {
      d.report(code::MG_VALUE, c.table, c.object, "NULL", "the column is not null").column_type =
          d.lasting(&cleared->type);
      return;
    }
    if (filled_by_server(*cleared)) {
      d.report(code::MG_ROWS, c.table, c.object, {}, "the server fills this column");
      return;
    }
    d.change_data(operation::what::update_rows, c.table, *c.data);
    d.destroy();
  }
  static constexpr change inverse(const auto& c, const auto&) { return undoing(c); }
  static constexpr text_view left_undone(const auto& c, const auto& inverse, const auto&) {
    return column_undone(c, inverse, "backfill");
  }
};

/// Reports what is wrong with rows that are inserted or deleted.
constexpr void check_rows(auto& d, const change& c, bool inserted) {
  const table* t = target_table(d, c);
  if (t == nullptr) return;
  const data_change& data = *c.data;
  const auto unfit = [&](text_view column, text_view why) { d.report(code::MG_ROWS, c.table, column, {}, why); };
  const std::size_t before = d.findings.size();
  for (std::size_t i = 0; i != data.columns.size(); ++i) {
    const identifier& name = data.columns[i];
    if (place_in(data.columns, name) != i) unfit(name, "a column is named twice");
    const column* found = t->find_column(name);
    if (found == nullptr)
      d.report(code::MG_TARGET, c.table, name, "column");
    else if (inserted && filled_by_server(*found))
      unfit(name, "the server fills this column");
  }
  for (const part* p : t->parts)
    if (const column* each = as_column(p); inserted && each != nullptr && !each->optional() &&
                                           place_in(data.columns, each->name) == data.columns.size())
      unfit(each->name, "they leave out a column that is required");
  if (data.rows.empty()) unfit({}, "there are none");
  for (const array_view<default_value>& row : data.rows)
    if (row.size() != data.columns.size()) unfit({}, "a row has not one value for each column");
  if (d.findings.size() != before) return;

  const array_view<identifier> key = key_of_rows(*t, data.columns);
  if (key.empty()) {
    unfit({}, "they name no primary key or unique constraint without NULLs, which tells them apart");
    return;
  }
  for (std::size_t i = 0; i != data.rows.size(); ++i) {
    for (std::size_t k = 0; k != data.columns.size(); ++k) {
      column stored = *t->find_column(data.columns[k]);
      stored.value = data.rows[i][k];
      text_view fault;
      if (stored.value.kind == default_kind::none)
        fault = stored.nullable ? "" : "NULL in a column that is not null";
      else if (facts_of(stored.type.kind).literal == literal_form::none)
        fault = "its type has no literal that all servers share: use run_sql";
      else
        fault = default_fault(stored);
      for (const part* p : t->parts)
        if (const check* rule = as_check(p); rule != nullptr && fault.empty() && rule->column == stored.name &&
                                             refuses_literal(rule->rule, stored))
          fault = "a check of its column refuses it";
      if (!fault.empty())
        d.report(code::MG_VALUE, c.table, data.columns[k], stored.value.text, fault).column_type =
            d.lasting(&t->find_column(data.columns[k])->type);
    }
    for (std::size_t j = 0; j != i; ++j)
      if (same_key(key, data, i, data, j))
        d.report(code::MG_ROWS, c.table, key[0], data.rows[i][place_in(data.columns, key[0])].text,
                 "two rows have the same key");
  }
}

/// The inverse is of this kind, and of the same keys.
constexpr text_view rows_undone(const auto& c, const auto& inverse, const auto& before, text_view kind, text_view others) {
  if (!(inverse.kind->name == kind) || !(inverse.table == c.table)) return others;
  const array_view<identifier> key = key_of_rows(*before.find(c.table), inverse.data->columns);
  for (const identifier& name : key)
    if (place_in(c.data->columns, name) == c.data->columns.size()) return others;
  if (c.data->rows.size() != inverse.data->rows.size()) return others;
  for (std::size_t i = 0; i != c.data->rows.size(); ++i) {
    bool found = false;
    for (std::size_t j = 0; j != inverse.data->rows.size(); ++j) found = found || same_key(key, *c.data, i, *inverse.data, j);
    if (!found) return others;
  }
  return {};
}

struct insert_rows {
  static constexpr text_view name = "insert_rows";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    check_rows(d, c, true);
    d.change_data(operation::what::insert_rows, c.table, *c.data);
  }
  static constexpr change inverse(const auto& c, const auto&) { return undoing(c); }
  static constexpr text_view left_undone(const auto& c, const auto& inverse, const auto& before) {
    return rows_undone(c, inverse, before, "delete_rows", "the inverse does not delete the ones that the step inserts");
  }
};
struct delete_rows {
  static constexpr text_view name = "delete_rows";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    check_rows(d, c, false);
    d.change_data(operation::what::delete_rows, c.table, *c.data);
    d.destroy();
  }
  static constexpr change inverse(const auto& c, const auto&) { return undoing(c); }
  static constexpr text_view left_undone(const auto& c, const auto& inverse, const auto& before) {
    return rows_undone(c, inverse, before, "insert_rows", "the inverse does not insert the ones that the step deletes");
  }
};

struct run_sql {
  static constexpr text_view name = "run_sql";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) {
    if (!c.table.empty() && target_table(d, c) == nullptr) return;
    const opaque_sql& sql = *c.data->sql;
    const auto check = [&](text_view text) {
      if (const text_view fault = statement_fault(text); !fault.empty())
        d.report(code::SC_STATEMENT, c.table, {}, text, fault);
    };
    check(sql.text);
    if (!sql.for_postgresql.empty()) check(sql.for_postgresql);
    if (!sql.for_sqlite.empty()) check(sql.for_sqlite);
    d.change_data(operation::what::run_sql, c.table, *c.data);
  }
  /// Nobody knows it.
  static constexpr change inverse(const auto& c, const auto&) { return c; }
  static constexpr text_view left_undone(const auto&, const auto& inverse, const auto&) {
    return inverse.kind->name == name ? "" : "only run_sql can undo SQL";
  }
};

}  // namespace model::changes

namespace detail {

/// The condition of an update, which leaves out the rows that are done.
template <fixed_string Column, bool Null, fixed_string Also>
struct rows_to_do {
  static constexpr void into(text_buffer& out) {
    out << sql::quoted{Column} << (Null ? text_view(" IS NULL") : text_view(" IS NOT NULL"));
    if (Also.size() != 0) out << " AND (" << Also << ')';
  }
};
template <fixed_string Column, fixed_string Expression, bool Null, fixed_string Also>
struct column_update {
  static constexpr model::assignment assignments[]{{identifier_of<Column>, Expression}};
  static constexpr model::data_change value{assignments, static_text<rows_to_do<Column, Null, Also>>::value, {}, {}, nullptr,
                                            &model::kind_of<model::changes::keep_rows>};
};

template <class Where>
struct where_condition {
  static constexpr bool given = false;
};
template <fixed_string Condition>
struct where_condition<where<Condition>> {
  static constexpr bool given = true;
  static constexpr fixed_string value = Condition;
};
template <bool Right>
struct where_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] backfill takes where<\"...\"> for the rows that are filled");
};

template <class Inverse, class Columns, class... Rows>
struct row_list {
  static constexpr array_view<model::default_value> rows[sizeof...(Rows) + 1]{Rows::value..., {}};
  static constexpr model::data_change value{
      {}, {}, Columns::value, {rows, sizeof...(Rows)}, nullptr, &model::kind_of<Inverse>};
};
template <class T>
concept names_columns = requires { array_view<identifier>(T::value); };
template <bool Right>
struct rows_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] rows are written as columns<\"a\", \"b\">, and row<1, \"x\"> for each of them");
};
template <class Columns, class... Rows>
constexpr bool are_rows() {
  return names_columns<Columns> && (requires { array_view<model::default_value>(Rows::value); } && ...);
}

constexpr model::change change_of_rows(const model::change_kind& kind, const identifier& table, const identifier& object,
                                       const model::data_change& data, text_view condition = {}) {
  model::change c{&kind, table, object};
  c.data = &data;
  c.expression = condition;
  return c;
}

template <class... Options>
constexpr model::opaque_sql make_sql(text_view reason, text_view text) {
  model::opaque_sql sql{reason, text, {}, {}, {}};
  (Options::apply(sql), ...);
  return sql;
}
template <bool Given>
struct reason_parameter {
  static_assert(Given, "[dovetail/DT_UNPROVEN] SQL that nobody can prove, without a reason: run_sql<\"reason\", ...>");
};
template <fixed_string Reason, fixed_string Text, class... Options>
struct sql_data {
  static constexpr model::opaque_sql sql = make_sql<Options...>(Reason, Text);
  static constexpr model::data_change value{{}, {}, {}, {}, &sql};
};

}  // namespace detail

/// The values of one row, in the order of its columns: `row<"EUR", 2, true, null{}>`; those of numeric, date, timestamptz
/// and uuid as text, as of default_value<>.
template <detail::cell... Values>
struct row {
  static constexpr model::default_value values[sizeof...(Values) + 1]{detail::value_of_cell<Values>()..., {}};
  static constexpr array_view<model::default_value> value{values, sizeof...(Values)};
};

/// Fills a column where it is NULL, in batches: `backfill<"customer", "nickname", "lower(full_name)">`, of an SQL
/// expression of the server's over the columns of the row; with where<"...">, only the rows that satisfy a condition. It
/// can be stopped and begun again. Rows that come while it runs, behind where it is, are not filled: first let every
/// release write the column, or keep it with a trigger. Its inverse is keep_rows<> or clear_column<>, which both do not
/// tell the rows that were NULL from the others. Raises MG_TARGET, MG_NO_CHANGE (the column is not null), MG_ROWS (the server
/// computes it) and SC_EXPRESSION.
template <fixed_string Table, fixed_string Column, fixed_string Expression, class Where = void>
struct backfill {
  static_assert(sizeof(detail::where_parameter<detail::where_condition<Where>::given>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string Column, fixed_string Expression, class Where>
  requires(detail::where_condition<Where>::given)
struct backfill<Table, Column, Expression, Where> {
  static constexpr model::change value = detail::change_of_rows(
      model::kind_of<model::changes::backfill>, identifier_of<Table>, identifier_of<Column>,
      detail::column_update<Column, Expression, true, detail::where_condition<Where>::value>::value,
      detail::where_condition<Where>::value);
};
template <fixed_string Table, fixed_string Column, fixed_string Expression>
struct backfill<Table, Column, Expression, void> {
  static constexpr model::change value =
      detail::change_of_rows(model::kind_of<model::changes::backfill>, identifier_of<Table>, identifier_of<Column>,
                             detail::column_update<Column, Expression, true, "">::value);
};

/// As the inverse of a change of rows: nothing is run, and the rows stay as the change has made them. Raises MG_TARGET, and
/// as a change MG_NO_CHANGE.
template <fixed_string Table>
struct keep_rows {
  static constexpr model::change value = detail::change_of_rows(
      model::kind_of<model::changes::keep_rows>, identifier_of<Table>, {}, model::changes::no_rows);
};

/// Sets a column to NULL in all rows, in batches. As a step's change it destroys data, and is written inside lossy<>
/// (MG_LOSSY). Raises MG_TARGET, MG_VALUE (the column is not null) and MG_ROWS (the server computes it).
template <fixed_string Table, fixed_string Column>
struct clear_column {
  static constexpr model::change value =
      detail::change_of_rows(model::kind_of<model::changes::clear_column>, identifier_of<Table>, identifier_of<Column>,
                             detail::column_update<Column, "NULL", false, "">::value);
};

/// Inserts rows: `insert_rows<"currency", columns<"code", "digits">, row<"EUR", 2>, row<"JPY", 0>>`, all of them or none.
/// The server refuses them where one of their keys is there already: whoever has it may store something else. The columns
/// are those of a key, and all that are required; one that the server numbers or computes is none of them. Raises MG_TARGET, MG_ROWS
/// (a column that is required is left out, two rows have one key, there is no key) and MG_VALUE.
template <fixed_string Table, class Columns, class... Rows>
struct insert_rows {
  static_assert(sizeof(detail::rows_parameter<detail::are_rows<Columns, Rows...>()>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Columns, class... Rows>
  requires(detail::are_rows<Columns, Rows...>())
struct insert_rows<Table, Columns, Rows...> {
  static constexpr model::change value =
      detail::change_of_rows(model::kind_of<model::changes::insert_rows>, identifier_of<Table>, {},
                             detail::row_list<model::changes::delete_rows, Columns, Rows...>::value);
};

/// Deletes rows by a key, which is among the columns: `delete_rows<"currency", columns<"code">, row<"EUR">, row<"JPY">>`;
/// what else they store does not count, nor whether they are there. As a step's change it destroys data, and is written
/// inside lossy<> (MG_LOSSY). Raises MG_TARGET, MG_ROWS and MG_VALUE.
template <fixed_string Table, class Columns, class... Rows>
struct delete_rows {
  static_assert(sizeof(detail::rows_parameter<detail::are_rows<Columns, Rows...>()>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, class Columns, class... Rows>
  requires(detail::are_rows<Columns, Rows...>())
struct delete_rows<Table, Columns, Rows...> {
  static constexpr model::change value =
      detail::change_of_rows(model::kind_of<model::changes::delete_rows>, identifier_of<Table>, {},
                             detail::row_list<model::changes::insert_rows, Columns, Rows...>::value);
};

// Options of run_sql: what it does to others, which nobody checks.

/// The strongest lock that it takes, and on which table: `locks<"customer", lock_mode::share>`.
template <fixed_string Table, lock_mode Mode>
struct locks {
  static constexpr void apply(model::opaque_sql& sql) {
    sql.table = identifier_of<Table>;
    sql.lock = Mode;
  }
};
/// It writes the table anew, or reads all of it: it may take its time.
struct rewrites_table {
  static constexpr void apply(model::opaque_sql& sql) { sql.rewrites = sql.scans = true; }
};
struct scans_table {
  static constexpr void apply(model::opaque_sql& sql) { sql.scans = true; }
};
/// It cannot be in a transaction.
struct outside_transaction {
  static constexpr void apply(model::opaque_sql& sql) { sql.outside = true; }
};
/// It may be run again after it has been done.
struct run_again {
  static constexpr void apply(model::opaque_sql& sql) { sql.idempotent = true; }
};
/// What one server is told in place of the text for all.
template <fixed_string Text>
struct for_postgresql {
  static constexpr void apply(model::opaque_sql& sql) { sql.for_postgresql = Text; }
};
template <fixed_string Text>
struct for_sqlite {
  static constexpr void apply(model::opaque_sql& sql) { sql.for_sqlite = Text; }
};

/// Runs one statement of SQL that dovetail does not understand, for a reason: `run_sql<"no step makes a sequence", "CREATE
/// SEQUENCE invoice_number">`, with what it does to others as options: locks, rewrites_table, scans_table,
/// outside_transaction, run_again; for_postgresql and for_sqlite where the servers differ. The model believes that it
/// leaves every declared table as it is. Its inverse is another run_sql; that this undoes it is not proven, and `unproven`
/// lists both. Raises SC_STATEMENT (it is not one statement, or one of transactions), MG_TARGET (the table that it locks is
/// not there) and DT_UNPROVEN (it has no reason).
template <fixed_string Reason, fixed_string Text, class... Options>
struct run_sql {
  static_assert(sizeof(detail::reason_parameter<Reason.size() != 0>) != 0);
  static constexpr model::change value =
      detail::change_of_rows(model::kind_of<model::changes::run_sql>, detail::sql_data<Reason, Text, Options...>::sql.table,
                             {}, detail::sql_data<Reason, Text, Options...>::value);
};

}  // namespace dovetail
