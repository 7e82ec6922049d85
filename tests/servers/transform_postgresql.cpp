// SPDX-License-Identifier: BSL-1.0
// Functions of C++ that transform rows on the server that DOVETAIL_POSTGRES names.
#include <dovetail/run/postgresql.hpp>

#include <atomic>
#include <string>
#include <thread>

#include <support/own_schema.hpp>
#include <support/run_transform.hpp>

using namespace run_transform;
using dt::run::failure;
using dt::run::postgresql_connection;
using test::own_schema;
using dialect = dt::postgresql<15>;

namespace {

const std::string numbers = "generate_series(1, 10999) AS n";

}  // namespace

TEST_CASE("rows are transformed on PostgreSQL, there and back") {
  const own_schema place;
  auto db = place.connect();
  there_and_back<dialect>(db, numbers);
}

TEST_CASE("a transformation is stopped and begun again on PostgreSQL") {
  const own_schema place;
  auto db = place.connect();
  stop_and_go<dialect>(db, numbers);
  CHECK(value(db, "SHOW lock_timeout") == "0");
}

TEST_CASE("a transformation fails on PostgreSQL") {
  const own_schema place;
  auto db = place.connect();
  fail<dialect>(db, numbers);
  CHECK(value(db, "SHOW lock_timeout") == "0");
}

TEST_CASE("a script without its functions is refused on PostgreSQL") {
  const own_schema place;
  auto db = place.connect();
  refuse<dialect>(db);
}

TEST_CASE("a table whose key has two columns, of rows that do not stand in its order") {
  const own_schema place;
  auto db = place.connect();
  two_keys<dialect>(db, numbers, "::state");
}

TEST_CASE("what others write while rows are transformed is not lost") {
  const own_schema place;
  auto db = place.connect();
  add_customers<dialect>(db, numbers);
  dt::run::run_script(db, dt::up<dialect, add_columns>);
  std::atomic<bool> done = false;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    auto other = place.connect();
    for (int i = 0; !done || i < 200; ++i) {
      const std::string id = std::to_string(1 + i * 7919 % 10999);
      // A release that knows both sides, and one that writes what is not transformed.
      other.execute(("UPDATE customer SET full_name = 'New Name', first_name = 'New', last_name = ' Name' WHERE id = " + id).c_str());
      other.execute(("UPDATE customer SET cents = NULL, euros = NULL, rest = NULL WHERE id = " + id).c_str());
      ++written;
    }
  });
  while (written == 0) std::this_thread::yield();
  transform_log log;
  dt::run::run_up<dialect, only_split>(db, std::ref(log), no_rest);
  done = true;
  writer.join();
  CHECK(log.rows < 10000);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE first_name IS NULL OR last_name IS NULL") == "0");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE first_name || last_name <> full_name") == "0");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE euros * 100 + rest IS DISTINCT FROM cents") == "0");
}

TEST_CASE("a batch waits for a lock, and is tried again") {
  const own_schema place;
  auto db = place.connect();
  add_customers<dialect>(db, numbers);
  dt::run::run_script(db, dt::up<dialect, add_columns>);
  auto other = place.connect();
  other.begin();
  other.execute("UPDATE customer SET full_name = 'Changed Meanwhile' WHERE id = 3000");
  transform_log log;
  dt::run::run_up<dialect, only_split>(
      db,
      [&](const script_event& e) {
        log(e);
        if (e.why != nullptr && other.in_transaction()) other.commit();
      },
      no_rest);
  CHECK(log.retries == 1);
  CHECK(log.rows == 10000);
  CHECK(value(db, "SELECT first_name || '|' || last_name FROM customer WHERE id = 3000") == "Changed| Meanwhile");
}

TEST_CASE("a row that another one changes while its batch waits for it is transformed as it is then") {
  const own_schema place;
  auto db = place.connect();
  add_customers<dialect>(db, numbers);
  dt::run::run_script(db, dt::up<dialect, add_columns>);
  auto other = place.connect();
  other.begin();
  other.execute("UPDATE customer SET full_name = 'Changed Meanwhile' WHERE id = 1");
  other.execute("UPDATE customer SET first_name = 'own', last_name = '' WHERE id = 2");
  const std::string waits =
      "SELECT count(*) FROM pg_stat_activity WHERE " + value(other, "SELECT pg_backend_pid()") + " = ANY (pg_blocking_pids(pid))";
  std::atomic<bool> done = false;
  std::thread later([&] {
    auto watch = place.connect();
    while (!done && value(watch, waits) == "0")
      std::this_thread::yield();
    other.commit();
  });
  transform_log log;
  try {
    dt::run::run_up<dialect, only_split>(db, std::ref(log), no_rest);
  } catch (const dt::run::script_error& e) {
    FAIL_CHECK(e.what());
  }
  done = true;
  later.join();
  CHECK(log.retries == 0);
  CHECK(log.rows == 9999);
  CHECK(value(db, "SELECT first_name || '|' || last_name FROM customer WHERE id = 1") == "Changed| Meanwhile");
  CHECK(value(db, "SELECT first_name || '|' || last_name FROM customer WHERE id = 2") == "own|");
}

TEST_CASE("a transformation whose connection is killed between two batches is begun again") {
  const own_schema place;
  auto db = place.connect();
  add_customers<dialect>(db, numbers);
  dt::run::run_script(db, dt::up<dialect, add_columns>);
  transform_log log;
  try {
    dt::run::run_up<dialect, only_split>(
        db,
        [&](const script_event& e) {
          log(e);
          if (log.batches.size() != 3) return;
          auto killer = place.connect();
          killer.query(("SELECT pg_terminate_backend(" + std::to_string(PQbackendPID(db.native())) + ", 5000)").c_str());
        },
        no_rest);
    CHECK(false);
  } catch (const dt::run::script_error& e) {
    CHECK(e.cause().kind() == failure::lost);
  }
  auto again = place.connect();
  transform_log rest;
  dt::run::run_up<dialect, only_split>(again, std::ref(rest), no_rest);
  CHECK(log.rows + rest.rows == 10000);
  CHECK(value(again, "SELECT count(*) FROM customer WHERE first_name || last_name <> full_name") == "0");
}
