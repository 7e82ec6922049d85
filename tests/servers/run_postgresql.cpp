// SPDX-License-Identifier: BSL-1.0
// Rows and scripts on the server that DOVETAIL_POSTGRES names.
#include <dovetail/run/postgresql.hpp>

#include <future>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <support/own_schema.hpp>
#include <support/random_schema.hpp>
#include <support/run_rows.hpp>
#include <support/run_units.hpp>

namespace dt = dovetail;
using namespace run_rows;
using dt::run::database_error;
using dt::run::failure;
using dt::run::postgresql_connection;
using test::own_schema;

namespace {

using dialect = dt::postgresql<15>;

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

template <class T>
using many = std::vector<std::optional<T>>;
struct lists_table : dt::table<"lists",
    dt::column<"numbers", dt::array<dt::integer>>,
    dt::column<"texts", dt::array<dt::text>>,
    dt::column<"codes", dt::array<dt::varchar<5>>>,
    dt::column<"data", dt::array<dt::bytea>>,
    dt::column<"flags", dt::array<dt::boolean>>,
    dt::column<"factors", dt::array<dt::double_precision>>,
    dt::column<"amounts", dt::array<dt::numeric<6, 2>>>,
    dt::column<"stages", dt::array<stage_type>>,
    dt::column<"ids", dt::array<dt::uuid>>,
    dt::column<"spans", dt::array<dt::interval>>,
    dt::column<"documents", dt::array<dt::json>>,
    dt::column<"moments", dt::array<dt::timestamptz>>> {};
struct lists_version : dt::schema<"1", lists_table> {};
struct lists {
  many<std::int32_t> numbers;
  many<std::string> texts;
  many<dt::bounded_text<5>> codes;
  many<std::vector<std::byte>> data;
  many<bool> flags;
  many<double> factors;
  many<dt::decimal<6, 2>> amounts;
  many<run_rows::stage> stages;
  many<dt::value::uuid> ids;
  many<dt::value::interval> spans;
  many<dt::value::json> documents;
  many<sys_time<microseconds>> moments;

  friend bool operator==(const lists&, const lists&) = default;
};
using put_lists = dt::inserts<"lists", lists>;
using get_lists = dt::reads<"lists", lists>;
struct lists_app : dt::release<"1", put_lists, get_lists> {};
static_assert(dt::compatible<lists_app, lists_version>);

struct numbers_only {
  many<std::int32_t> numbers;
};
struct present_numbers {
  std::vector<std::int32_t> numbers;
};

struct odd_table : dt::table<"odd",
    dt::column<"padded", dt::character<5>>,
    dt::column<"codes", dt::array<dt::varchar<3>>>,
    dt::column<"number", dt::numeric<30, 5>>,
    dt::column<"any", dt::any_numeric>,
    dt::column<"span", dt::interval>> {};
struct odd_version : dt::schema<"1", odd_table> {};
struct odd {
  dt::approximate<std::string> padded;
  many<dt::checked<std::string>> codes;
  dt::text_of<dt::numeric<30, 5>> number = "0";
  dt::checked<std::int64_t> any;
  dt::value::interval span;
};
using put_odd = dt::inserts<"odd", odd>;
using get_odd = dt::reads<"odd", odd>;
struct odd_app : dt::release<"1", put_odd, get_odd> {};
static_assert(dt::compatible<odd_app, odd_version>);
struct any_money {
  dt::approximate<dt::decimal<6, 2>> any;
};

}  // namespace

static_assert(dt::run::connection<postgresql_connection>);

TEST_CASE("rows on PostgreSQL") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  check_rows<dialect>(db);

  INFO("whatever the session's settings were");
  db.execute("SET TIME ZONE 'Asia/Kolkata'");
  CHECK(db.select<get_thing, R"( WHERE "id" = $1)">(std::int64_t{2}).at(0) == things()[1]);
  CHECK(db.select<get_precise, R"( ORDER BY "id" LIMIT 1)">().at(0) == precise_rows()[0]);
  db.execute(
      "SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'sql_standard'; SET bytea_output = 'escape'; "
      "SET extra_float_digits = 0");
  db.restore_session();
  CHECK(db.select<get_thing, R"( WHERE "id" = $1)">(std::int64_t{2}).at(0) == things()[1]);
  CHECK(db.select<get_precise, R"( ORDER BY "id" LIMIT 1)">().at(0) == precise_rows()[0]);

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
  for (const auto& [column, value] : std::vector<std::pair<std::string, std::string>>{
           {"at", "infinity"}, {"at", "-infinity"}, {"on", "infinity"}, {"on", "-infinity"}, {"at", "294276-12-31 23:59:59+00"},
           {"amount", "NaN"}, {"on", "100000-01-01"}}) {
    db.execute("DELETE FROM numbered");
    db.insert<put_maybe>({});
    db.execute(("UPDATE numbered SET \"" + column + "\" = '" + value + "'").c_str());
    std::string said;
    try {
      db.select<get_maybe>();
    } catch (const dt::run::conversion_error& e) {
      said = e.what();
      CHECK((e.field() == column && e.column() == column));
    }
    INFO(column << " = " << value << ": " << said);
    CHECK(said.find("maybe::" + column + ", column \"" + column + "\" of table \"numbered\": it is no ") != std::string::npos);
    CHECK(said.find(": '" + value.substr(0, 10)) != std::string::npos);
  }

  INFO("floating-point numbers have them");
  db.execute("DELETE FROM numbered");
  db.insert<put_maybe>({});
  db.execute("UPDATE numbered SET factor = '-infinity'");
  CHECK(db.select<get_maybe>().at(0).factor == -std::numeric_limits<double>::infinity());
}

TEST_CASE("arrays on PostgreSQL") {
  const own_schema schema;
  postgresql_connection db = schema.connect(" -c array_nulls=off");
  dt::run::run_script(db, dt::ddl<dialect, lists_version>);
  using limits32 = std::numeric_limits<std::int32_t>;
  using limits64 = std::numeric_limits<std::int64_t>;
  lists full;
  full.numbers = {limits32::min(), {}, limits32::max(), 0};
  for (const std::string& text : hostile_texts()) full.texts.emplace_back(text);
  full.texts.insert(full.texts.end(), {{}, "", "null", "{}", "{1,2}", "a,b", "\"\\\""});
  full.codes = {"", {}, "Zoë🐦'"};
  full.data = {std::vector<std::byte>{}, {}, std::vector<std::byte>{std::byte{0}, std::byte{0x5c}, std::byte{0xff}}};
  full.flags = {true, {}, false};
  full.factors = {std::numeric_limits<double>::denorm_min(), {}, -std::numeric_limits<double>::infinity(), 0.1};
  full.amounts = {dt::decimal<6, 2>{-999'999}, {}, dt::decimal<6, 2>{1}};
  full.stages = {stage::in_progress, {}, stage::waiting};
  full.ids = {dt::value::uuid{}, {}};
  full.spans = {dt::value::interval{limits32::min(), limits32::max(), limits64::min()}, {}};
  full.documents = {R"({"a": ["\\", null]})", {}, {"null"}};
  full.moments = {moment("0001-01-01 00:00:00Z"), {}, moment("9999-12-31 23:59:59.999999Z")};
  for (const lists& each : {lists{}, full}) {
    db.insert<put_lists>(each);
    CHECK(db.select<get_lists>().at(0) == each);
    db.execute("DELETE FROM lists");
  }

  db.insert<put_lists>(full);
  using get_numbers = dt::reads<"lists", numbers_only>;
  using get_present = dt::reads<"lists", present_numbers>;
  CHECK_THROWS_AS(db.select<get_present>(), dt::run::conversion_error);
  db.execute("UPDATE lists SET numbers = '{1,2}'");
  CHECK(db.select<get_present>().at(0).numbers == std::vector<std::int32_t>{1, 2});
  for (const char* text : {"{{1,2},{3,4}}", "{{1}}", "[0:1]={1,2}", "[2:2]={1}"}) {
    INFO(text);
    db.execute(("UPDATE lists SET numbers = '" + std::string(text) + "'").c_str());
    CHECK_THROWS_AS(db.select<get_numbers>(), dt::run::conversion_error);
  }
}

TEST_CASE("values that PostgreSQL alone has") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  dt::run::run_script(db, dt::ddl<dialect, odd_version>);
  const auto back = [&](const odd& row) {
    db.execute("DELETE FROM odd");
    db.insert<put_odd>(row);
    return db.select<get_odd>().at(0);
  };
  odd row;
  row.padded = std::string("ab");
  row.number = "-1234567890123456789012345.67891";
  CHECK(back(row).padded.value == "ab   ");
  CHECK(back(row).number == row.number);
  row.number = "0.5";
  CHECK(back(row).number == "0.50000");

  INFO("lengths");
  dt::run::check_length<put_odd, odd_version>(row);
  row.codes = {std::string("äöü"), {}};
  dt::run::check_length<put_odd, odd_version>(row);
  CHECK(back(row).codes == row.codes);
  row.codes.emplace_back(std::string("abcd"));
  CHECK_THROWS_AS((dt::run::check_length<put_odd, odd_version>(row)), std::length_error);
  CHECK_THROWS_AS(back(row), database_error);
  row.codes.clear();
  row.padded = std::string("ab    ");  // which the server cuts without a word
  CHECK_THROWS_AS((dt::run::check_length<put_odd, odd_version>(row)), std::length_error);
  CHECK(back(row).padded.value == "ab   ");

  INFO("numbers of any length");
  const auto set = [&](const char* change) { db.execute(("UPDATE odd SET " + std::string(change)).c_str()); };
  using get_money = dt::reads<"odd", any_money>;
  set("\"any\" = 12.000");
  CHECK(db.select<get_odd>().at(0).any == 12);
  set("\"any\" = 12.5");
  CHECK_THROWS_AS(db.select<get_odd>(), dt::run::conversion_error);
  CHECK(db.select<get_money>().at(0).any.value == dt::decimal<6, 2>{1250});
  set("\"any\" = -12.005");
  CHECK(db.query("SELECT round(\"any\", 2) FROM odd").at(0).at(0) == "-12.01");
  CHECK(db.select<get_money>().at(0).any.value == dt::decimal<6, 2>{-1201});
  set("\"any\" = 'NaN'");
  CHECK_THROWS_AS(db.select<get_money>(), dt::run::conversion_error);

  INFO("intervals of any counts");
  const std::uint64_t seed = test::environment("DOVETAIL_SEED", 1);
  test::random_source random(seed);
  INFO("DOVETAIL_SEED=" << seed);
  for (int i = 0; i != 300; ++i) {
    const auto number = [&] { return static_cast<std::int64_t>(random.next()) >> random.below(64); };
    row.span = {static_cast<std::int32_t>(number()), static_cast<std::int32_t>(number()), number()};
    REQUIRE(back(row).span == row.span);
  }
}

TEST_CASE("units on PostgreSQL") {
  const own_schema schema;
  postgresql_connection db = schema.connect();
  run_units::check_units<dialect>(db, true);
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
