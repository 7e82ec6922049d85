// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/sqlite.hpp>

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>

#include <support/run_rows.hpp>

namespace dt = dovetail;
using namespace run_rows;
using dt::run::sqlite_connection;

namespace {

using dialect = dt::sqlite<3, 40>;

/// A file that is gone at the end.
struct temporary_file {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("dovetail-run-sqlite-" + std::to_string(getpid()));
  std::string name = (folder / "it.db").string();
  temporary_file() { std::filesystem::create_directory(folder); }
  ~temporary_file() { std::filesystem::remove_all(folder); }
};

}  // namespace

static_assert(dt::run::connection<sqlite_connection>);

TEST_CASE("rows on SQLite") {
  sqlite_connection db(":memory:");
  check_rows<dialect>(db);
}

TEST_CASE("SQLite has no NaN, which is said and not stored as NULL") {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, version>);
  maybe row;
  row.factor = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(db.insert<put_maybe>(row), dt::run::conversion_error);
  CHECK(db.select<get_number>().empty());
}

TEST_CASE("a value of another type than the column's is not converted") {
  sqlite_connection db(":memory:");
  db.execute("CREATE TABLE numbered (id INTEGER PRIMARY KEY, whole, text, amount, color, data, flag, factor, at, \"on\")");
  const auto stored = [&](const char* column, const char* literal) {
    db.execute("DELETE FROM numbered");
    db.execute((std::string("INSERT INTO numbered (") + column + ") VALUES (" + literal + ")").c_str());
  };
  const auto fails = [&] { CHECK_THROWS_AS(db.select<get_maybe>(), dt::run::conversion_error); };
  for (const char* literal : {"'abc'", "'1'", "1.0", "x'01'"}) stored("whole", literal), fails();
  for (const char* literal : {"2", "'true'", "1.0"}) stored("flag", literal), fails();
  for (const char* literal : {"1", "1.5", "x'61'"}) stored("text", literal), fails();
  for (const char* literal : {"'1.5'", "x'01'"}) stored("factor", literal), fails();
  for (const char* literal : {"'01'", "1"}) stored("data", literal), fails();
  for (const char* literal : {"'purple'", "1"}) stored("color", literal), fails();
  for (const char* literal : {"'yesterday'", "1.5"}) stored("at", literal), fails();
  for (const char* literal : {"1.00001", "1e15", "'x'", "0.1 + 0.2", "9e999"}) stored("amount", literal), fails();
  stored("amount", "12.5");
  CHECK(db.select<get_maybe>().at(0).amount == dt::decimal<15, 4>{125000});
  stored("amount", "12");
  CHECK(db.select<get_maybe>().at(0).amount == dt::decimal<15, 4>{120000});
  stored("amount", "'12.5'");
  CHECK(db.select<get_maybe>().at(0).amount == dt::decimal<15, 4>{125000});
  stored("factor", "3");
  CHECK(db.select<get_maybe>().at(0).factor == 3.0);
}

TEST_CASE("all decimals of 15 digits survive SQLite's doubles") {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, version>);
  std::uint64_t random = 1;
  dt::run::transaction<sqlite_connection> t(db);
  for (int i = 0; i != 5000; ++i) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    maybe row;
    row.amount = dt::decimal<15, 4>{static_cast<std::int64_t>((random >> 4) % 2'000'000'000'000'000U) - 999'999'999'999'999};
    if (row.amount->units == 1'000'000'000'000'000) continue;
    db.insert<put_maybe>(row);
    REQUIRE(db.select<get_maybe, R"( WHERE "amount" = $1)">(*row.amount).size() == 1);
    REQUIRE(db.select<get_maybe, R"( ORDER BY "id" DESC LIMIT 1)">().at(0) == row);
  }
}

TEST_CASE("the connection keeps what it promises") {
  const temporary_file file;
  sqlite_connection db(file.name);
  CHECK(db.query("PRAGMA foreign_keys").at(0).at(0) == "1");
  CHECK(db.query("PRAGMA journal_mode").at(0).at(0) == "wal");
  CHECK(db.query("PRAGMA busy_timeout").at(0).at(0) == "5000");
  // A name in quotes is never a text.
  CHECK_THROWS_AS(db.query("SELECT \"nothing\""), dt::run::database_error);
  CHECK_THROWS_AS(db.execute("CREATE TABLE t (a CHECK (a <> \"nothing\"))"), dt::run::database_error);

  db.execute("PRAGMA foreign_keys = OFF");
  db.restore_session();
  CHECK(db.query("PRAGMA foreign_keys").at(0).at(0) == "1");

  // Several statements, blanks and comments.
  db.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1) ; -- done\n ");
  db.execute("");
  CHECK(db.query("SELECT a FROM t; SELECT a + 1 FROM t").size() == 2);

  sqlite_connection moved = std::move(db);
  CHECK(moved.query("SELECT count(*) FROM t").at(0).at(0) == "1");
  CHECK_THROWS_AS(sqlite_connection((file.folder / "no" / "such" / "folder.db").string()), dt::run::database_error);
}

TEST_CASE("extended codes") {
  sqlite_connection db(":memory:");
  db.execute("CREATE TABLE t (a UNIQUE, b REFERENCES t (a)); INSERT INTO t VALUES (1, NULL)");
  const auto code_of = [&](const char* text) {
    try {
      db.execute(text);
    } catch (const dt::run::database_error& e) {
      return e.code();
    }
    return std::string("none");
  };
  CHECK(code_of("INSERT INTO t VALUES (1, NULL)") == std::to_string(SQLITE_CONSTRAINT_UNIQUE));
  CHECK(code_of("INSERT INTO t VALUES (2, 3)") == std::to_string(SQLITE_CONSTRAINT_FOREIGNKEY));
}

TEST_CASE("a lock of another connection is passing, and prepared statements outlive a change of the schema") {
  const temporary_file file;
  sqlite_connection one(file.name);
  dt::run::run_script(one, dt::ddl<dialect, version>);
  sqlite_connection other(file.name, std::chrono::milliseconds(0));
  other.insert<put_maybe>({});
  one.begin();
  try {
    other.insert<put_maybe>({});
    FAIL("two writers at once");
  } catch (const dt::run::database_error& e) {
    CHECK(e.kind() == dt::run::failure::passing);
  }
  CHECK(other.select<get_maybe>().size() == 1);  // readers do not wait
  one.execute("ALTER TABLE numbered ADD COLUMN more text");
  one.execute("ALTER TABLE numbered DROP COLUMN more");
  one.execute("ALTER TABLE numbered ADD COLUMN more text DEFAULT 'x'");
  one.commit();
  other.insert<put_maybe>({});
  CHECK(other.select<get_maybe>().size() == 2);
  one.execute("ALTER TABLE numbered DROP COLUMN \"text\"");
  CHECK_THROWS_AS(other.select<get_maybe>(), dt::run::database_error);
}
