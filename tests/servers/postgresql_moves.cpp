// SPDX-License-Identifier: BSL-1.0
// Columns that move to another table, on the server that DOVETAIL_POSTGRES names, while both are written and read.
#include <libpq-fe.h>

#include <array>
#include <atomic>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_way.hpp>

using namespace test;

namespace {

// `t` is the older table, `u` the newer one.
using id = dt::column<"id", dt::bigint>;
using key = dt::primary_key<"id">;
using of_t = dt::column<"of \"t\"", dt::bigint>;
using to_t = dt::foreign_key<"u's", dt::columns<"of \"t\"">, dt::references<"odd \"t\"", "id">, dt::on_update<dt::cascade>>;
using number = dt::column<"n", dt::bigint, dt::default_value<0>>;
struct t : dt::table<"odd \"t\"", id, dt::column<"c's", dt::bigint, dt::default_value<0>>, dt::column<"note", dt::text, dt::null>, number, key> {};
struct u : dt::table<"u", of_t, number, dt::unique<"one", "of \"t\"">, to_t> {};
using moving = dt::gradual_move_column<"odd \"t\"", "u", "u's", dt::synced<"c", "c's">, dt::synced<"note">>;
struct phases {
  struct v1 : dt::schema<"1", t, u> {};
  struct expand : dt::expand<v1, moving> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, moving> {};
  struct v3 : dt::after<"3", fill> {};
  struct contract : dt::contract<v3, moving> {};
  struct v4 : dt::after<"4", contract> {};
  static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);
};

/// A transaction, which is begun again where the server or the trigger has ended it to break a circle.
void transact(postgres_connection& c, std::atomic<int>& begun_again, const std::vector<std::pair<std::string, postgres_connection::row>>& all) {
  for (;;) {
    try {
      c.run("BEGIN");
      for (const auto& [sql, parameters] : all) c.run(sql, parameters);
      return void(c.run("COMMIT"));
    } catch (const postgres_error& e) {
      c.run("ROLLBACK");
      if (e.sqlstate != "40P01") throw;
      ++begun_again;
    }
  }
}

/// Rows of both tables in some version, and several connections.
struct meeting {
  postgres_connection c;
  way<phases> through{c};
  postgres_connection a;
  postgres_connection b;

  explicit meeting(const dt::ddl_script& whole = dt::ddl<postgresql, phases::v3>) {
    c.run("DROP TABLE u, \"odd \"\"t\"\"\"");
    through.run(whole);
    for (postgres_connection* each : {&a, &b}) each->run("SET search_path = " + generator::quoted(place_name));
  }
  std::string value(const std::string& sql) { return c.value(sql).value_or("NULL"); }
  std::string older() { return value("SELECT string_agg(\"c's\" || coalesce(note, '-'), ',' ORDER BY id) FROM \"odd \"\"t\"\"\""); }
  std::string newer() { return value("SELECT string_agg(c || coalesce(note, '-'), ',' ORDER BY \"of \"\"t\"\"\") FROM u"); }
  /// Waits until the connection waits for something of this kind.
  void until(postgres_connection& waiting, const std::string& kind) {
    while (value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = '" + kind + "' AND state = 'active' AND pid = " +
                 std::to_string(waiting.pid())) == "0")
      std::this_thread::yield();
  }
  /// Runs `second` while `first` has not been committed yet, until it is done or waits; the state in which it ends.
  std::string meet(const std::string& begin, const std::vector<std::string>& first, const std::vector<std::string>& second_before,
                   const std::string& second) {
    a.run("BEGIN");
    for (const std::string& each : first) a.run(each);
    b.run(begin);
    for (const std::string& each : second_before) b.run(each);
    b.send(second);
    while (b.is_busy() && value("SELECT wait_event_type IN ('Lock', 'Timeout') FROM pg_stat_activity WHERE pid = " + std::to_string(b.pid())) != "t")
      std::this_thread::yield();
    a.run("COMMIT");
    try {
      b.finish();
      b.run("COMMIT");
      return "";
    } catch (const postgres_error& e) {
      b.run("ROLLBACK");
      return e.sqlstate;
    }
  }
};
const std::string set_older = "UPDATE \"odd \"\"t\"\"\" SET \"c's\" = 7, note = 'older'";
const std::string set_newer = "UPDATE u SET c = 8, note = 'newer'";
const std::string insert_older = "INSERT INTO u (\"of \"\"t\"\"\") VALUES (1)";
const std::string insert_newer = "INSERT INTO u (\"of \"\"t\"\"\", c, note) VALUES (1, 8, 'newer')";
const std::string begin = "BEGIN";

}  // namespace

TEST_CASE("columns move to another table while both are written and read, and no write is lost") {
  postgres_connection c;
  way<phases> through(c);
  constexpr std::size_t hot = 3;  // rows that everybody counts up
  constexpr int rows_before = 1500;
  c.run("INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\") SELECT i, CASE WHEN i < " + std::to_string(hot) + " THEN 0 ELSE i END FROM generate_series(0, " +
        std::to_string(rows_before - 1) + ") i");
  c.run("INSERT INTO u (\"of \"\"t\"\"\") SELECT id FROM \"odd \"\"t\"\"\"");

  held rows[worker_count];
  std::array<std::atomic<long>, hot> counted{};
  std::atomic<int> older_again{0};
  std::atomic<int> newer_again{0};
  workers at_work(
      [&](postgres_connection& worker, random_source& random, std::size_t w, bool older) {
        held& mine = rows[w];
        std::atomic<int>& again = older ? older_again : newer_again;
        const std::string value = std::to_string(random.below(100000));
        const std::size_t what = mine.empty() ? 0 : random.below(8);
        if (what == 0) {
          const std::string row = std::to_string(1000000 * (w + 1) + mine.size());
          if (older)
            transact(worker, again, {{"INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\") VALUES ($1, $2)", {row, value}},
                                     {"INSERT INTO u (\"of \"\"t\"\"\") VALUES ($1)", {row}}});
          else
            transact(worker, again, {{"INSERT INTO \"odd \"\"t\"\"\" (id) VALUES ($1)", {row}},
                                     {"INSERT INTO u (\"of \"\"t\"\"\", c) VALUES ($1, $2)", {row, value}}});
          mine[row] = value;
          return;
        }
        const auto row = any(mine, random);
        switch (what) {
          case 1:
            transact(worker, again, {{older ? "UPDATE \"odd \"\"t\"\"\" SET \"c's\" = $2 WHERE id = $1" : "UPDATE u SET c = $2 WHERE \"of \"\"t\"\"\" = $1",
                                      {row->first, value}}});
            row->second = value;
            break;
          case 2:  // the value stays with the older row, or comes with the newer one
            if (older)
              transact(worker, again, {{"DELETE FROM u WHERE \"of \"\"t\"\"\" = $1", {row->first}}, {"INSERT INTO u (\"of \"\"t\"\"\") VALUES ($1)", {row->first}}});
            else
              transact(worker, again, {{"DELETE FROM u WHERE \"of \"\"t\"\"\" = $1", {row->first}},
                                       {"INSERT INTO u (\"of \"\"t\"\"\", c) VALUES ($1, $2)", {row->first, value}}});
            if (!older) row->second = value;
            break;
          case 3:
            transact(worker, again, {{older ? "INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\") VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET \"c's\" = excluded.\"c's\""
                                            : "INSERT INTO u (\"of \"\"t\"\"\", c) VALUES ($1, $2) ON CONFLICT (\"of \"\"t\"\"\") DO UPDATE SET c = excluded.c",
                                      {row->first, value}}});
            row->second = value;
            break;
          case 4:
          case 5:
          case 6: {
            const std::size_t which = random.below(hot);
            const std::string one = std::to_string(which);
            std::vector<std::pair<std::string, postgres_connection::row>> all{
                {older ? "UPDATE \"odd \"\"t\"\"\" SET \"c's\" = \"c's\" + 1 WHERE id = $1" : "UPDATE u SET c = c + 1 WHERE \"of \"\"t\"\"\" = $1", {one}}};
            // The row is locked before by what is written otherwise.
            if (what != 4) all.insert(all.begin(), {older ? "UPDATE \"odd \"\"t\"\"\" SET n = n + 1 WHERE id = $1" : "UPDATE u SET n = n + 1 WHERE \"of \"\"t\"\"\" = $1", {one}});
            transact(worker, again, all);
            ++counted[which];
            break;
          }
          default: {
            const std::string read = older ? "SELECT \"c's\" FROM \"odd \"\"t\"\"\" WHERE id = $1" : "SELECT c FROM u WHERE \"of \"\"t\"\"\" = $1";
            expect_held(worker.run(read, {row->first}), row->first, row->second, read);
          }
        }
      },
      worker_count);
  through.go(at_work);
  INFO(older_again << " transactions of older releases were begun again, and " << newer_again << " of newer ones");

  held wanted;
  for (int i = hot; i != rows_before; ++i) wanted[std::to_string(i)] = std::to_string(i);
  for (std::size_t i = 0; i != hot; ++i) wanted[std::to_string(i)] = std::to_string(counted[i]);
  for (const held& some : rows) wanted.insert(some.begin(), some.end());
  held found;
  for (const auto& r : c.run("SELECT id, \"c's\" FROM \"odd \"\"t\"\"\" JOIN u ON \"of \"\"t\"\"\" = id")) found[*r[0]] = *r[1];
  CHECK(found == wanted);
}

TEST_CASE("either release writes both sides") {
  meeting here;
  here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\", note) VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')");
  // A row that comes takes what is there, but for what it comes with, which is written.
  CHECK(here.value(insert_older + " RETURNING c || note") == "1a");
  here.c.run("INSERT INTO u (\"of \"\"t\"\"\", c) VALUES (2, 20)");
  CHECK(here.older() == "1a,20b,3c");
  CHECK(here.newer() == "1a,20b");
  here.c.run("INSERT INTO u (\"of \"\"t\"\"\", note) VALUES (2, 'again') ON CONFLICT (\"of \"\"t\"\"\") DO UPDATE SET note = excluded.note");
  CHECK(here.older() == "1a,20again,3c");
  here.c.run("UPDATE \"odd \"\"t\"\"\" SET note = NULL WHERE id = 1");
  here.c.run("UPDATE u SET note = NULL WHERE \"of \"\"t\"\"\" = 2");
  CHECK(here.older() == "1-,20-,3c");
  CHECK(here.newer() == "1-,20-");
  // A row that goes to another one takes what that has, unless it is written as well; a key that changes is no other row.
  here.c.run("UPDATE u SET \"of \"\"t\"\"\" = 3 WHERE \"of \"\"t\"\"\" = 1");
  CHECK(here.newer() == "20-,3c");
  here.c.run("UPDATE u SET \"of \"\"t\"\"\" = 1, c = 10 WHERE \"of \"\"t\"\"\" = 3");
  CHECK(here.older() == "10-,20-,3c");
  here.c.run("UPDATE \"odd \"\"t\"\"\" SET id = 9, \"c's\" = 90 WHERE id = 2");
  CHECK(here.newer() == "10-,90-");
  // From wherever the tables are written; and what goes from the newer table stays in the older one.
  here.a.run("SET search_path = public");
  here.a.run("UPDATE " + generator::quoted(place_name) + ".u SET c = c + 1");
  here.c.run("DELETE FROM u");
  CHECK(here.older() == "11-,3c,91-");
  CHECK_THROWS(here.c.run("INSERT INTO u (\"of \"\"t\"\"\", c) VALUES (77, 1)"));
}

TEST_CASE("a newer release gives up at once where it would wait in a circle, and an older one goes on") {
  meeting here;
  here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id) VALUES (1)");
  here.c.run(insert_older);
  here.a.run("BEGIN");
  here.a.run("UPDATE \"odd \"\"t\"\"\" SET n = 1");
  here.b.run("BEGIN");
  here.b.run("UPDATE u SET n = 1");
  here.a.send(set_older);
  here.until(here.a, "Lock");
  std::string state;
  // The server would look for a circle in an hour.
  here.b.run("SET deadlock_timeout = '1h'");
  try {
    here.b.run(set_newer);
  } catch (const postgres_error& e) {
    state = e.sqlstate;
  }
  CHECK(state == "40P01");
  here.b.run("ROLLBACK");
  CHECK_NOTHROW(here.a.finish());
  here.a.run("COMMIT");
  CHECK(here.newer() == "7older");
  here.b.run(set_newer);
  CHECK(here.older() == "8newer");
  // Where nobody waits for it, it waits.
  CHECK(here.meet(begin, {"UPDATE \"odd \"\"t\"\"\" SET n = 2"}, {}, "UPDATE u SET c = 9") == "");
  CHECK(here.older() == "9newer");
}

TEST_CASE("two who write the same row meet, in each isolation level") {
  meeting here;
  const auto again = [&](bool with_row) {
    here.c.run("TRUNCATE \"odd \"\"t\"\"\", u");
    here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id) VALUES (1)");
    if (with_row) here.c.run(insert_older);
  };
  // Who is second waits, and then sees what the first one did.
  again(true);
  CHECK(here.meet(begin, {set_older}, {}, "UPDATE u SET c = c + 1") == "");
  CHECK(here.older() == "8older");
  again(true);
  CHECK(here.meet(begin, {set_newer}, {}, "UPDATE \"odd \"\"t\"\"\" SET \"c's\" = \"c's\" + 1") == "");
  CHECK(here.newer() == "9newer");
  // A row that comes, before and after the older one is changed.
  for (const std::string& insert : {insert_older, insert_newer}) {
    again(false);
    CHECK(here.meet(begin, {set_older}, {}, insert) == "");
    CHECK(here.older() == (insert == insert_older ? "7older" : "8newer"));
    CHECK(here.newer() == here.older());
    again(false);
    CHECK(here.meet(begin, {insert}, {}, set_older) == "");
    CHECK(here.newer() == "7older");
    CHECK(here.newer() == here.older());
  }
  // Who has a snapshot from before is told so.
  for (const std::string level : {"REPEATABLE READ", "SERIALIZABLE"}) {
    const std::string at_level = "BEGIN ISOLATION LEVEL " + level;
    const std::vector<std::string> look{"SELECT count(*) FROM \"odd \"\"t\"\"\", u"};
    for (const auto& [first, second] : {std::pair(set_older, set_newer), std::pair(set_newer, set_older), std::pair(insert_older, set_older),
                                        std::pair(insert_newer, set_older), std::pair(set_older, insert_older), std::pair(set_older, insert_newer)}) {
      INFO(level << ": " << first << "; " << second);
      again(first != insert_older && first != insert_newer && second != insert_older && second != insert_newer);
      CHECK(here.meet(at_level, {first}, look, second) == "40001");
      if (here.newer() != "NULL") CHECK(here.newer() == here.older());
    }
  }
}

TEST_CASE("the fill does not put back what it read before somebody changed it") {
  meeting here(dt::ddl<postgresql, phases::v1>);
  here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\") SELECT i, i FROM generate_series(1, 3) i");
  here.c.run("INSERT INTO u (\"of \"\"t\"\"\") SELECT id FROM \"odd \"\"t\"\"\"");
  here.through.run(dt::up<postgresql, phases::expand>);
  const auto while_changed = [&](const std::string& change, const dt::ddl_script& script) {
    // What comes before locks the tables.
    std::size_t fill = 0;
    while (script[fill].batch_key == 0) ++fill;
    here.through.run({script.data(), fill});
    here.a.run("BEGIN");
    here.a.run(change);
    std::thread filling([&] { here.through.run({script.data() + fill, script.size() - fill}); });
    while (here.value("SELECT count(*) FROM pg_stat_activity WHERE " + std::to_string(here.a.pid()) + " = ANY (pg_blocking_pids(pid))") == "0")
      std::this_thread::yield();
    here.a.run("COMMIT");
    filling.join();
  };
  while_changed("UPDATE \"odd \"\"t\"\"\" SET \"c's\" = 70 WHERE id = 2", dt::up<postgresql, phases::fill>);
  CHECK(here.newer() == "1-,70-,3-");
  CHECK(here.older() == here.newer());
  here.through.run(dt::up<postgresql, phases::contract>);
  while_changed("UPDATE u SET c = 80 WHERE \"of \"\"t\"\"\" = 2", dt::down<postgresql, phases::contract>);
  CHECK(here.newer() == "1-,80-,3-");
  CHECK(here.older() == here.newer());
}

TEST_CASE("a value without a row to stand in is not left behind") {
  meeting here(dt::ddl<postgresql, phases::v1>);
  here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\", note) VALUES (1, 1, 'a'), (2, 2, NULL)");
  here.c.run(insert_older);
  here.through.run(dt::up<postgresql, phases::expand>);
  const auto stops = [&](const dt::ddl_script& script) {
    try {
      here.through.run(script);
    } catch (const dt::run::script_error& e) {
      CHECK(std::string(e.what()).find("these rows have values, and no row to move them to") != std::string::npos);
      return true;
    }
    return false;
  };
  CHECK(stops(dt::up<postgresql, phases::fill>));
  here.c.run("INSERT INTO u (\"of \"\"t\"\"\") VALUES (2)");
  CHECK_FALSE(stops(dt::up<postgresql, phases::fill>));
  here.c.run("INSERT INTO \"odd \"\"t\"\"\" (id, \"c's\", note) VALUES (3, 3, 'late')");
  CHECK(stops(dt::up<postgresql, phases::contract>));
  CHECK(here.older() == "1a,2-,3late");
  here.c.run("INSERT INTO u (\"of \"\"t\"\"\") VALUES (3)");
  CHECK_FALSE(stops(dt::up<postgresql, phases::contract>));
  CHECK(here.newer() == "1a,2-,3late");
  here.through.run(dt::down<postgresql, phases::contract>);
  CHECK(here.older() == "1a,2-,3late");
  CHECK(here.older() == here.newer());
}
