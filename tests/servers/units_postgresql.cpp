// SPDX-License-Identifier: BSL-1.0
// The verdicts on random units against what their statements do on the server that DOVETAIL_POSTGRES names.
#include <dovetail/run/postgresql.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include <support/catch.hpp>
#include <support/postgresql_cells.hpp>
#include <support/random_units.hpp>

using namespace test;

namespace {

namespace on_postgresql = cells::postgresql;

struct field_of_row {
  cells::text_value text;
  dt::family kind = dt::family::text;  // in which all of them travel
};

class unit_server {
 public:
  using dialect = on_postgresql::dialect;
  static constexpr bool is_sqlite = false;
  static constexpr const char* overriding = "OVERRIDING SYSTEM VALUE ";

  void create(const std::vector<run_statement>& script) { on_postgresql::create(*db_, place, script); }
  void change(const std::vector<run_statement>& script) {
    for (const run_statement& each : script) run(each.text, {});
  }
  void begin() { run("BEGIN", {}); }
  void commit() { run("COMMIT", {}); }
  void rollback() { db_->rollback(); }

  static std::string literal(const dt::sql_type&, const cells::text_value& value) { return on_postgresql::literal(value); }
  std::string compare(const std::string& table, const std::string& id, const std::string& column,
                      const dt::sql_type& type, const std::string& own, const cells::text_value& value) {
    const bool inside = db_->in_transaction();
    if (inside) run("SAVEPOINT before_comparison", {});
    const std::string wrong = on_postgresql::compare(*db_, units::quoted(column),
                                                     units::quoted(table) + " WHERE \"id\" = " + id, type, own, value)
                                  .wrong;
    if (inside && !wrong.empty()) run("ROLLBACK TO before_comparison", {});
    return wrong;
  }

  std::vector<std::vector<field_of_row>> run(const std::string& sql, const std::vector<units::parameter>& parameters) {
    std::vector<cells::text_value> sent;
    std::vector<const char*> values;
    for (const units::parameter& p : parameters)
      sent.push_back(p.text && p.own.starts_with("real") ? widened(*p.text) : p.text);
    for (const cells::text_value& text : sent) values.push_back(text ? text->c_str() : nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> answer(
        PQexecParams(db_->native(), sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0),
        &PQclear);
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer.get(), sql);
    std::vector<std::vector<field_of_row>> rows(static_cast<std::size_t>(PQntuples(answer.get())));
    for (std::size_t row = 0; row != rows.size(); ++row)
      for (int i = 0; i != PQnfields(answer.get()); ++i) {
        const int at = static_cast<int>(row);
        field_of_row& f = rows[row].emplace_back();
        if (PQgetisnull(answer.get(), at, i) != 0) continue;
        f.text = PQgetvalue(answer.get(), at, i);
        if (const Oid type = PQftype(answer.get(), i); type == 700 || type == 1021) f.text = widened(*f.text);
      }
    return rows;
  }

  static bool has_form(const field_of_row&, const dt::domain&) { return true; }

 private:
  /// The text of a real, or of an array of them, with the digits of doubles, as a connection sends and reads it.
  static std::string widened(const std::string& reals) {
    const std::string others = "{,}\"";
    std::string result;
    for (std::size_t i = 0; i != reals.size();) {
      const std::size_t end = std::min(reals.find_first_of(others, i), reals.size());
      const std::string number = reals.substr(i, end - i);
      char digits[40];
      char* rest = nullptr;
      const double value = std::strtof(number.c_str(), &rest);
      if (*rest == '\0' && end != i && std::isfinite(value))
        result.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
      else
        result += number;  // NULL, infinity
      if (end != reals.size()) result += reals[end];
      i = std::min(end + 1, reals.size());
    }
    return result;
  }
  [[noreturn]] static void fail(const PGresult* answer, const std::string& sql) {
    const char* given = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const std::string code = given == nullptr ? "" : given;
    units::refusal kind = units::refusal::other;
    if (code.starts_with("22")) kind = units::refusal::value;
    if (code == "23514") kind = units::refusal::rule;
    if (code == "23505") kind = units::refusal::unique;
    if (code == "23503" || code == "23001") kind = units::refusal::reference;
    throw units::server_error(kind, code + ' ' + PQresultErrorMessage(answer) + "in: " + sql);
  }

  const std::string place = "\"dovetail units\"";
  std::unique_ptr<on_postgresql::connection> db_ = on_postgresql::connect(place, "America/New_York");
};

}  // namespace

TEST_CASE("the verdict on random units is what PostgreSQL does") {
  unit_server db;
  const units::tally t = units::try_units(150, db);
  std::cout << "PostgreSQL: " << t.summary();
  CHECK(t.failure == "");
}
