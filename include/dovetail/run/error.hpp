// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <dovetail/vocabulary/identifier.hpp>

namespace dovetail::run {

/// What can be done about an error of the server.
enum class failure : unsigned char {
  permanent,  ///< the same statement would fail again
  passing,    ///< a lock, a deadlock, a change beside it: the transaction, or the lone statement, can be run again
  lost,       ///< the connection is gone, and whether the last statement was done is not known
};

/// A statement that the server refused.
class database_error : public std::runtime_error {
 public:
  database_error(failure kind, std::string code, std::string message, text_view statement)
      : std::runtime_error((code.empty() ? code : "[" + code + "] ") + message +
                           (statement.empty() ? std::string() : ", in: " + std::string(statement))),
        kind_(kind),
        code_(std::move(code)),
        message_(std::move(message)),
        statement_(statement) {}

  failure kind() const noexcept { return kind_; }
  /// PostgreSQL: the SQLSTATE, `23505`. SQLite: the extended result code, `2067`. Empty where there is none.
  const std::string& code() const noexcept { return code_; }
  /// The server's sentence.
  const std::string& message() const noexcept { return message_; }
  const std::string& statement() const noexcept { return statement_; }

 private:
  failure kind_;
  std::string code_;
  std::string message_;
  std::string statement_;
};

/// More rows than the one that a read expects.
class several_rows : public std::runtime_error {
 public:
  several_rows(text_view row, text_view statement)
      : std::runtime_error("more than one " + std::string(row) + " was found, by: " + std::string(statement)) {}
};

/// Where a value comes from or goes to: a field of a struct, and its column. `row` and `table` are empty for a
/// parameter that is no field.
struct place {
  text_view row;
  text_view field;
  text_view table;
  text_view column;
};

/// A value that a field cannot hold, or that a server cannot store as it is. Nothing has been sent or stored then.
class conversion_error : public std::runtime_error {
 public:
  conversion_error(const place& where, text_view fault, text_view text = {})
      : std::runtime_error(describe(where, fault, text)), row_(where.row), field_(where.field), column_(where.column) {}

  const std::string& row() const noexcept { return row_; }
  const std::string& field() const noexcept { return field_; }
  const std::string& column() const noexcept { return column_; }

 private:
  static std::string describe(const place& where, text_view fault, text_view text) {
    std::string out;
    if (where.row.empty()) {
      out += "a parameter of the statement";
    } else {
      out += std::string(where.row) + "::" + std::string(where.field) + ", column \"" + std::string(where.column) +
             "\" of table \"" + readable<std::string>(where.table) + '"';
    }
    out += ": " + std::string(fault);
    if (!text.empty()) {
      constexpr std::size_t shown = 60;
      out += ": '" + std::string(text.substr(0, text.size() < shown ? text.size() : shown)) +
             (text.size() > shown ? "...'" : "'");
    }
    return out;
  }

  std::string row_;
  std::string field_;
  std::string column_;
};

}  // namespace dovetail::run
