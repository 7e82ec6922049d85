// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What a database itself says of its schema, as one line per fact; nothing of dovetail's model is asked. The order of
/// columns is left out: a column that was dropped and added again stands last.
namespace shop {

using catalogue = std::set<std::string>;

namespace detail {

inline std::string value(const std::optional<std::string>& text) { return text ? *text : "(null)"; }

/// All rows of a query, each as a line of its columns behind a prefix.
template <class Connection>
void add_lines(catalogue& out, Connection& db, const std::string& prefix, const std::string& sql) {
  for (const auto& row : db.query(sql.c_str())) {
    std::string line = prefix;
    for (const auto& column : row) line += " | " + value(column);
    out.insert(line);
  }
}

inline std::string quoted(std::string_view name, char quote = '"') {
  std::string out(1, quote);
  for (char c : name) out.append(c == quote ? 2 : 1, c);
  return out + quote;
}

}  // namespace detail

/// What stands in only one of the two, each behind `-` (only in `wanted`) or `+` (only in `actual`).
inline std::vector<std::string> differences(const catalogue& wanted, const catalogue& actual) {
  std::vector<std::string> found;
  for (const std::string& line : wanted)
    if (!actual.contains(line)) found.push_back("- " + line);
  for (const std::string& line : actual)
    if (!wanted.contains(line)) found.push_back("+ " + line);
  return found;
}

}  // namespace shop
