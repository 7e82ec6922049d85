// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <libpq-fe.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <dovetail/run/units.hpp>

namespace dovetail::run {

/// A connection to a PostgreSQL server, to be used by one thread at a time. Values travel as text, in forms that the
/// constructor asks the server for. A connection that breaks stays broken: its errors are of the kind failure::lost.
class postgresql_connection : public units<postgresql_connection> {
 public:
  /// `conninfo` is libpq's: `host=127.0.0.1 dbname=shop`, or a URI. Throws database_error (lost) if there is no server.
  explicit postgresql_connection(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
    if (connection_ == nullptr) throw std::bad_alloc();
    if (PQstatus(connection_.get()) != CONNECTION_OK)
      throw database_error(failure::lost, "", line(PQerrorMessage(connection_.get())), "");
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    set_session();
  }

  /// Runs a statement.
  void execute(text_view text) { checked(run(text), text); }
  /// Runs a statement; its rows as text.
  std::vector<std::vector<std::optional<std::string>>> query(text_view text) { return rows_of(checked(run(text), text)); }
  /// The same with values for its parameters. It is planned for these values, each time.
  std::vector<std::vector<std::optional<std::string>>> query(text_view text,
                                                             const std::vector<std::optional<std::string>>& values) {
    return rows_of(run(text, values));
  }

  void begin() { execute("BEGIN"); }
  void commit() {
    const result_handle answer = checked(run("COMMIT"), "COMMIT");
    // The server answers the COMMIT of a transaction that has failed with a ROLLBACK, and calls that a success.
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
      throw database_error(failure::permanent, "25P02", "the transaction had failed, and was rolled back", "COMMIT");
  }
  void rollback() noexcept {
    if (in_transaction()) PQclear(PQexec(connection_.get(), "ROLLBACK"));
  }
  bool in_transaction() const {
    switch (PQtransactionStatus(connection_.get())) {
      case PQTRANS_ACTIVE:
      case PQTRANS_INTRANS:
      case PQTRANS_INERROR: return true;
      case PQTRANS_IDLE:
      case PQTRANS_UNKNOWN: break;
    }
    return false;
  }
  /// Precondition: no transaction is open.
  void restore_session() {
    execute("RESET ALL");
    set_session();
  }

  /// For what only libpq's own functions do.
  PGconn* native() { return connection_.get(); }

 private:
  friend class units<postgresql_connection>;

  struct close {
    void operator()(PGconn* c) const { PQfinish(c); }
    void operator()(PGresult* r) const { PQclear(r); }
  };
  using result_handle = std::unique_ptr<PGresult, close>;

  static std::vector<const char*> pointers_to(const std::vector<std::optional<std::string>>& values) {
    std::vector<const char*> all;
    all.reserve(values.size());
    for (const auto& value : values) all.push_back(value ? value->c_str() : nullptr);
    return all;
  }

  /// Fields on their way to a statement.
  class parameters {
   public:
    void null() { values_.emplace_back(); }
    template <class T>
    text_view send(const T& value) {
      return detail::append_wide(values_.emplace_back(std::in_place).value(), value);
    }
    std::vector<const char*> pointers() const { return pointers_to(values_); }

   private:
    std::vector<std::optional<std::string>> values_;
  };

  /// A row of a result.
  class result {
   public:
    explicit result(PGresult* r) : answer_(r) {}

    void advance() { ++row_; }
    bool is_null(int column) const { return PQgetisnull(answer_, row_, column) == 1; }
    text_view text(int column) const {
      return {PQgetvalue(answer_, row_, column), static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
    }
    template <class T>
    text_view receive(int column, T& value) {
      constexpr Oid real = 700;  // pg_type.dat
      constexpr Oid reals = 1021;
      const Oid type = PQftype(answer_, column);
      const std::string_view sent(text(column));
      return type == real || type == reals ? detail::parse_reals(sent, value) : parse_text(sent, value);
    }

   private:
    PGresult* answer_;
    int row_ = 0;
  };

  static std::vector<std::vector<std::optional<std::string>>> rows_of(const result_handle& answer) {
    std::vector<std::vector<std::optional<std::string>>> rows(static_cast<std::size_t>(PQntuples(answer.get())));
    result from(answer.get());
    for (auto& row : rows) {
      for (int i = 0; i != PQnfields(answer.get()); ++i)
        if (from.is_null(i))
          row.emplace_back();
        else
          row.emplace_back(std::string(from.text(i)));
      from.advance();
    }
    return rows;
  }

  template <class Take>
  void each_row(text_view text, const std::vector<std::optional<std::string>>& values, Take take) {
    const result_handle answer = run(text, values);
    take_rows(answer, take);
  }
  template <class Take>
  static void take_rows(const result_handle& answer, Take take) {
    result from(answer.get());
    for (int i = 0; i != PQntuples(answer.get()); ++i, from.advance()) take(from);
  }

  template <class Send, class Take>
  std::int64_t perform(text_view text, Send send, Take take) {
    parameters to;
    send(to);
    const result_handle answer = run_prepared(text, to.pointers());
    take_rows(answer, take);
    const std::string_view changed = PQcmdTuples(answer.get());
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    return count;
  }

  /// A plan whose columns have changed their types cannot be run again (0A000, "cached plan must not change result
  /// type"). Outside of a transaction the statement is prepared anew, once; a transaction has failed with it, and runs
  /// with the new plan when it is tried again.
  result_handle run_prepared(text_view text, const std::vector<const char*>& values) {
    const bool alone = !in_transaction();
    const auto run_once = [&](const std::string& name) {
      return result_handle(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()),
                                          values.data(), nullptr, nullptr, 0));
    };
    const bool was_prepared = statements_.contains(std::string_view(text));
    result_handle answer = run_once(prepare(text));
    if (was_prepared && sqlstate(answer.get()) == "0A000") {
      // The name is not used again, so that nothing has to be said to the server, which would not listen now.
      statements_.erase(std::string_view(text));
      if (!alone) throw error(answer.get(), text, failure::passing);
      answer = run_once(prepare(text));
    }
    return checked(std::move(answer), text);
  }

  const std::string& prepare(text_view text) {
    const std::string_view key(text);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    std::string name = "dovetail_" + std::to_string(++prepared_);
    checked(result_handle(PQprepare(connection_.get(), name.c_str(), std::string(key).c_str(), 0, nullptr)), text);
    return statements_.emplace(key, std::move(name)).first->second;
  }

  result_handle run(text_view text, const std::vector<std::optional<std::string>>& values) {
    const std::vector<const char*> pointers = pointers_to(values);
    return checked(result_handle(PQexecParams(connection_.get(), std::string(text).c_str(),
                                              static_cast<int>(pointers.size()), nullptr, pointers.data(), nullptr,
                                              nullptr, 0)),
                   text);
  }
  result_handle run(text_view text) { return result_handle(PQexec(connection_.get(), std::string(text).c_str())); }

  /// Text forms that lose nothing: ISO dates and intervals, hexadecimal bytes, floating-point numbers to their last
  /// digit, NULL in arrays.
  void set_session() {
    execute(
        "SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; "
        "SET bytea_output = 'hex'; SET extra_float_digits = 3; SET array_nulls = on; "
        "SET standard_conforming_strings = on");
  }

  result_handle checked(result_handle answer, text_view text) const {
    switch (PQresultStatus(answer.get())) {
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
      case PGRES_EMPTY_QUERY: return answer;
      default: throw error(answer.get(), text, failure::permanent);
    }
  }

  static std::string sqlstate(const PGresult* answer) {
    const char* code = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    return code == nullptr ? "" : code;
  }
  static std::string line(std::string_view message) {
    while (!message.empty() && message.back() == '\n') message.remove_suffix(1);
    return std::string(message);
  }

  database_error error(const PGresult* answer, text_view text, failure kind) const {
    const std::string code = sqlstate(answer);
    // A lock that was not to be had, a deadlock, a transaction beside this one: manual, appendix A.
    if (code == "55P03" || code == "40P01" || code == "40001") kind = failure::passing;
    if (PQstatus(connection_.get()) == CONNECTION_BAD) kind = failure::lost;
    const char* primary = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    const char* detail = PQresultErrorField(answer, PG_DIAG_MESSAGE_DETAIL);
    std::string message = primary != nullptr ? primary : line(PQerrorMessage(connection_.get()));
    if (message.empty()) message = "the server's answer is of a kind that dovetail does not read";
    if (detail != nullptr) message += std::string(" (") + detail + ')';
    return {kind, code, message, text};
  }

  std::unique_ptr<PGconn, close> connection_;
  std::unordered_map<std::string_view, std::string> statements_;
  std::uint64_t prepared_ = 0;
};

}  // namespace dovetail::run
