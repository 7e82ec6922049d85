// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <stdexcept>
#include <string_view>

#include <dovetail/run/units.hpp>

namespace dovetail::run {

namespace detail {

/// `column` is the domain of the column, or of an array's elements.
template <class T>
void check_characters(const T& value, const domain& column, const place& where) {
  if constexpr (dovetail::detail::is_optional<T>) {
    if (value.has_value()) check_characters(*value, column, where);
  } else if constexpr (dovetail::detail::is_checked<T> || dovetail::detail::is_approximate<T>) {
    check_characters(value.value, column, where);
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    const std::string_view characters = value;
    const text_view text(characters.data(), characters.size());
    if (domains::count_characters(text) > column.length)
      throw std::length_error(
          conversion_error(where, "it has more characters than the column takes", text).what());
  } else if constexpr (dovetail::detail::is_sequence<T>) {
    if (column.element != nullptr)
      for (const auto& each : value) check_characters(each, *column.element, where);
  }
}

}  // namespace detail

/// Throws std::length_error if a text of the row is longer than its varchar(n) or char(n) column in this version. A
/// connection does not know the version that its database has, and leaves the length to the server, which refuses the
/// row (PostgreSQL: 22001, but for blanks at the end, which it cuts; SQLite: a CHECK); this says it earlier, and with
/// the names of struct and field.
template <class Unit, class Version>
void check_length(const typename Unit::row_type& row) {
  const model::table* t = Version::value.find(Unit::value.table);
  if (t == nullptr) return;
  detail::visit_columns<Unit>(row, [&](const auto& field, const place& where) {
    if (const model::column* c = t->find_column(where.column))
      detail::check_characters(field, domain_of(c->type), where);
  });
}

}  // namespace dovetail::run
