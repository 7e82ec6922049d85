// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <dovetail/run/units.hpp>

namespace dovetail::run {

/// A connection to a SQLite file, to be used by one thread at a time; each thread opens its own. Foreign keys are on,
/// the journal is a write-ahead log, so that readers do not wait for the writer, and a name in quotes is never a text:
/// without that, SQLite would read a column that has been dropped as its own name (sqlite.org/quirks.html, section 8).
class sqlite_connection : public units<sqlite_connection> {
 public:
  /// Opens a file, which is created if it does not exist; `:memory:` is a database of this connection only. A statement
  /// waits for the locks of others up to `busy_timeout`. Throws database_error.
  explicit sqlite_connection(const std::string& file,
                             std::chrono::milliseconds busy_timeout = std::chrono::seconds(5)) {
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &opened,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(opened);
    if (opened == nullptr) throw std::bad_alloc();
    if (result != SQLITE_OK) fail("", "cannot open " + file + ": ");
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, static_cast<int>(busy_timeout.count()));
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    execute("PRAGMA journal_mode = WAL");
    restore_session();
  }

  /// Runs one or several statements.
  void execute(text_view text) {
    each_row(text, [](sqlite3_stmt*) {});
  }
  /// Runs one or several statements; their rows as text.
  std::vector<std::vector<std::optional<std::string>>> query(text_view text) {
    std::vector<std::vector<std::optional<std::string>>> rows;
    each_row(text, [&](sqlite3_stmt* s) { rows.push_back(row_of(s)); });
    return rows;
  }
  /// The same with values for the parameters of one statement.
  std::vector<std::vector<std::optional<std::string>>> query(text_view text,
                                                             const std::vector<std::optional<std::string>>& values) {
    const statement_handle handle = compile(text, values);
    std::vector<std::vector<std::optional<std::string>>> rows;
    while (step(handle.get(), text)) rows.push_back(row_of(handle.get()));
    return rows;
  }

  /// Takes the lock of the one writer at once: a transaction that begins by reading can fail for good when it writes.
  void begin() { execute("BEGIN IMMEDIATE"); }
  void commit() { execute("COMMIT"); }
  void rollback() noexcept {
    if (in_transaction()) sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  bool in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }
  /// Precondition: no transaction is open.
  void restore_session() { execute("PRAGMA foreign_keys = ON"); }

  /// For what only SQLite's own functions do.
  sqlite3* native() { return database_.get(); }

 private:
  friend class units<sqlite_connection>;

  struct close {
    void operator()(sqlite3* d) const { sqlite3_close_v2(d); }
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  using statement_handle = std::unique_ptr<sqlite3_stmt, close>;

  /// A prepared statement; `$1` is the parameter of this name, and SQLite's number of it is another matter.
  struct prepared {
    statement_handle handle;
    std::vector<int> numbers;
    bool counts = false;  ///< it returns a row for each one that it writes
  };

  template <class T>
  static constexpr family family_of = dovetail::detail::field_type_of<T>.holds.kind;
  template <class T>
  static constexpr bool is_number = family_of<T> == family::number || family_of<T> == family::binary;
  template <class T>
  static constexpr void must_have_text() {
    static_assert(family_of<T> != family::array, "[dovetail/DL_UNSUPPORTED] SQLite has no arrays");
    static_assert(family_of<T> != family::boolean && family_of<T> != family::bytes,
                  "SQLite stores truth values and bytes in forms of its own, not as text");
  }

  /// Fields on their way to a statement.
  class parameters {
   public:
    parameters(sqlite3_stmt* s, const std::vector<int>& numbers) : statement_(s), numbers_(&numbers) {}

    void null() { check(sqlite3_bind_null(statement_, next())); }
    template <class T>
    text_view send(const T& value) {
      if constexpr (dovetail::detail::is_checked<T>) {
        return send(value.value);
      } else if constexpr (dovetail::detail::is_approximate<T>) {
        if constexpr (detail::rounds<decltype(T::value)>)
          return send_text(value);
        else
          return send(value.value);
      } else if constexpr (brings_text<T>) {
        return send_text(value);
      } else if constexpr (std::is_same_v<T, bool>) {
        check(sqlite3_bind_int64(statement_, next(), value ? 1 : 0));
      } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_unsigned_v<T> && sizeof(T) == 8)
          if (value > static_cast<T>(std::numeric_limits<sqlite3_int64>::max()))
            return "it is larger than SQLite's integers";
        check(sqlite3_bind_int64(statement_, next(), static_cast<sqlite3_int64>(value)));
      } else if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(value)) return "it is NaN, which SQLite would store as NULL";
        check(sqlite3_bind_double(statement_, next(), static_cast<double>(value)));
      } else if constexpr (dovetail::detail::is_bytes<T>) {
        // No pointer would be NULL.
        const void* data = value.size() == 0 ? static_cast<const void*>("") : value.data();
        check(sqlite3_bind_blob64(statement_, next(), data, value.size(), SQLITE_TRANSIENT));
      } else {
        return send_text(value);
      }
      return {};
    }

   private:
    template <class T>
    text_view send_text(const T& value) {
      must_have_text<T>();
      text_.clear();
      if (const text_view fault = append_text(text_, value); !fault.empty()) return fault;
      check(sqlite3_bind_text64(statement_, next(), text_.c_str(), text_.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
      return {};
    }
    int next() { return numbers_->at(count_++); }
    void check(int result) {
      if (result != SQLITE_OK)
        throw database_error(failure::permanent, std::to_string(result), sqlite3_errstr(result),
                             sqlite3_sql(statement_));
    }

    sqlite3_stmt* statement_;
    const std::vector<int>* numbers_;
    std::size_t count_ = 0;
    std::string text_;
  };

  /// A row of a result.
  class result {
   public:
    explicit result(sqlite3_stmt* s) : statement_(s) {}

    bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    /// The value in SQLite's own words, for messages.
    text_view text(int column) {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
      return bytes == nullptr ? text_view()
                              : text_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    }
    /// Reads by the type that the value has, not the column: SQLite lets any column store any type, and would convert
    /// 'abc' to 0 when asked for an integer.
    template <class T>
    text_view receive(int column, T& value) {
      const int type = sqlite3_column_type(statement_, column);
      if constexpr (dovetail::detail::is_checked<T>) {
        return receive(column, value.value);
      } else if constexpr (dovetail::detail::is_approximate<T>) {
        if constexpr (std::is_floating_point_v<decltype(T::value)>)
          return receive_binary(column, value.value, true);
        else if constexpr (detail::rounds<decltype(T::value)>)
          return receive_text(column, value);
        else
          return receive(column, value.value);
      } else if constexpr (brings_text<T>) {
        return receive_text(column, value);
      } else if constexpr (std::is_same_v<T, bool>) {
        const sqlite3_int64 stored = sqlite3_column_int64(statement_, column);
        if (type != SQLITE_INTEGER || (stored != 0 && stored != 1)) return "it is no truth value";
        value = stored == 1;
      } else if constexpr (std::is_integral_v<T>) {
        if (type != SQLITE_INTEGER) return "it is no whole number";
        const sqlite3_int64 stored = sqlite3_column_int64(statement_, column);
        if (!std::in_range<T>(stored)) return "it is outside of the range of the field";
        value = static_cast<T>(stored);
      } else if constexpr (std::is_floating_point_v<T>) {
        return receive_binary(column, value, false);
      } else if constexpr (dovetail::detail::is_bytes<T>) {
        if (type != SQLITE_BLOB) return "it is no bytes";
        const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        T parsed{};
        if (!detail::make_room(parsed, size)) return "it has not as many bytes as the field";
        std::copy(bytes, bytes + size, parsed.data());
        value = std::move(parsed);
      } else {
        return receive_text(column, value);
      }
      return {};
    }

   private:
    template <class T>
    text_view receive_binary(int column, T& value, bool rounded) {
      const int type = sqlite3_column_type(statement_, column);
      if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return "it is no number";
      const double stored = sqlite3_column_double(statement_, column);
      if (type == SQLITE_INTEGER && !rounded) {
        constexpr sqlite3_int64 most = sqlite3_int64{1} << std::numeric_limits<T>::digits;
        const sqlite3_int64 whole = sqlite3_column_int64(statement_, column);
        if (whole > most || whole < -most) return "it has more digits than the field";
      }
      if (std::isfinite(stored) && std::fabs(stored) > static_cast<double>(std::numeric_limits<T>::max()))
        return "it is outside of the range of the field";
      value = static_cast<T>(stored);
      return {};
    }
    /// Exact numbers are INTEGER, REAL or TEXT, whichever keeps them; all else that is not said above is TEXT.
    template <class T>
    text_view receive_text(int column, T& value) {
      must_have_text<T>();
      const int type = sqlite3_column_type(statement_, column);
      if (is_number<T> ? type == SQLITE_BLOB : type != SQLITE_TEXT)
        return is_number<T> ? "it is no number" : "it is no text";
      if (type == SQLITE_FLOAT) {
        // SQLite's own text of a number has 15 digits; this is the shortest that is the number, without an exponent.
        char digits[400];
        const double stored = sqlite3_column_double(statement_, column);
        const auto end = std::to_chars(digits, digits + sizeof digits, stored, std::chars_format::fixed).ptr;
        return parse_text(std::string_view(digits, static_cast<std::size_t>(end - digits)), value);
      }
      return parse_text(std::string_view(text(column)), value);
    }

    sqlite3_stmt* statement_;
  };

  template <class Send, class Take>
  std::int64_t perform(text_view text, Send send, Take take) {
    prepared& p = prepare(text);
    sqlite3_stmt* s = p.handle.get();
    // Whatever happens, the statement is left without locks and without the values of this time.
    struct reset {
      sqlite3_stmt* statement;
      ~reset() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
      }
    } at_end{s};
    parameters to(s, p.numbers);
    send(to);
    result from(s);
    std::int64_t counted = 0;
    while (step(s, text))
      if (p.counts)
        ++counted;
      else
        take(from);
    return p.counts ? counted : sqlite3_changes(database_.get());
  }

  prepared& prepare(text_view text) {
    const std::string_view key(text);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    prepared p;
    const char* end = nullptr;
    p.handle = compile(text, SQLITE_PREPARE_PERSISTENT, end);
    // What is written through a view, such as an alias, counts as no change (sqlite.org/c3ref/changes.html).
    if (sqlite3_stmt_readonly(p.handle.get()) == 0 && sqlite3_column_count(p.handle.get()) == 0) {
      const std::string counting = std::string(key) + " RETURNING 1";
      sqlite3_stmt* made = nullptr;
      sqlite3_prepare_v3(database_.get(), counting.data(), static_cast<int>(counting.size()), SQLITE_PREPARE_PERSISTENT, &made,
                         nullptr);
      statement_handle handle(made);
      if (made != nullptr && sqlite3_column_count(made) == 1) {
        p.handle = std::move(handle);
        p.counts = true;
      }
    }
    for (int i = 1;; ++i) {
      const int number = sqlite3_bind_parameter_index(p.handle.get(), ('$' + std::to_string(i)).c_str());
      if (number == 0) break;
      p.numbers.push_back(number);
    }
    return statements_.emplace(key, std::move(p)).first->second;
  }

  statement_handle compile(text_view text, unsigned flags, const char*& end) {
    sqlite3_stmt* made = nullptr;
    const int result =
        sqlite3_prepare_v3(database_.get(), text.data(), static_cast<int>(text.size()), flags, &made, &end);
    statement_handle handle(made);
    if (result != SQLITE_OK) fail(text);
    return handle;
  }

  statement_handle compile(text_view text, const std::vector<std::optional<std::string>>& values) {
    const char* end = nullptr;
    statement_handle handle = compile(text, 0, end);
    for (std::size_t i = 0; i != values.size(); ++i)
      if (const auto& value = values[i])
        sqlite3_bind_text(handle.get(),
                          sqlite3_bind_parameter_index(handle.get(), ('$' + std::to_string(i + 1)).c_str()),
                          value->data(), static_cast<int>(value->size()), SQLITE_TRANSIENT);
    return handle;
  }

  static std::vector<std::optional<std::string>> row_of(sqlite3_stmt* s) {
    std::vector<std::optional<std::string>> row;
    for (int i = 0; i != sqlite3_column_count(s); ++i) {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(s, i));
      if (bytes == nullptr)
        row.emplace_back();
      else
        row.emplace_back(std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(s, i))));
    }
    return row;
  }

  template <class Take>
  void each_row(text_view text, const std::vector<std::optional<std::string>>& values, Take take) {
    const statement_handle handle = compile(text, values);
    result from(handle.get());
    while (step(handle.get(), text)) take(from);
  }
  template <class Take>
  void each_row(text_view text, Take take) {
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    while (at != end) {
      const text_view rest(at, static_cast<std::size_t>(end - at));
      const statement_handle handle = compile(rest, 0, at);
      if (handle == nullptr) continue;  // blanks or a comment
      while (step(handle.get(), text)) take(handle.get());
    }
  }

  /// Whether there is a row.
  bool step(sqlite3_stmt* s, text_view text) {
    switch (sqlite3_step(s)) {
      case SQLITE_ROW: return true;
      case SQLITE_DONE: return false;
      default: fail(text);
    }
  }

  [[noreturn]] void fail(text_view text, const std::string& before = "") {
    const int result = sqlite3_extended_errcode(database_.get());
    const int kind = result & 0xFF;
    const bool passing = kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_SCHEMA;
    throw database_error(passing ? failure::passing : failure::permanent, std::to_string(result),
                         before + sqlite3_errmsg(database_.get()), text);
  }

  std::unique_ptr<sqlite3, close> database_;
  std::unordered_map<std::string_view, prepared> statements_;  // destroyed before the database
};

}  // namespace dovetail::run
