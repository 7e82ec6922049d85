// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <dovetail/model/row.hpp>
#include <dovetail/run/units.hpp>

namespace dovetail::run {

namespace detail {

/// Characters of UTF-8: all bytes but those that continue one.
inline std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

template <class T>
void check_characters(const T& value, std::size_t most, const place& where) {
  if constexpr (dovetail::detail::is_optional<T>) {
    if (value.has_value()) check_characters(*value, most, where);
  } else if constexpr (dovetail::detail::is_text<T>) {
    if (count_characters(std::string_view(value)) > most)
      throw std::length_error(
          conversion_error(where, "it has more characters than the column takes", text_view(value.data(), value.size()))
              .what());
  }
}

}  // namespace detail

/// Throws std::length_error if a text of the row is longer than its varchar(n) column in this version. A connection
/// does not know the version that its database has, and leaves the length to the server, which refuses the row
/// (PostgreSQL: 22001; SQLite: a CHECK); this says it earlier, and with the names of struct and field.
template <class Unit, class Version>
void check_length(const typename Unit::row_type& row) {
  constexpr const model::unit& u = Unit::value;
  const model::table* t = Version::value.find(u.table);
  if (t == nullptr) return;
  std::size_t i = 0;
  for_each_field(row, [&](const auto& field) {
    const model::column* c = t->find_column(u.columns[i]);
    if (c != nullptr && c->type.kind == type_kind::varchar)
      detail::check_characters(field, static_cast<std::size_t>(c->type.length), detail::place_of<Unit>(i));
    ++i;
  });
}

}  // namespace dovetail::run
