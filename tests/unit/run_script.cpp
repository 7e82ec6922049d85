// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/script.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>
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
  int last_key = 0;  ///< rows are numbered from 1 to this, and their batches are of 10

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
  /// `next` says where a batch ends, and anything else changes its odd rows.
  std::vector<std::vector<std::optional<std::string>>> query(dt::text_view text,
                                                             const std::vector<std::optional<std::string>>& values) {
    std::string called(text);
    for (const auto& v : values) called += ' ' + v.value_or("null");
    execute(called.c_str());
    const int from = std::stoi(values.at(0).value_or("0"));
    if (text == "next") {
      if (from >= last_key) return {};
      return {{std::to_string(std::min(from + 10, last_key))}};
    }
    const auto odd = static_cast<std::size_t>((std::stoi(values.at(1).value()) + 1) / 2 - (from + 1) / 2);
    return std::vector<std::vector<std::optional<std::string>>>(odd);
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

// ---- Batches of rows

namespace {

const statement in_batches[]{outside("set"), [] {
                               statement s = outside("next");
                               s.batch_key = 1;
                               return s;
                             }(),
                             outside("change", 1), outside("reset")};
const dt::ddl_script batched(in_batches);
constexpr dt::run::patience no_rest{3, std::chrono::milliseconds(1), std::chrono::milliseconds(2), 0};

}  // namespace

TEST_CASE("rows are changed batch after batch, and the log hears of each") {
  fake db;
  db.last_key = 23;
  std::vector<std::pair<std::size_t, std::size_t>> told;
  const auto report = dt::run::run_script(
      db, batched, [&](const dt::run::script_event& e) { told.emplace_back(e.index, e.rows); }, no_rest);
  CHECK(db.log == lines{"set", "next null", "change null 10", "next 10", "change 10 20", "next 20", "change 20 23",
                        "next 23", "reset"});
  CHECK(told == std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {2, 5}, {2, 10}, {2, 12}, {1, 12}, {3, 0}});
  CHECK(report.statements == 9);

  fake empty;
  dt::run::run_script(empty, batched, no_rest);
  CHECK(empty.log == lines{"set", "next null", "reset"});
}

TEST_CASE("two statements in batches begin each at its own first row, and have their own number of tries") {
  const statement twice[]{in_batches[1], in_batches[2], in_batches[1], outside("other", 1)};
  fake db;
  db.last_key = 10;
  db.failures["change null 10"] = {failure::passing, failure::passing};
  db.failures["other null 10"] = {failure::passing, failure::passing};
  CHECK(dt::run::run_script(db, dt::ddl_script(twice), no_rest).retries == 4);
  CHECK(db.log == lines{"next null", "change null 10", "next null", "change null 10", "next null", "change null 10",
                        "next 10", "next null", "other null 10", "next null", "other null 10", "next null",
                        "other null 10", "next 10"});
}

TEST_CASE("a batch that fails is tried again, and not the ones before it") {
  fake db;
  db.last_key = 30;
  db.failures["change 10 20"] = {failure::passing, failure::passing};
  db.failures["next 20"] = {failure::passing, failure::passing};
  std::vector<std::size_t> failed;
  const auto report = dt::run::run_script(
      db, batched,
      [&](const dt::run::script_event& e) {
        if (e.why == nullptr) return;
        failed.push_back(e.index);
        CHECK(e.rows == (e.index == 2 ? 5 : 10));
      },
      no_rest);
  CHECK(db.log == lines{"set", "next null", "change null 10", "next 10", "change 10 20", "next 10", "change 10 20",
                        "next 10", "change 10 20", "next 20", "next 20", "next 20", "change 20 30", "next 30",
                        "reset"});
  CHECK(failed == std::vector<std::size_t>{2, 2, 1, 1});
  CHECK(report.retries == 4);
}

TEST_CASE("a batch that fails for good says which statement it was, and what stands") {
  fake db;
  db.last_key = 30;
  db.failures["change 10 20"] = {failure::passing, failure::passing, failure::passing};
  std::optional<script_error> error;
  try {
    dt::run::run_script(db, batched, no_rest);
  } catch (const script_error& e) {
    error = e;
  }
  REQUIRE(error.has_value());
  CHECK(error->failed() == 2);
  CHECK(error->done() == 1);
  CHECK(db.restored == 1);
}

TEST_CASE("after a batch it waits as long as that took, times the rest that is wanted") {
  struct slow : fake {
    std::vector<std::vector<std::optional<std::string>>> query(dt::text_view text,
                                                               const std::vector<std::optional<std::string>>& values) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return fake::query(text, values);
    }
    using fake::query;
  } db;
  db.last_key = 10;
  int rested = 0;
  dt::run::run_script(
      db, batched,
      [&](const dt::run::script_event& e) {
        if (e.index != 2) CHECK(e.wait.count() == 0);
        if (e.index == 2) CHECK(e.wait >= std::chrono::milliseconds(12));
        rested += e.index == 2;
      },
      dt::run::patience{3, std::chrono::milliseconds(1), std::chrono::milliseconds(2), 3});
  CHECK(rested == 1);
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
