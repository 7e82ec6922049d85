// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <dovetail/model/schema.hpp>

#include "catalogue.hpp"

/// The stored rows, as the database itself writes them.
namespace shop {

/// Of one table: its rows by their primary key, each value by its column.
using table_contents = std::map<std::string, std::map<std::string, std::optional<std::string>>>;
using contents = std::map<std::string, table_contents>;

/// All rows of the tables of a version.
template <class Connection>
contents read_contents(Connection& db, const dovetail::model::schema& version) {
  contents out;
  for (const dovetail::model::table* t : version.tables) {
    std::vector<std::string> columns;
    std::string names;
    for (const dovetail::model::part* p : t->parts)
      if (dovetail::model::as_column(p) != nullptr) {
        columns.emplace_back(p->name.text());
        names += (names.empty() ? "" : ", ") + detail::quoted(columns.back());
      }
    auto& rows = out[std::string(t->name.text())];
    const std::string all = "SELECT " + names + " FROM " + detail::quoted(std::string(t->name.text()));
    for (const auto& row : db.query(all.c_str())) {
      std::map<std::string, std::optional<std::string>> values;
      for (std::size_t i = 0; i != columns.size(); ++i) values[columns[i]] = row[i];
      std::string key;
      for (const dovetail::identifier& name : t->primary_key()->columns)
        key += detail::value(values[std::string(name.text())]) + ' ';
      rows.emplace(std::move(key), std::move(values));
    }
  }
  return out;
}

inline std::size_t count_rows(const contents& all) {
  std::size_t count = 0;
  for (const auto& [table, rows] : all) count += rows.size();
  return count;
}

struct comparison {
  std::size_t rows = 0;
  std::size_t values = 0;
  std::size_t lost_on_purpose = 0;
  std::vector<std::string> differences;
};

/// Each row of `before` has to be there `now`, with the same value in each column; rows and columns that came since do
/// not count. Values of the columns `lost`, each a table and a column, count apart: they are gone, or NULL.
inline comparison compare(const contents& before, const contents& now,
                          const std::set<std::pair<std::string, std::string>>& lost) {
  comparison result;
  for (const auto& [table, rows] : before) {
    const auto same_table = now.find(table);
    for (const auto& [key, values] : rows) {
      ++result.rows;
      if (same_table == now.end() || !same_table->second.contains(key)) {
        result.differences.push_back("row " + key + "of " + table + " is gone");
        continue;
      }
      const auto& same_row = same_table->second.at(key);
      for (const auto& [column, value] : values) {
        const auto found = same_row.find(column);
        if (lost.contains({table, column})) {
          if (value) ++result.lost_on_purpose;
          if (found != same_row.end() && found->second)
            result.differences.push_back(table + '.' + column + " of row " + key + "should be lost, but is " +
                                         *found->second);
          continue;
        }
        ++result.values;
        if (found == same_row.end() || found->second != value)
          result.differences.push_back(table + '.' + column + " of row " + key + "was " + detail::value(value) +
                                       " and is " + (found == same_row.end() ? "gone" : detail::value(found->second)));
      }
    }
  }
  return result;
}

}  // namespace shop
