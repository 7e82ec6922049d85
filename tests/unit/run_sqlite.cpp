// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/sqlite.hpp>

#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>

#include <support/run_rows.hpp>
#include <support/run_units.hpp>

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

struct loose {
  std::optional<dt::value::uuid> number;
  std::optional<dt::bounded_text<5>> code;
  std::optional<dt::checked<std::int8_t>> whole;
  std::optional<double> factor;
  std::optional<float> ratio;
  std::optional<dt::checked<dt::approximate<double>>> near;
  std::optional<dt::approximate<dt::decimal<6, 2>>> money;
  std::optional<dt::text_of<dt::numeric<15, 5>>> big;
  std::optional<std::array<std::byte, 2>> pair;
};
using get_loose = dt::reads<"loose", loose>;

// A text column says nothing of its length, so that whoever reads it bounded has said that he means it.
struct memo {
  dt::checked<dt::bounded_text<5>> body;
};
struct unmeant_memo {
  dt::bounded_text<5> body;
};
struct memos : dt::schema<"1", dt::table<"note", dt::column<"body", dt::text>>> {};
using get_memos = dt::reads<"note", memo>;
struct short_memos : dt::release<"1", get_memos> {};
static_assert(dt::compatible<short_memos, memos>);
struct unmeant : dt::release<"1", dt::reads<"note", unmeant_memo>> {};
static_assert(dt::compatibility<unmeant, memos>::findings[0].what == dt::code::RD_LEN);

struct difference {
  double value;
};
using get_difference = dt::reads<"numbered", difference, dt::computed<"value", dt::double_precision,
                                                                      dt::expression<"factor - factor">, dt::columns<"factor">>>;

}  // namespace

static_assert(dt::run::connection<sqlite_connection>);

TEST_CASE("text that is too long for a checked bounded_text is an error when it is read") {
  sqlite_connection db(":memory:");
  db.execute("CREATE TABLE note (body text NOT NULL)");
  db.execute("INSERT INTO note VALUES ('abcde'), ('\xC3\xA4\xC3\xB6\xE2\x82\xAC\xF0\x9F\x90\xA6\xE6\xBC\xA2')");
  CHECK(db.select<get_memos>().size() == 2);
  CHECK(db.select<get_memos>()[0].body.value == "abcde");
  db.execute("INSERT INTO note VALUES ('abcdef')");
  CHECK_THROWS_AS(db.select<get_memos>(), dt::run::conversion_error);
}

TEST_CASE("rows on SQLite") {
  sqlite_connection db(":memory:");
  check_rows<dialect>(db);
}

TEST_CASE("units on SQLite") {
  sqlite_connection db(":memory:");
  run_units::check_units<dialect>(db, sqlite3_libversion_number() >= 3'039'000);
}

TEST_CASE("SQLite has no NaN, which is said and not stored as NULL") {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, version>);
  maybe row;
  row.factor = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(db.insert<put_maybe>(row), dt::run::conversion_error);
  CHECK(db.select<get_number>().empty());

  INFO("and what an expression makes of infinity is NULL, and no 0");
  row.factor = std::numeric_limits<double>::infinity();
  db.insert<put_maybe>(row);
  CHECK(db.select<get_maybe>().at(0).factor == row.factor);
  std::string said;
  try {
    db.select<get_difference>();
  } catch (const dt::run::conversion_error& e) {
    said = e.what();
  }
  CHECK(said.find("difference::value, column \"value\" of table \"numbered\": it is NULL") != std::string::npos);
}

TEST_CASE("a value of another type than the column's is not converted") {
  sqlite_connection db(":memory:");
  db.execute(
      "CREATE TABLE numbered (id INTEGER PRIMARY KEY, whole, text, amount, color, data, flag, factor, at, \"on\")");
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

TEST_CASE("nor is it rounded or cut, unless that is meant") {
  sqlite_connection db(":memory:");
  db.execute("CREATE TABLE loose (number, code, whole, factor, ratio, near, money, big, pair)");
  const auto stored = [&](const char* column, const char* literal) {
    INFO(column << ' ' << literal);
    db.execute("DELETE FROM loose");
    db.execute((std::string("INSERT INTO loose (") + column + ") VALUES (" + literal + ")").c_str());
    return db.select<get_loose>().at(0);
  };
  const auto fails = [&](const char* column, std::initializer_list<const char*> literals) {
    for (const char* literal : literals) CHECK_THROWS_AS(stored(column, literal), dt::run::conversion_error);
  };
  CHECK(stored("number", "'00000000-0000-0000-0000-00000000000F'").number->bytes[15] == std::byte{15});
  fails("number", {"1", "''", "CAST('00000000-0000-0000-0000-000000000000' AS BLOB)"});
  CHECK(stored("code", "'Zoëx🐦'").code == dt::bounded_text<5>("Zoëx🐦"));
  fails("code", {"'abcdef'", "x'61'", "1"});
  CHECK(stored("whole", "-128").whole == -128);
  fails("whole", {"128", "-129", "1.0", "'1'", "9223372036854775807"});
  CHECK(stored("factor", "9007199254740992").factor == 9007199254740992.0);
  CHECK(stored("factor", "-9007199254740992").factor == -9007199254740992.0);
  fails("factor", {"9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775807 - 1"});
  CHECK(stored("ratio", "16777216").ratio == 16777216.0F);
  CHECK(stored("ratio", "0.1").ratio == 0.1F);
  fails("ratio", {"16777217", "1e39"});
  CHECK(stored("near", "9007199254740993").near == dt::approximate<double>(9007199254740992.0));
  CHECK(stored("near", "0.1").near == dt::approximate<double>(0.1));
  fails("near", {"'0.1'", "x'31'"});
  using decimal = dt::decimal<6, 2>;
  CHECK(stored("money", "0.1 + 0.2").money == decimal{30});
  CHECK(stored("money", "1.005").money == decimal{101});
  CHECK(stored("money", "-7").money == decimal{-700});
  CHECK(stored("money", "'1.005'").money == decimal{101});
  CHECK(stored("money", "5e-324").money == decimal{0});
  fails("money", {"9999.995", "1e300", "9e999", "x'31'", "'x'"});
  CHECK(stored("big", "12.5").big == "12.5");
  CHECK(stored("big", "12").big == "12");
  fails("big", {"x'31'"});
  CHECK(stored("pair", "x'0102'").pair->at(1) == std::byte{2});
  fails("pair", {"x'01'", "x'010203'", "x''", "'12'"});
}

TEST_CASE("all decimals of 15 digits survive SQLite's doubles") {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, version>);
  std::uint64_t random = 1;
  dt::run::transaction<sqlite_connection> t(db);
  for (int i = 0; i != 5000; ++i) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    maybe row;
    row.amount =
        dt::decimal<15, 4>{static_cast<std::int64_t>((random >> 4) % 2'000'000'000'000'000U) - 999'999'999'999'999};
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
