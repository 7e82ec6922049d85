// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/script.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/run/sqlite.hpp>
#include <support/catch.hpp>

namespace dt = dovetail;
using dt::statement;
using dt::transaction_mode;
using dt::run::database_error;
using dt::run::failure;
using dt::run::script_error;

namespace {

/// A server that writes down what it is told, and fails as it is told.
struct fake {
  std::vector<std::string> log;
  std::map<std::string, std::vector<failure>> failures;  ///< of a statement, the next ones first
  bool open = false;
  bool broken = false;
  int restored = 0;
  std::size_t rows = 0;

  void execute(dt::text_view text) {
    const std::string t(text);
    log.push_back(t);
    if (auto& next = failures[t]; !next.empty()) {
      const failure kind = next.front();
      next.erase(next.begin());
      broken = broken || kind == failure::lost;
      throw database_error(kind, "code", "told to", text);
    }
    if (t == "BEGIN") open = true;
    if (t == "COMMIT") open = false;
  }
  std::vector<std::vector<std::optional<std::string>>> query(dt::text_view text) {
    execute(text);
    return std::vector<std::vector<std::optional<std::string>>>(rows);
  }
  void begin() { execute("BEGIN"); }
  void commit() { execute("COMMIT"); }
  void rollback() noexcept {
    if (open) log.push_back("ROLLBACK");
    open = false;
  }
  bool in_transaction() const { return open; }
  void restore_session() {
    ++restored;
    if (broken) throw database_error(failure::lost, "", "gone", "");
  }
};
static_assert(dt::run::connection<fake>);

statement make(const char* text, transaction_mode mode) {
  statement s;
  s.text = text;
  s.transaction = mode;
  return s;
}
statement begin() { return make("BEGIN", transaction_mode::begin); }
statement commit() { return make("COMMIT", transaction_mode::commit); }
statement inside(const char* text) { return make(text, transaction_mode::inside); }
statement outside(const char* text, std::size_t restart = 0) {
  statement s = make(text, transaction_mode::outside);
  s.restart = restart;
  return s;
}

constexpr dt::run::patience quick{3, std::chrono::milliseconds(1), std::chrono::milliseconds(2)};

const statement two_groups[]{begin(), inside("a"), commit(), outside("set"), outside("drop"), outside("build", 1),
                             begin(), inside("b"), inside("c"), commit()};
const dt::ddl_script script(two_groups);
using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a script runs from its first to its last statement") {
  fake db;
  std::size_t told = 0;
  const auto report = dt::run::run_script(
      db, script,
      [&](const dt::run::script_event& e) {
        CHECK(e.index == told);
        CHECK(e.what == &script[told]);
        CHECK(e.why == nullptr);
        ++told;
      },
      quick);
  CHECK(told == 10);
  CHECK(report.statements == 10);
  CHECK(report.retries == 0);
  CHECK(db.log == lines{"BEGIN", "a", "COMMIT", "set", "drop", "build", "BEGIN", "b", "c", "COMMIT"});
  CHECK(dt::run::run_script(db, dt::ddl_script()).statements == 0);
}

TEST_CASE("a transaction is tried again from its begin, a statement outside from where the script says") {
  fake db;
  db.failures["c"] = {failure::passing, failure::passing};
  db.failures["build"] = {failure::passing};
  db.failures["BEGIN"] = {failure::passing};
  db.failures["COMMIT"] = {failure::passing};
  int retries = 0;
  const auto report = dt::run::run_script(
      db, script,
      [&](const dt::run::script_event& e) {
        if (e.why == nullptr) return;
        ++retries;
        CHECK(e.why->kind() == failure::passing);
        CHECK(e.wait <= quick.longest_wait);
      },
      quick);
  CHECK(retries == 5);
  CHECK(report.retries == 5);
  CHECK(db.log == lines{"BEGIN",                                                   // refused
                        "BEGIN", "a", "COMMIT", "ROLLBACK",                        // refused
                        "BEGIN", "a", "COMMIT", "set", "drop", "build",            // refused
                        "drop", "build", "BEGIN", "b", "c", "ROLLBACK",            // refused
                        "BEGIN", "b", "c", "ROLLBACK",                             // refused
                        "BEGIN", "b", "c", "COMMIT"});
}

TEST_CASE("a script that fails says what is done, and leaves nothing open") {
  const auto failing = [&](const char* text, std::vector<failure> kinds) {
    fake db;
    db.failures[text] = std::move(kinds);
    std::optional<script_error> error;
    try {
      dt::run::run_script(db, script, quick);
    } catch (const script_error& e) {
      error = e;
    }
    CHECK_FALSE(db.open);
    CHECK(db.restored == 1);
    REQUIRE(error.has_value());
    return *error;
  };
  const script_error first = failing("a", {failure::permanent});
  CHECK(first.failed() == 1);
  CHECK(first.done() == 0);
  CHECK(std::string(first.what()) == "statement 2 of 10 failed, and nothing has been done: [code] told to, in: a");

  const script_error middle = failing("build", {failure::permanent});
  CHECK(middle.failed() == 5);
  CHECK(middle.done() == 5);

  const script_error last = failing("c", {failure::passing, failure::passing, failure::passing});
  CHECK(last.failed() == 8);
  CHECK(last.done() == 6);
  CHECK(last.cause().kind() == failure::passing);
  CHECK(last.cause().statement() == "c");
  CHECK(std::string(last.what()) == "statement 9 of 10 failed, statements 1 to 6 are done: [code] told to, in: c");

  CHECK(failing("b", {failure::passing, failure::lost}).cause().kind() == failure::lost);
}

TEST_CASE("each transaction has its own number of tries") {
  fake db;
  db.failures["a"] = {failure::passing, failure::passing};
  db.failures["set"] = {failure::passing, failure::passing};
  db.failures["b"] = {failure::passing, failure::passing};
  CHECK(dt::run::run_script(db, script, quick).retries == 6);
}

TEST_CASE("a query that should find nothing") {
  statement check = inside("check");
  check.must_be_empty = true;
  const statement statements[]{begin(), check, commit()};
  fake db;
  CHECK(dt::run::run_script(db, dt::ddl_script(statements), quick).statements == 3);
  db.rows = 2;
  CHECK_THROWS_AS(dt::run::run_script(db, dt::ddl_script(statements), quick), script_error);
  CHECK_FALSE(db.open);
}

TEST_CASE("a log that throws leaves no transaction open, and an open transaction is refused") {
  fake db;
  CHECK_THROWS_AS(dt::run::run_script(db, script, [](const dt::run::script_event&) { throw 1; }, quick), int);
  CHECK_FALSE(db.open);
  db.open = true;
  CHECK_THROWS_AS(dt::run::run_script(db, script, quick), std::logic_error);
}

TEST_CASE("waits grow, and are at most as long as they may be") {
  const dt::run::patience slow{10, std::chrono::milliseconds(100), std::chrono::milliseconds(5000)};
  dt::run::detail::backoff wait(slow);
  for (int round = 0; round != 100; ++round)
    for (int again = 1; again != 40; ++again) {
      const auto most = std::min<std::int64_t>(100LL << std::min(again - 1, 20), 5000);
      const auto waited = wait(again).count();
      REQUIRE(waited <= most);
      REQUIRE(waited >= most / 2);
    }
  dt::run::detail::backoff none(dt::run::patience{3, std::chrono::milliseconds(0), std::chrono::milliseconds(0)});
  CHECK(none(1).count() == 0);
}

TEST_CASE("on SQLite, a half-applied migration stands as far as it came") {
  dt::run::sqlite_connection db(":memory:");
  const statement statements[]{make("BEGIN IMMEDIATE", transaction_mode::begin),
                               inside("CREATE TABLE a (x INTEGER PRIMARY KEY)"),
                               commit(),
                               outside("PRAGMA foreign_keys = OFF"),
                               make("BEGIN IMMEDIATE", transaction_mode::begin),
                               inside("CREATE TABLE b (x REFERENCES a (x))"),
                               inside("INSERT INTO b VALUES (1)"),
                               [] {
                                 statement s = inside("PRAGMA foreign_key_check");
                                 s.must_be_empty = true;
                                 return s;
                               }(),
                               commit()};
  try {
    dt::run::run_script(db, dt::ddl_script(statements));
    FAIL("a violated foreign key was committed");
  } catch (const script_error& e) {
    CHECK(e.failed() == 7);
    CHECK(e.done() == 4);
  }
  CHECK(db.query("SELECT name FROM sqlite_schema").size() == 1);
  CHECK(db.query("PRAGMA foreign_keys").at(0).at(0) == "1");
  CHECK_FALSE(db.in_transaction());
}
