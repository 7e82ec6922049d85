// SPDX-License-Identifier: BSL-1.0
// Changes of rows on the server that DOVETAIL_POSTGRES names.
#include <dovetail/run/postgresql.hpp>

#include <atomic>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include <support/own_schema.hpp>
#include <support/run_data.hpp>

using namespace run_data;
using dt::run::failure;
using dt::run::postgresql_connection;
using test::own_schema;
using dialect = dt::postgresql<15>;

namespace {

void many_customers(postgresql_connection& db, int count) {
  dt::run::run_script(db, dt::ddl<dialect, v1>);
  db.execute(("INSERT INTO customer (full_name) SELECT 'Name ' || n FROM generate_series(1, " + std::to_string(count) +
              ") n")
                 .c_str());
}

}  // namespace

TEST_CASE("a column is filled in batches on PostgreSQL, stopped, begun again, and cleared") {
  const own_schema place;
  auto db = place.connect();
  fill_batches<dialect>(db);
}

TEST_CASE("reference rows on PostgreSQL") {
  const own_schema place;
  auto db = place.connect();
  insert_and_delete<dialect>(db, [](auto v) {
    if constexpr (std::is_same_v<decltype(v), bool>)
      return std::string(v ? "t" : "f");
    else
      return v;
  });
}

TEST_CASE("SQL of the user on PostgreSQL") {
  const own_schema place;
  auto db = place.connect();
  run_opaque<dialect>(db);
}

TEST_CASE("25,000 rows are filled while another one writes, and what he writes stays") {
  const own_schema place;
  auto db = place.connect();
  many_customers(db, 25000);
  std::atomic<bool> done = false;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    auto other = place.connect();
    for (int i = 0; !done || i < 200; ++i) {
      const std::string id = std::to_string(1 + i * 7919 % 25000);
      other.execute(("UPDATE customer SET nickname = 'own', full_name = 'New' WHERE id = " + id).c_str());
      other.execute("INSERT INTO customer (full_name, nickname) VALUES ('x', 'own')");
      ++written;
    }
  });
  while (written == 0) std::this_thread::yield();
  batch_log log;
  dt::run::run_script(db, dt::up<dialect, fill>, std::ref(log), no_rest);
  done = true;
  writer.join();
  CHECK(log.batches.size() >= 25);
  CHECK(*std::max_element(log.batches.begin(), log.batches.end()) <= 1000);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname IS NULL") == "0");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE full_name IN ('x', 'New') AND nickname <> 'own'") == "0");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname NOT IN ('own', lower(full_name))") == "0");
  CHECK(value(db, "SELECT count(*) >= 200 FROM customer WHERE nickname = 'own' AND full_name = 'New'") == "t");
}

TEST_CASE("a script whose connection is killed between two batches is begun again from its statement") {
  const own_schema place;
  auto db = place.connect();
  many_customers(db, 4500);
  const auto& script = dt::up<dialect, fill>;
  batch_log log;
  std::optional<dt::run::script_error> error;
  try {
    dt::run::run_script(
        db, script,
        [&](const script_event& e) {
          log(e);
          if (log.batches.size() != 2) return;
          auto killer = place.connect();
          killer.query(("SELECT pg_terminate_backend(" + std::to_string(PQbackendPID(db.native())) + ", 5000)").c_str());
        },
        no_rest);
  } catch (const dt::run::script_error& e) {
    error = e;
  }
  REQUIRE(error.has_value());
  CHECK(error->cause().kind() == failure::lost);
  CHECK(error->done() == 2);
  CHECK(log.rows == 2000);

  auto fresh = place.connect();
  CHECK(value(fresh, "SELECT count(*) FROM customer WHERE nickname IS NULL") == "2500");
  batch_log rest;
  dt::run::run_script(fresh, dt::ddl_script(script.data() + error->done(), script.size() - error->done()),
                      std::ref(rest), no_rest);
  CHECK(rest.batches == std::vector<std::size_t>{1000, 1000, 500});
  CHECK(value(fresh, "SELECT count(*) FROM customer WHERE nickname IS NULL") == "0");
}

TEST_CASE("a batch that waits too long for a row is tried again, and only that batch") {
  const own_schema place;
  auto db = place.connect();
  many_customers(db, 3000);
  auto other = place.connect();
  other.begin();
  other.execute("SELECT FROM customer WHERE id = 1500 FOR UPDATE");
  batch_log log;
  std::string code;
  const auto report = dt::run::run_script(
      db, dt::up<dialect, fill>,
      [&](const script_event& e) {
        log(e);
        if (e.why == nullptr) return;
        code = e.why->code();
        CHECK(e.rows == 1000);
        other.rollback();
      },
      no_rest);
  CHECK(report.retries == 1);
  CHECK(code == "55P03");
  CHECK(log.batches == std::vector<std::size_t>{1000, 1000, 1000});
  CHECK(value(db, "SELECT current_setting('lock_timeout')") == "0");
}

TEST_CASE("a batch locks the rows that it changes, and the table as its facts say") {
  const own_schema place;
  auto db = place.connect();
  many_customers(db, 1500);
  db.execute("UPDATE customer SET nickname = 'own' WHERE id = 10");
  const auto& script = dt::up<dialect, fill>;
  db.begin();
  const auto found = db.query(script[2].text, {std::nullopt});
  REQUIRE(found.at(0).at(0) == "1000");
  CHECK(db.query(script[3].text, {std::nullopt, found[0][0]}).size() == 999);
  CHECK(value(db, "SELECT string_agg(DISTINCT mode, ',') FROM pg_locks WHERE pid = pg_backend_pid() AND "
                  "relation = 'customer'::regclass AND mode <> 'AccessShareLock'") == "RowExclusiveLock");
  CHECK(script[3].lock == dt::lock_mode::row_exclusive);
  auto other = place.connect();
  other.execute("SET lock_timeout = '10ms'");
  other.execute("UPDATE customer SET full_name = 'a' WHERE id IN (10, 1001)");
  CHECK_THROWS_AS(other.execute("UPDATE customer SET full_name = 'a' WHERE id = 11"), dt::run::database_error);
  db.rollback();
}

TEST_CASE("rows that are inserted and deleted lock the table as their facts say") {
  const own_schema place;
  auto db = place.connect();
  dt::run::run_script(db, dt::ddl<dialect, with_currency>);
  for (const dt::ddl_script* script : {&dt::up<dialect, references>, &dt::down<dialect, references>}) {
    const dt::statement& s = (*script)[3];
    dt::run::transaction<postgresql_connection> t(db);
    db.execute(s.text);
    CHECK(value(db, "SELECT string_agg(DISTINCT mode, ',') FROM pg_locks WHERE pid = pg_backend_pid() AND "
                    "relation = 'currency'::regclass AND mode <> 'AccessShareLock'") == "RowExclusiveLock");
    CHECK(s.lock == dt::lock_mode::row_exclusive);
    CHECK(s.table == "currency");
    t.commit();
  }
}

TEST_CASE("a batch is read from the index, the last one as the first") {
  const own_schema place;
  auto db = place.connect();
  many_customers(db, 25000);
  db.execute("ANALYZE customer");
  const auto& script = dt::up<dialect, fill>;
  for (const std::optional<std::string>& last : {std::optional<std::string>(), std::optional<std::string>("24000")}) {
    std::string plan;
    for (const auto& line : db.query(("EXPLAIN " + std::string(script[2].text)).c_str(), {last})) plan += *line[0] + '\n';
    INFO(plan);
    CHECK(plan.find("Index Only Scan") != std::string::npos);
    CHECK(plan.find("Seq Scan") == std::string::npos);
    if (last) CHECK(plan.find("Index Cond") != std::string::npos);
    const std::string to = last ? "25000" : "1000";
    plan.clear();
    for (const auto& line : db.query(("EXPLAIN " + std::string(script[3].text)).c_str(), {last, to})) plan += *line[0] + '\n';
    CHECK(plan.find("Index Cond") != std::string::npos);
    CHECK(plan.find("Seq Scan") == std::string::npos);
  }
}

namespace {

struct size : dt::enumeration<"size", "small", "large", "Medium"> {};
template <class... Parts>
struct with : dt::schema<"1", dt::table<"t", dt::column<"n", dt::integer>, Parts...>> {};
template <class Version>
void visit(const std::string& columns, const std::string& values, bool batched = true) {
  const own_schema place;
  auto db = place.connect();
  dt::run::run_script(db, dt::ddl<dialect, Version>);
  db.execute(("INSERT INTO t (n" + columns + ") SELECT 0" + values + " FROM generate_series(1, 2500) i").c_str());
  INFO(values);
  visit_once<dialect, Version>(db, 2500, batched);
}
template <class Type>
using with_key = with<dt::column<"k", Type>, dt::primary_key<"k">>;

}  // namespace

TEST_CASE("each row is visited once on PostgreSQL, whatever its key is") {
  visit<with_key<dt::bigint>>(", k", ", i * 7919 % 2503 - 1000");
  visit<with_key<dt::text>>(", k", ", CASE i % 5 WHEN 0 THEN 'ä' WHEN 1 THEN ' A-' WHEN 2 THEN '''\\' WHEN 3 THEN 'a' ELSE '' END || i");
  visit<with_key<dt::varchar<9>>>(", k", ", chr(65 + i % 60) || i");
  visit<with_key<dt::character<9>>>(", k", ", i || ' x'");
  visit<with_key<dt::uuid>>(", k", ", md5(i::text)::uuid");
  visit<with_key<dt::bytea>>(", k", ", decode(md5(i::text), 'hex')");
  visit<with_key<dt::numeric<9, 2>>>(", k", ", i / 7.0 - 100");
  visit<with_key<dt::any_numeric>>(", k", ", i / 7.0");
  visit<with_key<dt::double_precision>>(", k", ", CASE i WHEN 1 THEN 'NaN' WHEN 2 THEN '-Infinity' ELSE (i / 7.0)::text END::float8");
  visit<with_key<dt::real>>(", k", ", (i / 7.0)::real");
  visit<with_key<dt::date>>(", k", ", CASE i WHEN 1 THEN 'infinity' WHEN 2 THEN '4000-01-01 BC' ELSE (date '1999-01-01' + i)::text END::date");
  visit<with_key<dt::timestamptz>>(", k", ", timestamptz '2022-03-01' + i * interval '1 hour 1.000001 seconds'");
  visit<with_key<dt::precise<dt::timestamp, 3>>>(", k", ", timestamp '2022-03-01' + i * interval '1 day 1.001 seconds'");
  visit<with_key<dt::interval>>(", k", ", i * interval '1 month 3 days -2.5 seconds'");
  visit<with_key<dt::jsonb>>(", k", ", jsonb_build_object('a', i)");
  visit<with_key<dt::array<dt::varchar<9>>>>(", k", ", ARRAY[NULL, i::text, '\"{,}']");
  visit<with<dt::column<"odd \"k\"", size>, dt::column<"b", dt::text>, dt::column<"c", dt::boolean>,
             dt::primary_key<"odd \"k\"", "c", "b">>>(
      ", \"odd \"\"k\"\"\", b, c", ", (ARRAY['small', 'large', 'Medium'])[1 + i % 3]::size, 'b' || i / 6, i % 2 = 0");
  visit<with<dt::column<"a", dt::integer, dt::null>, dt::column<"b", dt::integer>, dt::unique<"u", "a">, dt::unique<"v", "b">>>(
      ", a, b", ", NULL, 5000 - i");
  visit<with<dt::column<"a", dt::integer>>>(", a", ", i", false);
}
