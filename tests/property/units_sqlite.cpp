// SPDX-License-Identifier: BSL-1.0
// The verdicts on random units against what their statements do on SQLite.
#include <dovetail/run/sqlite.hpp>

#include <charconv>
#include <cstring>
#include <memory>

#include <support/catch.hpp>
#include <support/random_units.hpp>
#include <support/sqlite_cells.hpp>

using namespace test;

namespace {

namespace on_sqlite = cells::sqlite;

struct field_of_row {
  cells::text_value text;
  dt::family kind = dt::family::unknown;
};

class unit_server {
 public:
  using dialect = on_sqlite::dialect;
  static constexpr bool is_sqlite = true;
  static constexpr const char* overriding = "";

  void create(const std::vector<run_statement>& script) {
    db_ = std::make_unique<on_sqlite::connection>(":memory:");
    change(script);
  }
  void change(const std::vector<run_statement>& script) {
    for (const run_statement& each : script) run(each.text, {});
  }
  void begin() { run("BEGIN", {}); }
  void commit() { run("COMMIT", {}); }
  void rollback() { db_->rollback(); }

  static std::string literal(const dt::sql_type& type, const cells::text_value& value) {
    return on_sqlite::literal(type, value);
  }
  std::string compare(const std::string& table, const std::string& id, const std::string& column,
                      const dt::sql_type& type, const std::string& own, const cells::text_value& value) {
    const std::string row = units::quoted(table) + " WHERE \"id\" = " + id;
    const std::string wrong = on_sqlite::compare(*db_, units::quoted(column), row, type, own, value).wrong;
    if (wrong.empty() || !dt::is_time(type.kind) || !value) return wrong;
    const cells::text_value stored = run("SELECT " + units::quoted(column) + " FROM " + row, {}).at(0).at(0).text;
    return stored && time_of(*stored) == time_of(*value) ? "" : wrong;
  }

  std::vector<std::vector<field_of_row>> run(const std::string& sql, const std::vector<units::parameter>& parameters) {
    sqlite3_stmt* raw = nullptr;
    sqlite3_prepare_v2(db_->native(), sql.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> s(raw, &sqlite3_finalize);
    if (raw == nullptr) fail(sql);
    for (std::size_t i = 0; i != parameters.size(); ++i)
      if (const int at = sqlite3_bind_parameter_index(raw, ('$' + std::to_string(i + 1)).c_str()); at != 0)
        bind(raw, at, parameters[i]);
    std::vector<std::vector<field_of_row>> rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
      auto& row = rows.emplace_back();
      for (int i = 0; i != sqlite3_column_count(raw); ++i) row.push_back(field(raw, i));
    }
    if (code != SQLITE_DONE) fail(sql);
    return rows;
  }

  /// As a connection reads a field of the type.
  static bool has_form(const field_of_row& f, const dt::domain& type) {
    switch (type.kind) {
      case dt::family::boolean: return f.kind == dt::family::number;
      case dt::family::number:
        return f.kind == dt::family::number || (type.decimal && f.kind != dt::family::bytes);
      case dt::family::binary: return f.kind == dt::family::number || f.kind == dt::family::binary;
      case dt::family::bytes: return f.kind == dt::family::bytes;
      default: return f.kind == dt::family::text;
    }
  }

 private:
  /// SQLite keeps a time as the text that it is given: with as many digits as a default has, or a day for its midnight.
  static std::string time_of(std::string text) {
    for (const char* end : {" BC", "Z"})
      if (text.ends_with(end)) return time_of(text.substr(0, text.size() - std::strlen(end))) + end;
    if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text.find(':') == std::string::npos ? text + " 00:00:00" : text;
  }
  static void bind(sqlite3_stmt* s, int at, const units::parameter& p) {
    if (!p.text) {
      sqlite3_bind_null(s, at);
    } else if (p.kind == dt::family::bytes) {
      std::string bytes;
      for (std::size_t i = 2; i < p.text->size(); i += 2)
        bytes += static_cast<char>(std::stoi(p.text->substr(i, 2), nullptr, 16));
      sqlite3_bind_blob(s, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
    } else if (p.kind == dt::family::binary) {
      sqlite3_bind_double(s, at, p.own == "real" ? static_cast<double>(std::strtof(p.text->c_str(), nullptr))
                                                 : std::strtod(p.text->c_str(), nullptr));
    } else {
      const std::string text = p.kind != dt::family::boolean ? *p.text : *p.text == "true" ? "1" : "0";
      sqlite3_bind_text(s, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
  }
  static field_of_row field(sqlite3_stmt* s, int i) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(s, i));
    const std::string_view raw(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(s, i)));
    switch (sqlite3_column_type(s, i)) {
      case SQLITE_NULL: return {};
      case SQLITE_INTEGER: return {std::to_string(sqlite3_column_int64(s, i)), dt::family::number};
      case SQLITE_FLOAT: {
        char digits[400];
        const auto end = std::to_chars(digits, digits + sizeof digits, sqlite3_column_double(s, i), std::chars_format::fixed);
        return {std::string(digits, end.ptr), dt::family::binary};
      }
      case SQLITE_BLOB: {
        std::string hex = "\\x";
        for (const char c : raw) {
          char digits[3];
          std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
          hex += digits;
        }
        return {hex, dt::family::bytes};
      }
      default: return {std::string(raw), dt::family::text};
    }
  }
  [[noreturn]] void fail(const std::string& sql) {
    const std::string message = sqlite3_errmsg(db_->native());
    units::refusal kind = units::refusal::other;
    switch (sqlite3_extended_errcode(db_->native())) {
      case SQLITE_CONSTRAINT_CHECK:
        kind = message.find("rule of ") != std::string::npos ? units::refusal::rule : units::refusal::value;
        break;
      case SQLITE_CONSTRAINT_UNIQUE:
      case SQLITE_CONSTRAINT_PRIMARYKEY:
      case SQLITE_CONSTRAINT_ROWID: kind = units::refusal::unique; break;
      case SQLITE_CONSTRAINT_TRIGGER:  // RESTRICT
      case SQLITE_CONSTRAINT_FOREIGNKEY: kind = units::refusal::reference; break;
      default: break;
    }
    throw units::server_error(kind, message + ", in: " + sql);
  }

  std::unique_ptr<on_sqlite::connection> db_;
};

}  // namespace

TEST_CASE("the verdict on random units is what SQLite does") {
  unit_server db;
  const units::tally t = units::try_units(400, db);
  std::cout << "SQLite: " << t.summary();
  CHECK(t.failure == "");
}
