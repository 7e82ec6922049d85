// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
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
  return {u.fields->name, u.fields->fields[field].name, u.table, u.columns[field]};
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

template <class Unit>
void send_row(auto& to, const typename Unit::row_type& row) {
  std::size_t i = 0;
  for_each_field(row, [&](const auto& field) { send(to, field, place_of<Unit>(i++)); });
}

template <class Unit>
typename Unit::row_type receive_row(auto& from) {
  typename Unit::row_type row{};
  std::size_t i = 0;
  for_each_field(row, [&](auto& field) {
    receive(from, static_cast<int>(i), field, place_of<Unit>(i));
    ++i;
  });
  return row;
}

}  // namespace detail

/// What a connection does with units: the statements are generated from them, and their rows are bound field by field.
/// Statements are prepared once per connection.
///
/// All of it throws database_error, where the server refuses, and conversion_error, where a value has no place in a
/// field or a column. Connection has `std::int64_t perform(text_view statement, send, take)`: runs a statement of
/// static storage, which is prepared under its text, with what `send(parameters&)` sends, calls `take(result&)` for
/// each row, and gives the number of rows changed.
template <class Connection>
class units {
 public:
  /// Inserts a row.
  template <class Unit>
    requires(Unit::value.kind == model::unit_kind::inserts)
  void insert(const typename Unit::row_type& row) {
    self().perform(statement_of<Unit>, [&](auto& to) { detail::send_row<Unit>(to, row); }, [](auto&) {});
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
    return self().perform(statement_of<Unit>, [&](auto& to) { detail::send_row<Unit>(to, row); }, [](auto&) {});
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

 private:
  friend Connection;
  units() = default;
  Connection& self() { return static_cast<Connection&>(*this); }
};

}  // namespace dovetail::run
