// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/postgresql.hpp>

#include <unistd.h>

#include <cstdlib>
#include <future>
#include <limits>
#include <string>
#include <thread>

#include <support/run_rows.hpp>

namespace dt = dovetail;
using namespace run_rows;
using dt::run::database_error;
using dt::run::failure;
using dt::run::postgresql_connection;

namespace {

using dialect = dt::postgresql<15>;

/// A schema of its own on the server that DOVETAIL_POSTGRES names, gone at the end.
struct own_schema {
  std::string name = "run_" + std::to_string(getpid());
  std::string server = [] {
    const char* conninfo = std::getenv("DOVETAIL_POSTGRES");
    return std::string(conninfo == nullptr ? "" : conninfo);
  }();

  own_schema() { postgresql_connection(server).execute(("CREATE SCHEMA " + name).c_str()); }
  ~own_schema() { postgresql_connection(server).execute(("DROP SCHEMA " + name + " CASCADE").c_str()); }
  postgresql_connection connect() const {
    return postgresql_connection(server + " options='-c search_path=" + name + "'");
  }
};

failure kind_of(auto work) {
  try {
    work();
  } catch (const database_error& e) {
    return e.kind();
  }
  FAIL("nothing failed");
  return failure::permanent;
}
std::string code_of(auto work) {
  try {
    work();
  } catch (const database_error& e) {
    return e.code();
  }
  return "none";
}

struct pair {
  std::int64_t id;
  std::string value;
};
using get_pair = dt::reads<"pair", pair>;
using put_pair = dt::inserts<"pair", pair>;

}  // namespace

static_assert(dt::run::connection<postgresql_connection>);

TEST_CASE("rows on PostgreSQL") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  check_rows<dialect>(db);

  INFO("whatever the session's settings were");
  db.execute("SET TIME ZONE 'Asia/Kolkata'");
  CHECK(db.select<get_thing, R"( WHERE "id" = $1)">(std::int64_t{2}).at(0) == things()[1]);
  db.execute("SET DateStyle = 'SQL, DMY'; SET bytea_output = 'escape'; SET extra_float_digits = 0");
  db.restore_session();
  CHECK(db.select<get_thing, R"( WHERE "id" = $1)">(std::int64_t{2}).at(0) == things()[1]);

  INFO("NaN, and moments and days before Christ");
  maybe row;
  row.factor = std::numeric_limits<double>::quiet_NaN();
  row.at = moment("4713-12-31 12:00:00Z BC");
  row.on = dt::field_traits<year_month_day>::from_text("4713-12-31 BC");
  db.execute("DELETE FROM numbered");
  db.insert<put_maybe>(row);
  const maybe back = db.select<get_maybe>().at(0);
  CHECK(*back.factor != *back.factor);
  CHECK(back.at == row.at);
  CHECK(back.on == row.on);

  INFO("values that std::chrono and decimals do not have");
  for (const char* change : {"at = 'infinity'", "\"on\" = '-infinity'", "at = '294276-12-31 23:59:59+00'", "amount = 'NaN'",
                             "\"on\" = '100000-01-01'"}) {
    INFO(change);
    db.execute("DELETE FROM numbered");
    db.insert<put_maybe>({});
    db.execute(("UPDATE numbered SET " + std::string(change)).c_str());
    CHECK_THROWS_AS(db.select<get_maybe>(), dt::run::conversion_error);
  }
}

TEST_CASE("codes of errors") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  db.execute("CREATE TABLE pair (id bigint PRIMARY KEY, value varchar(3) NOT NULL)");
  db.insert<put_pair>({1, "one"});
  CHECK(code_of([&] { db.insert<put_pair>({1, "one"}); }) == "23505");
  CHECK(code_of([&] { db.insert<put_pair>({2, "long"}); }) == "22001");
  CHECK(code_of([&] { db.insert<put_pair>({2, "\xff"}); }) == "22021");
  CHECK(code_of([&] { db.execute("SELEKT"); }) == "42601");
  CHECK(code_of([&] { db.execute("COPY pair FROM STDIN"); }).empty());
}

TEST_CASE("a transaction that has failed is not committed in silence") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  db.execute("CREATE TABLE pair (id bigint PRIMARY KEY, value text NOT NULL)");
  dt::run::transaction<postgresql_connection> t(db);
  db.insert<put_pair>({1, "one"});
  CHECK_THROWS_AS(db.insert<put_pair>({1, "one"}), database_error);
  CHECK(code_of([&] { t.commit(); }) == "25P02");
  CHECK_FALSE(db.in_transaction());
}

TEST_CASE("a plan whose columns have changed their types is made anew") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  postgresql_connection other = schema.connect();
  db.execute("CREATE TABLE pair (id integer PRIMARY KEY, value text NOT NULL)");
  db.insert<put_pair>({1, "one"});
  CHECK(db.select<get_pair>().size() == 1);
  other.execute("ALTER TABLE pair ALTER id TYPE bigint");
  CHECK(db.select<get_pair>().size() == 1);

  other.execute("ALTER TABLE pair ALTER id TYPE integer");
  {
    dt::run::transaction<postgresql_connection> t(db);
    CHECK(kind_of([&] { db.select<get_pair>(); }) == failure::passing);
  }
  dt::run::transaction<postgresql_connection> again(db);
  CHECK(db.select<get_pair>().size() == 1);
  again.commit();

  other.execute("ALTER TABLE pair ADD COLUMN more text");
  CHECK(db.select<get_pair>().size() == 1);
  other.execute("ALTER TABLE pair DROP COLUMN value");
  CHECK(code_of([&] { db.select<get_pair>(); }) == "42703");
}

TEST_CASE("a connection that is lost says so") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  postgresql_connection other = schema.connect();
  const std::string process = db.query("SELECT pg_backend_pid()").at(0).at(0).value();
  other.query(("SELECT pg_terminate_backend(" + process + ")").c_str());
  CHECK(kind_of([&] { db.execute("SELECT 1"); }) == failure::lost);
  CHECK(kind_of([&] { db.select<get_pair>(); }) == failure::lost);
  CHECK_FALSE(db.in_transaction());
  db.rollback();
  CHECK(kind_of([&] { postgresql_connection("host=127.0.0.1 port=1 connect_timeout=2"); }) == failure::lost);
}

TEST_CASE("a script waits for its lock in several tries, and then gives up as a whole") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  postgresql_connection other = schema.connect();
  db.execute("CREATE TABLE pair (id bigint PRIMARY KEY, value text NOT NULL)");

  const auto make = [](const char* text, dt::transaction_mode mode) {
    dt::statement s;
    s.text = text;
    s.transaction = mode;
    return s;
  };
  using enum dt::transaction_mode;
  const dt::statement statements[]{make("BEGIN", dt::transaction_mode::begin),
                                   make("CREATE TABLE first (id bigint)", inside),
                                   make("COMMIT", commit),
                                   make("BEGIN", dt::transaction_mode::begin),
                                   make("SET LOCAL lock_timeout = '50ms'", inside),
                                   make("ALTER TABLE pair ADD COLUMN more text", inside),
                                   make("COMMIT", commit)};
  const dt::ddl_script script(statements);
  const dt::run::patience quick{3, std::chrono::milliseconds(5), std::chrono::milliseconds(10)};

  other.begin();
  other.execute("LOCK TABLE pair IN ACCESS SHARE MODE");
  try {
    dt::run::run_script(db, script, quick);
    FAIL("the lock was not waited for");
  } catch (const dt::run::script_error& e) {
    CHECK(e.failed() == 5);
    CHECK(e.done() == 3);
    CHECK(e.cause().code() == "55P03");
  }
  CHECK_FALSE(db.in_transaction());
  CHECK(db.query("SELECT to_regclass('first')").at(0).at(0).has_value());
  CHECK(db.query("SHOW lock_timeout").at(0).at(0) == "0");

  // The lock goes while the script is at it.
  db.execute("DROP TABLE first");
  const auto report = dt::run::run_script(
      db, script,
      [&](const dt::run::script_event& e) {
        if (e.why != nullptr && other.in_transaction()) other.commit();
      },
      quick);
  CHECK(report.retries == 1);
  CHECK(report.statements == 7 + 2);
}

TEST_CASE("a concurrent index whose build fails is built again from its drop") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  db.execute("CREATE TABLE pair (id bigint PRIMARY KEY, value text NOT NULL)");
  db.execute("INSERT INTO pair VALUES (1, 'x'), (2, 'x')");
  dt::statement set;
  set.text = "SET lock_timeout = 0";
  set.transaction = dt::transaction_mode::outside;
  dt::statement drop = set;
  drop.text = "DROP INDEX CONCURRENTLY IF EXISTS pair_value";
  dt::statement build = set;
  build.text = "CREATE UNIQUE INDEX CONCURRENTLY pair_value ON pair (value)";
  build.restart = 1;
  const dt::statement statements[]{set, drop, build};
  const dt::ddl_script script(statements);
  try {
    dt::run::run_script(db, script);
    FAIL("an index of duplicates was built");
  } catch (const dt::run::script_error& e) {
    CHECK(e.done() == 2);
    CHECK(e.cause().code() == "23505");
  }
  const char* const invalid = "SELECT 1 FROM pg_index WHERE NOT indisvalid AND indrelid = 'pair'::regclass";
  CHECK(db.query(invalid).size() == 1);
  db.execute("DELETE FROM pair WHERE id = 2");
  dt::run::run_script(db, script);
  CHECK(db.query(invalid).empty());
}
