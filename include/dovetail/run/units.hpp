// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <dovetail/model/row.hpp>
#include <dovetail/run/binding.hpp>
#include <dovetail/run/error.hpp>
#include <dovetail/run/statement.hpp>

namespace dovetail::run {

namespace detail {

template <class Unit>
constexpr place place_of(std::size_t field) {
  constexpr const model::unit& u = Unit::value;
  const std::size_t source = u.origins.empty() ? 0 : u.origins[field].source;
  return {u.fields->name, u.fields->fields[field].spelled(), source == 0 ? u.table : u.joins[source - 1]->source,
          u.columns[field]};
}

template <class Parameters, class T>
void send(Parameters& to, const T& value, const place& where) {
  if constexpr (dovetail::detail::is_optional<T>) {
    if (value.has_value())
      send(to, *value, where);
    else
      to.null();
  } else {
    if (const text_view fault = to.send(value); !fault.empty()) throw conversion_error(where, fault);
  }
}

template <class Result, class T>
void receive(Result& from, int column, T& value, const place& where) {
  if constexpr (dovetail::detail::is_optional<T>) {
    if (from.is_null(column)) {
      value.reset();
      return;
    }
    typename T::value_type held{};
    receive(from, column, held, where);
    value = std::move(held);
  } else {
    if (from.is_null(column)) throw conversion_error(where, "it is NULL, which the field cannot hold");
    if (const text_view fault = from.receive(column, value); !fault.empty())
      throw conversion_error(where, fault, from.text(column));
  }
}

/// Calls `visit(field, place)` for each field that is not ignored. An ignored one may be of any type.
template <class Unit, class Row>
void visit_columns(Row& row, auto visit) {
  dovetail::detail::visit_fields(row, [&](auto index, auto&& field) {
    if constexpr (!Unit::value.columns[index].empty()) visit(field, place_of<Unit>(index));
  });
}
template <class Unit>
void send_row(auto& to, const typename Unit::row_type& row) {
  visit_columns<Unit>(row, [&](const auto& field, const place& where) { send(to, field, where); });
}
template <class Unit>
typename Unit::row_type receive_row(auto& from) {
  typename Unit::row_type row{};
  int column = 0;
  visit_columns<Unit>(row, [&](auto& field, const place& where) { receive(from, column++, field, where); });
  return row;
}

}  // namespace detail

/// What a connection does with units: the statements are generated from them, and their rows are bound field by field.
/// Statements are prepared once per connection.
///
/// All of it throws database_error, where the server refuses, and conversion_error, where a value has no place in a
/// field or a column. Connection has `std::int64_t perform(text_view statement, send, take)`: runs a statement of
/// static storage, which is prepared under its text, with what `send(parameters&)` sends, calls `take(result&)` for
/// each row, and gives the number of rows changed; and `each_row(statement, values, take)` for one that is run once.
template <class Connection>
class units {
 public:
  /// Inserts a row.
  template <class Unit>
    requires(Unit::value.kind == model::unit_kind::inserts)
  void insert(const typename Unit::row_type& row) {
    write<Unit>(row);
  }

  /// Inserts a row and gives what the server made of it, as a reading unit of the same table sees it:
  /// `insert<place_order, read_number>(order).id`.
  template <class Unit, class Reader>
    requires(Unit::value.kind == model::unit_kind::inserts && Reader::value.kind == model::unit_kind::reads)
  typename Reader::row_type insert(const typename Unit::row_type& row) {
    typename Reader::row_type made{};
    self().perform(
        insert_returning_of<Unit, Reader>, [&](auto& to) { detail::send_row<Unit>(to, row); },
        [&](auto& from) { made = detail::receive_row<Reader>(from); });
    return made;
  }

  /// Updates the rows that have the key of `row`; gives their number.
  template <class Unit>
    requires(Unit::value.kind == model::unit_kind::updates)
  std::int64_t update(const typename Unit::row_type& row) {
    return write<Unit>(row);
  }

  /// Inserts a row, or sets columns of the one that is there; gives the number of rows inserted or set: 0 where there is
  /// one and nothing to set.
  template <class Unit>
    requires(Unit::value.kind == model::unit_kind::upserts)
  std::int64_t upsert(const typename Unit::row_type& row) {
    return write<Unit>(row);
  }

  /// Deletes the rows whose columns are as in `row`; gives their number.
  template <class Unit>
    requires(Unit::value.kind == model::unit_kind::deletes)
  std::int64_t erase(const typename Unit::row_type& row) {
    return write<Unit>(row);
  }

  /// The one row whose `single` columns have these values, in their order, or none: `find<card_by_id>(id)`. Throws
  /// several_rows where there are more, which no version with the key that the unit relies on has.
  template <class Unit, class... Values>
    requires(Unit::value.kind == model::unit_kind::reads && Unit::value.key.size() == sizeof...(Values) &&
             sizeof...(Values) != 0)
  std::optional<typename Unit::row_type> find(const Values&... values) {
    std::optional<typename Unit::row_type> row;
    self().perform(
        single_of<Unit>, [&](auto& to) { (detail::send(to, values, place{}), ...); },
        [&](auto& from) {
          if (row) throw several_rows(Unit::value.fields->name, single_of<Unit>);
          row = detail::receive_row<Unit>(from);
        });
    return row;
  }

  /// Selects rows, `select<read_card>()`; with more SQL after the generated text, and values for its parameters,
  /// `select<read_card, R"( WHERE "id" = $1)">(id)`.
  template <class Unit, fixed_string Suffix = "", class... Values>
    requires(Unit::value.kind == model::unit_kind::reads)
  std::vector<typename Unit::row_type> select(const Values&... values) {
    static_assert(detail::has_parameters(Suffix, sizeof...(Values)), "there is one value for each of $1, $2, ...");
    std::vector<typename Unit::row_type> rows;
    self().perform(
        select_of<Unit, Suffix>, [&](auto& to) { (detail::send(to, values, place{}), ...); },
        [&](auto& from) { rows.push_back(detail::receive_row<Unit>(from)); });
    return rows;
  }

  /// The rows of a statement that reads the columns of a unit, in the order of its fields, with text for its parameters.
  /// Like `query`, it is planned for these values.
  template <class Unit>
  std::vector<typename Unit::row_type> query_rows(text_view statement,
                                                  const std::vector<std::optional<std::string>>& values) {
    std::vector<typename Unit::row_type> rows;
    self().each_row(statement, values, [&](auto& from) { rows.push_back(detail::receive_row<Unit>(from)); });
    return rows;
  }
  /// Runs a statement of static storage whose parameters are the fields of a unit; gives the number of rows changed.
  template <class Unit>
  std::int64_t send(text_view statement, const typename Unit::row_type& row) {
    return self().perform(statement, [&](auto& to) { detail::send_row<Unit>(to, row); }, [](auto&) {});
  }

 private:
  friend Connection;
  units() = default;
  template <class Unit>
  std::int64_t write(const typename Unit::row_type& row) {
    return send<Unit>(statement_of<Unit>, row);
  }
  Connection& self() { return static_cast<Connection&>(*this); }
};

}  // namespace dovetail::run
