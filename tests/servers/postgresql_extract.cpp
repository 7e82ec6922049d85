// SPDX-License-Identifier: BSL-1.0
// Columns become a table of their own, on the server that DOVETAIL_POSTGRES names, while releases that know the columns and
// such that know the table read and write.
#include <libpq-fe.h>

#include <array>
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>
#include <dovetail/partitions.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_autovacuum.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;
constexpr const char* place_name = "dovetail extract";

struct country : dt::table<"country", dt::column<"code", dt::text>, dt::primary_key<"code">> {};
struct customer : dt::table<"odd \"customer\"", dt::column<"it's", dt::bigint>, dt::column<"half %", dt::text>,
                            dt::column<"name", dt::text>, dt::column<"first", dt::bigint, dt::null>, dt::column<"second's", dt::bigint, dt::null>,
                            dt::column<"country", dt::text, dt::null>, dt::primary_key<"it's", "half %">,
                            dt::check<"not negative", "first >= 0 AND \"second's\" >= 0">,
                            dt::foreign_key<"of", dt::columns<"country">, dt::references<"country", "code">>> {};
struct v1 : dt::schema<"1", country, customer> {};
using extracting = dt::gradual_extract_table<"odd \"customer\"", "it's \"address\"", "first", "second's", "country">;
struct expand : dt::expand<v1, extracting> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, extracting> {};
struct v3 : dt::after<"3", fill> {};
struct contract : dt::contract<v3, extracting> {};
struct v4 : dt::after<"4", contract> {};
static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);

struct address : dt::table<"it's \"address\"", dt::column<"it's", dt::bigint>, dt::column<"half %", dt::text>,
                           dt::column<"first", dt::bigint, dt::null>, dt::column<"second's", dt::bigint, dt::null>,
                           dt::column<"country", dt::text, dt::null>, dt::primary_key<"it's", "half %">,
                           dt::foreign_key<"it's \"address\"_fkey", dt::columns<"it's", "half %">, dt::references<"odd \"customer\"", "it's", "half %">,
                                           dt::on_delete<dt::cascade>, dt::on_update<dt::cascade>>,
                           dt::check<"it's \"address\"_check", "\"first\" IS NOT NULL OR \"second's\" IS NOT NULL OR \"country\" IS NOT NULL">,
                           dt::check<"not negative", "first >= 0 AND \"second's\" >= 0">,
                           dt::foreign_key<"of", dt::columns<"country">, dt::references<"country", "code">>> {};
struct customer_4 : dt::table<"odd \"customer\"", dt::column<"it's", dt::bigint>, dt::column<"half %", dt::text>,
                              dt::column<"name", dt::text>, dt::primary_key<"it's", "half %">> {};
struct in_full : dt::schema<"4", country, customer_4, address> {};
static_assert(dt::same<v4, in_full>);

// And the way back as a way of its own.
using merging = dt::gradual_merge_table<"odd \"customer\"", "it's \"address\"", "first", "second's", "country">;
struct expand_back : dt::expand<in_full, merging> {};
struct back_2 : dt::after<"5", expand_back> {};
struct fill_back : dt::fill<back_2, merging> {};
struct back_3 : dt::after<"6", fill_back> {};
struct contract_back : dt::contract<back_3, merging> {};
struct back_4 : dt::after<"7", contract_back> {};
static_assert(dt::reversible<expand_back> && dt::reversible<fill_back> && dt::reversible<contract_back> && dt::same<back_4, v1>);

constexpr const char* older = "\"odd \"\"customer\"\"\"";
constexpr const char* newer = "\"it's \"\"address\"\"\"";
constexpr const char* at = " WHERE \"it's\" = $1 AND \"half %\" = 'h' ";

struct place {
  postgres_connection c;
  postgres_schema schema{c, place_name};
  dt::run::postgresql_connection migrating{postgres_conninfo()};

  place() {
    migrating.execute(("SET search_path = " + generator::quoted(place_name)).c_str());
    c.run("SET standard_conforming_strings = on");
  }
  void run(const dt::ddl_script& script) {
    dt::run::patience patience;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.rest = 0;
    patience.tries = 100;
    patience.longest_wait = std::chrono::milliseconds(200);
    dt::run::run_script(migrating, script, patience);
  }
};
struct guest : postgres_connection {
  guest() { run("SET search_path = " + generator::quoted(place_name)); }
  std::size_t rows(const std::string& sql, const row& parameters) { return run(sql, parameters).size(); }
};

/// Releases of one kind, which work while they are live.
class fleet {
 public:
  using work = std::function<void(guest&, random_source&)>;

  explicit fleet(std::vector<work> all) {
    for (std::size_t w = 0; w != all.size(); ++w)
      threads_.emplace_back([this, each = std::move(all[w]), w] {
        try {
          guest c;
          random_source random(w + 7);
          while (!stop_) {
            {
              const std::shared_lock in(gate_);
              if (live_) {
                each(c, random);
                ++done_;
                continue;
              }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
        } catch (const std::exception& e) {
          const std::lock_guard lock(failure_lock_);
          failure_ += std::string(failure_.empty() ? "" : "; ") + e.what();
        }
      });
  }
  ~fleet() {
    stop_ = true;
    for (std::thread& t : threads_) t.join();
  }
  void go() { live_ = true; }
  /// Nobody of them is at work when this returns.
  void halt() {
    live_ = false;
    const std::unique_lock all_out(gate_);
  }
  void work_on(int more) {
    const int goal = done_ + more;
    while (done_ < goal && failure().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  std::string failure() {
    const std::lock_guard lock(failure_lock_);
    return failure_;
  }

 private:
  std::shared_mutex gate_;
  std::atomic<bool> live_{false};
  std::atomic<bool> stop_{false};
  std::atomic<int> done_{0};
  std::mutex failure_lock_;
  std::string failure_;
  std::vector<std::thread> threads_;
};

// Rows 0 to 7 count: both columns are equal, and as many as were added. Rows 20 to 29 get an address and lose it. The
// others come and go as a whole, or are only there.
constexpr std::size_t counters = 8;
std::string some_counter(random_source& random) { return std::to_string(random.below(counters)); }
std::string some_fickle(random_source& random) { return std::to_string(20 + random.below(10)); }

struct ledger {
  std::array<std::atomic<int>, counters> added{};
  std::atomic<int> fickle{0};
  std::atomic<int> next{100000};
  std::atomic<int> looked{0};
};

fleet::work adds(ledger& l, const char* table) {
  return [&l, table](guest& c, random_source& random) {
    const std::string row = some_counter(random);
    if (c.rows(std::string("UPDATE ") + table + " SET first = first + 1, \"second's\" = \"second's\" + 1" + at + "RETURNING 1", {row}) != 1)
      throw std::runtime_error("no counter " + row + " in " + table);
    ++l.added[static_cast<std::size_t>(std::stoi(row))];
  };
}
/// Nobody sees half of a row, nor what was before what he has seen already.
fleet::work reads(ledger& l, const char* table) {
  return [&l, table, seen = std::make_shared<std::array<int, counters>>()](guest& c, random_source& random) {
    const std::string row = some_counter(random);
    const auto found = c.run(std::string("SELECT first, \"second's\" FROM ") + table + at, {row}).at(0);
    int& last = (*seen)[static_cast<std::size_t>(std::stoi(row))];
    const int now = std::stoi(*found[0]);
    if (found[0] != found[1] || now < last) throw std::runtime_error("read " + *found[0] + " and " + *found[1] + " after " + std::to_string(last));
    last = now;
    ++l.looked;
  };
}

std::vector<fleet::work> older_releases(ledger& l) {
  return {adds(l, older), reads(l, older), [&l](guest& c, random_source& random) {
            const std::string row = some_fickle(random);
            if (random.below(2) != 0)
              l.fickle += static_cast<int>(c.rows(std::string("UPDATE ") + older + " SET first = 1" + at + "AND first IS NULL AND country IS NULL RETURNING 1", {row}));
            else
              l.fickle -= static_cast<int>(c.rows(std::string("UPDATE ") + older + " SET first = NULL, country = NULL" + at + "AND (first IS NOT NULL OR country IS NOT NULL) RETURNING 1", {row}));
            const std::string added = std::to_string(l.next++);
            c.run(std::string("INSERT INTO ") + older + " VALUES ($1, 'h', 'old', 1, 1, 'de')", {added});
            if (random.below(2) != 0) c.run(std::string("DELETE FROM ") + older + at, {added});
          }};
}
std::vector<fleet::work> newer_releases(ledger& l) {
  return {adds(l, newer), reads(l, newer),
          [&l](guest& c, random_source& random) {  // the other table first
            const std::string row = some_counter(random);
            c.run("BEGIN");
            c.run(std::string("UPDATE ") + older + " SET name = name || 'x'" + at, {row});
            adds(l, newer)(c, random);
            c.run(std::string("UPDATE ") + newer + " SET country = 'fr'" + at, {row});
            c.run("COMMIT");
          },
          [&l](guest& c, random_source& random) {
            const std::string row = some_fickle(random);
            if (random.below(2) != 0) {
              try {
                c.run(std::string("INSERT INTO ") + newer + " (\"it's\", \"half %\", country) VALUES ($1, 'h', 'de')", {row});
                ++l.fickle;
              } catch (const postgres_error& e) {
                if (e.sqlstate != "23505") throw;
              }
            } else {
              l.fickle -= static_cast<int>(c.rows(std::string("DELETE FROM ") + newer + at + "RETURNING 1", {row}));
            }
            const std::string added = std::to_string(l.next++);
            c.run("BEGIN");
            c.run(std::string("INSERT INTO ") + older + " VALUES ($1, 'h', 'new')", {added});
            c.run(std::string("INSERT INTO ") + newer + " VALUES ($1, 'h', 1, 1, 'de')", {added});
            c.run("COMMIT");
            if (random.below(2) != 0) c.run(std::string("DELETE FROM ") + older + at, {added});
          },
          [&l, prepared = std::make_shared<bool>(false)](guest& c, random_source& random) {
            if (!*prepared) c.run(std::string("PREPARE more (bigint) AS UPDATE ") + newer + " SET first = first + 1, \"second's\" = \"second's\" + 1" + at + "RETURNING 1");
            *prepared = true;
            const std::string row = some_counter(random);
            if (c.rows("EXECUTE more (" + row + ")", {}) != 1) throw std::runtime_error("no counter " + row);
            ++l.added[static_cast<std::size_t>(std::stoi(row))];
          }};
}

void fill_place(place& here) {
  here.c.run("INSERT INTO country VALUES ('de'), ('fr')");
  here.c.run(std::string("INSERT INTO ") + older + " SELECT i, 'h', 'n', CASE WHEN i < 8 THEN 0 WHEN i % 3 = 0 THEN i END, "
             "CASE WHEN i < 8 THEN 0 WHEN i % 3 = 0 THEN i END, CASE WHEN i % 5 = 0 THEN 'de' END FROM generate_series(0, 2999) i "
             "WHERE i NOT BETWEEN 20 AND 29");
  here.c.run(std::string("INSERT INTO ") + older + " SELECT i, 'h', 'n' FROM generate_series(20, 29) i");
}
/// All rows as an older release sees them.
std::string rows_of(place& here) {
  return *here.c.value(std::string("SELECT md5(string_agg(c::text, ';' ORDER BY \"it's\")) FROM ") + older + " c");
}

}  // namespace

TEST_CASE("columns become a table and come back, with all rows") {
  place here;
  postgres_words words(here.c);
  here.run(dt::ddl<postgresql, v1>);
  fill_place(here);
  const auto rows = rows_of(here);
  const auto addresses = here.c.value(std::string("SELECT count(*) FROM ") + older + " WHERE first IS NOT NULL OR country IS NOT NULL");
  std::vector<std::vector<std::string>> catalogues{catalogue_of(here.c)};
  here.run(dt::up<postgresql, expand>);
  catalogues.push_back(catalogue_of(here.c));
  here.run(dt::up<postgresql, fill>);
  catalogues.push_back(catalogue_of(here.c));
  here.run(dt::up<postgresql, contract>);
  CHECK(catalogue_of(here.c) == postgresql_catalogue_of(v4::value, words));
  CHECK(here.c.value(std::string("SELECT count(*) FROM ") + newer) == addresses);
  here.run(dt::down<postgresql, contract>);
  CHECK(catalogue_of(here.c) == catalogues[2]);
  CHECK(rows_of(here) == rows);
  here.run(dt::down<postgresql, fill>);
  CHECK(catalogue_of(here.c) == catalogues[1]);
  here.run(dt::down<postgresql, expand>);
  CHECK(catalogue_of(here.c) == catalogues[0]);
  CHECK(rows_of(here) == rows);
}
TEST_CASE("the table takes the view's place while autovacuum is at work on it") {
  place here;
  here.run(dt::ddl<postgresql, v1>);
  fill_place(here);
  here.run(dt::up<postgresql, expand>);
  here.run(dt::up<postgresql, fill>);
  const std::string shadow = "\"it's \"\"address\"\"_new\"";
  here.c.run("UPDATE " + shadow + " SET country = country");
  wait_for_autovacuum(here.c, shadow);
  dt::run::patience once;
  once.tries = 1;
  REQUIRE_NOTHROW(dt::run::run_script(here.migrating, dt::up<postgresql, contract>, once));
}
TEMPLATE_TEST_CASE("a whole version is made as its migrations make it", "", v2, v3) {
  place here;
  here.run(dt::ddl<postgresql, TestType>);
  const auto whole = catalogue_of(here.c);
  here.c.run("DROP SCHEMA " + generator::quoted(place_name) + " CASCADE");
  here.c.run("CREATE SCHEMA " + generator::quoted(place_name));
  here.run(dt::ddl<postgresql, v1>);
  here.run(dt::up<postgresql, expand>);
  if (std::is_same_v<TestType, v3>) here.run(dt::up<postgresql, fill>);
  CHECK(catalogue_of(here.c) == whole);
}

namespace {

/// Both fleets, each at work while it is live.
struct sea {
  place here;
  ledger l;
  fleet columns{older_releases(l)};
  fleet table{newer_releases(l)};

  void work(bool on_columns, bool on_table) {
    for (int i = 0; i != 2; ++i) {
      if (on_columns) columns.work_on(50);
      if (on_table) table.work_on(50);
    }
    REQUIRE(columns.failure() == "");
    REQUIRE(table.failure() == "");
  }
  /// With nobody at work: no write is lost.
  void check() {
    CHECK(l.looked > 50);
    for (std::size_t i = 0; i != counters; ++i)
      CHECK(here.c.value(std::string("SELECT first FROM ") + older + at, {std::to_string(i)}) == std::to_string(l.added[i]));
    CHECK(here.c.value(std::string("SELECT count(*) FROM ") + older + " WHERE \"it's\" BETWEEN 20 AND 29 AND (first IS NOT NULL OR country IS NOT NULL)") ==
          std::to_string(l.fickle));
    CHECK(here.c.value(std::string("SELECT count(*) FROM ") + older + " WHERE \"it's\" >= 100000 AND first IS NULL") == "0");
  }
};

}  // namespace

TEST_CASE("old and new releases read and write through all phases and back") {
  sea s;
  s.here.run(dt::ddl<postgresql, v1>);
  fill_place(s.here);
  const auto before = catalogue_of(s.here.c);
  s.columns.go();
  s.work(true, false);
  s.here.run(dt::up<postgresql, expand>);
  s.table.go();
  s.work(true, true);
  for (int again = 0; again != 2; ++again) {
    s.here.run(dt::up<postgresql, fill>);
    s.work(true, true);
    s.columns.halt();
    s.here.run(dt::up<postgresql, contract>);
    s.work(false, true);
    s.here.run(dt::down<postgresql, contract>);
    s.columns.go();
    s.work(true, true);
    s.here.run(dt::down<postgresql, fill>);
    s.work(true, true);
  }
  s.table.halt();
  s.here.run(dt::down<postgresql, expand>);
  s.work(true, false);
  s.columns.halt();
  CHECK(catalogue_of(s.here.c) == before);
  s.check();
}

TEST_CASE("a table becomes columns while releases of both kinds read and write, and comes back") {
  sea s;
  postgres_words words(s.here.c);
  s.here.run(dt::ddl<postgresql, v1>);
  fill_place(s.here);
  s.here.run(dt::up<postgresql, expand>);
  s.here.run(dt::up<postgresql, fill>);
  s.here.run(dt::up<postgresql, contract>);
  const auto before = catalogue_of(s.here.c);
  s.table.go();
  s.work(false, true);
  for (int again = 0; again != 2; ++again) {
    s.here.run(dt::up<postgresql, expand_back>);
    s.columns.go();
    s.work(true, true);
    s.here.run(dt::up<postgresql, fill_back>);
    s.work(true, true);
    s.table.halt();
    s.here.run(dt::up<postgresql, contract_back>);
    s.work(true, false);
    if (again != 0) break;
    s.here.run(dt::down<postgresql, contract_back>);
    s.table.go();
    s.work(true, true);
    s.here.run(dt::down<postgresql, fill_back>);
    s.work(true, true);
    s.columns.halt();
    s.here.run(dt::down<postgresql, expand_back>);
    s.work(false, true);
    CHECK(catalogue_of(s.here.c) == before);
  }
  s.columns.halt();
  CHECK(catalogue_of(s.here.c) == postgresql_catalogue_of(back_4::value, words));
  s.check();
}

TEST_CASE("the fill copies a row as whoever changes it leaves it") {
  place here;
  here.run(dt::ddl<postgresql, v1>);
  fill_place(here);
  here.run(dt::up<postgresql, expand>);
  const dt::ddl_script& all = dt::up<postgresql, fill>;
  std::size_t batches = 0;
  while (all[batches].batch_key == 0) ++batches;
  here.run({all.data(), batches - 2});  // but for two settings
  guest changing;
  changing.run("BEGIN");
  changing.run(std::string("UPDATE ") + older + " SET first = 77" + at, {"0"});
  const std::string waits =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + here.migrating.query("SELECT pg_backend_pid()", {})[0][0].value();
  std::string failure;
  std::thread filling([&] {
    try {
      here.run({all.data() + batches - 2, all.size() - batches + 2});
    } catch (const std::exception& e) {
      failure = e.what();
    }
  });
  while (here.c.value(waits) == "0") std::this_thread::yield();
  changing.run("COMMIT");
  filling.join();
  CHECK(failure == "");
  CHECK(here.c.value("SELECT first FROM \"it's \"\"address\"\"_new\" WHERE \"it's\" = 0") == "77");
}

TEST_CASE("the view says what the table will say") {
  place here;
  here.run(dt::ddl<postgresql, v1>);
  fill_place(here);
  here.run(dt::up<postgresql, expand>);
  const auto state_of = [&](const std::string& sql) {
    try {
      here.c.run(sql);
    } catch (const postgres_error& e) {
      return e.sqlstate;
    }
    return std::string();
  };
  const std::string insert = std::string("INSERT INTO ") + newer + " VALUES ";
  for (const bool is_table : {false, true}) {
    if (is_table) {
      here.run(dt::up<postgresql, fill>);
      here.run(dt::up<postgresql, contract>);
    }
    CHECK(state_of(insert + "(20, 'h', 1, 1, 'de')") == "");
    CHECK(state_of(insert + "(20, 'h', 1, 1, 'de')") == "23505");
    CHECK(state_of(insert + "(21, 'h', NULL, NULL, NULL)") == "23514");
    CHECK(state_of(insert + "(21, 'none', 1, 1, 'de')") == "23503");
    CHECK(state_of(insert + "(21, 'h', 1, 1, 'nowhere')") == "23503");
    CHECK(state_of(insert + "(21, 'h', -1, 1, 'de')") == "23514");
    CHECK(state_of(std::string("UPDATE ") + newer + " SET first = NULL, \"second's\" = NULL, country = NULL WHERE \"it's\" = 20") ==
          (is_table ? "23514" : "44000"));
    CHECK(here.c.run(std::string("DELETE FROM ") + newer + " WHERE \"it's\" IN (20, 22) RETURNING *").size() == 1);
    CHECK(here.c.run(std::string("DELETE FROM ") + newer + " WHERE \"it's\" = 20 RETURNING *").empty());
  }
}

TEST_CASE("a row follows its key, and goes with the other row") {
  place here;
  here.run(dt::ddl<postgresql, v3>);
  here.c.run(std::string("INSERT INTO ") + older + " VALUES (1, 'h', 'n', 1, 1), (2, 'h', 'n', 2, 2), (3, 'h', 'n', NULL, NULL)");
  const std::string shadow = "SELECT string_agg(\"it's\" || ':' || first, ' ' ORDER BY \"it's\") FROM \"it's \"\"address\"\"_new\"";
  CHECK(here.c.value(shadow) == "1:1 2:2");
  here.c.run(std::string("UPDATE ") + older + " SET \"it's\" = 4 WHERE \"it's\" = 1");
  here.c.run(std::string("UPDATE ") + older + " SET \"it's\" = 5, first = 6 WHERE \"it's\" = 3");
  CHECK(here.c.value(shadow) == "2:2 4:1 5:6");
  here.c.run(std::string("DELETE FROM ") + older + " WHERE \"it's\" = 4");
  here.c.run(std::string("UPDATE ") + older + " SET first = NULL, \"second's\" = NULL WHERE \"it's\" = 2");
  CHECK(here.c.value(shadow) == "5:6");
}

TEST_CASE("a row that goes to another partition takes what was extracted of it along") {
  using by_id = dt::partitioned_by_range<"id">;
  struct v1 : dt::schema<"1", dt::table<"client", dt::column<"id", dt::integer>, dt::column<"a", dt::text, dt::null>, dt::primary_key<"id">, by_id,
                                        dt::range_partition<"low", dt::from<>, dt::until<10>>, dt::range_partition<"high", dt::from<10>, dt::until<>>>> {};
  using extracting = dt::gradual_extract_table<"client", "extra", "a">;
  struct expand : dt::expand<v1, extracting> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, extracting> {};
  struct v3 : dt::after<"3", fill> {};
  struct contract : dt::contract<v3, extracting> {};
  struct v4 : dt::after<"4", contract> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto before = catalogue_of(here.c);
  here.c.run("INSERT INTO client VALUES (1, 'x'), (2, NULL)");
  const auto rows = [&] { return here.c.value("SELECT string_agg(concat_ws(' ', id, a), ';' ORDER BY id) FROM extra"); };
  for (int round = 0; round != 2; ++round) {
    here.run(dt::up<postgresql, expand>);
    here.c.run("UPDATE client SET id = id + 10");
    CHECK(rows() == "11 x");
    here.run(dt::up<postgresql, fill>);
    here.c.run("UPDATE client SET id = id - 10");
    here.c.run("UPDATE client SET id = 12, a = 'y' WHERE id = 2");
    CHECK(here.c.value("SELECT string_agg(concat_ws(' ', id, a), ';' ORDER BY id) FROM extra_new") == "1 x;12 y");
    here.c.run("UPDATE client SET id = 2, a = NULL WHERE id = 12");
    here.run(dt::up<postgresql, contract>);
    CHECK(rows() == "1 x");
    here.c.run("UPDATE client SET id = id + 10");
    CHECK(rows() == "11 x");
    here.run(dt::down<postgresql, contract>);
    here.c.run("UPDATE client SET id = id - 10");
    here.run(dt::down<postgresql, fill>);
    CHECK(rows() == "1 x");
    here.run(dt::down<postgresql, expand>);
    CHECK(catalogue_of(here.c) == before);
    CHECK(here.c.value("SELECT string_agg(concat_ws(' ', id, a), ';' ORDER BY id) FROM client") == "1 x;2");
  }
}
