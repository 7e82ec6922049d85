// SPDX-License-Identifier: BSL-1.0
// Gradual changes on SQLite, while older and newer writers and readers take turns: between any two statements of a script,
// and inside of its transactions those who only read.
#include <sqlite3.h>

#include <functional>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/script.hpp>
#include <dovetail/run/sqlite.hpp>

#include <support/catch.hpp>
#include <support/phases.hpp>
#include <support/sqlite_catalogue.hpp>
#include <support/sqlite_file.hpp>

using namespace test;

namespace {

using sqlite = dt::sqlite<3, 40>;
using id = dt::column<"id", dt::bigint>;
using key = dt::primary_key<"id">;

/// A recipe on a table `t`, from its first version to its last.
template <class... Parts>
struct first : dt::schema<"1", dt::table<"t", id, key, Parts...>> {};
template <class Recipe, class... Parts>
struct phases : phases_of<first<Parts...>, Recipe> {};

/// How the releases of one side write a value, a text that both sides can store, and read it. In all of them ?1 is the id
/// and ?2 the value.
struct side {
  std::string insert;
  std::string update;  ///< empty if the value cannot be changed by this side
  std::string read;
  std::string remove = "";  ///< empty if no row is
};
struct statements {
  side older;
  side newer;
  std::function<std::string(random_source&)> value;
};

std::string word(random_source& random) {
  static const char* const words[]{"Ann", "ann", "Zo\xc3\xab", "O'Hara", "back\\slash", "x"};
  return words[random.below(6)] + std::to_string(random.below(1000));
}

/// What the rows hold that somebody has written, as either release reads them.
class workers {
 public:
  workers(const char* name, const statements& what) : what_(what), random_(seed()) {
    for (const char* recursive : {"ON", "OFF", "ON"}) {
      connections_.push_back(std::make_unique<sqlite_database>(name));
      connections_.back()->run(std::string("PRAGMA recursive_triggers = ") + recursive);
    }
  }
  void live(bool older, bool newer) {
    older_ = older;
    newer_ = newer;
  }
  void insert_all(int rows) {
    connections_[0]->run("BEGIN");
    for (int i = 0; i != rows; ++i) insert(*connections_[0], what_.older);
    connections_[0]->run("COMMIT");
  }
  void act(int times, bool writes) {
    for (; times != 0; --times) {
      sqlite_database& by = *connections_[random_.below(connections_.size())];
      const side& as = older_ && (!newer_ || random_.below(2) == 0) ? what_.older : what_.newer;
      ++done_;
      const std::size_t what = random_.below(4);
      if (writes && (held_.empty() || what == 0)) {
        insert(by, as);
      } else if (!held_.empty()) {
        auto row = held_.begin();
        std::advance(row, static_cast<std::ptrdiff_t>(random_.below(held_.size())));
        if (writes && what == 1 && !as.update.empty()) {
          by.run(as.update, {row->first, row->second = what_.value(random_)});
        } else if (writes && what == 2 && !as.remove.empty() && random_.below(4) == 0) {
          by.run(as.remove, {row->first});
          held_.erase(row);
        } else {
          expect(by, as, row->first, row->second);
        }
      }
    }
  }
  /// As each release that is live reads it.
  void expect_all() {
    for (const side* as : {&what_.older, &what_.newer})
      if (as == &what_.older ? older_ : newer_)
        for (const auto& [number, value] : held_) expect(*connections_[0], *as, number, value);
    const std::string read = (newer_ ? what_.newer : what_.older).read;
    if (connections_[0]->run(read.substr(0, read.find(" WHERE"))).size() != held_.size())
      throw std::runtime_error("another number of rows, by " + read);
  }
  int done() const { return done_; }

 private:
  void insert(sqlite_database& by, const side& as) {
    const std::string number = std::to_string(++last_);
    const std::string value = what_.value(random_);
    by.run(as.insert, {number, value});
    held_[number] = value;
  }
  static void expect(sqlite_database& by, const side& as, const std::string& number, const std::string& value) {
    const auto found = by.run(as.read, {number});
    if (found.size() != 1 || found[0][0] != value)
      throw std::runtime_error("row " + number + " holds " + (found.empty() ? "nothing" : found[0][0].value_or("NULL")) +
                               " and not " + value + ", by " + as.read);
  }

  const statements& what_;
  random_source random_;
  std::vector<std::unique_ptr<sqlite_database>> connections_;
  std::map<std::string, std::string> held_;
  bool older_ = true;
  bool newer_ = false;
  int last_ = 0;
  int done_ = 0;
};

/// Goes through all phases, and back, while everybody works: nothing fails, no write is lost, and the catalogue is what the
/// version says.
template <class Phases>
void goes_gradually(const statements& s, int rows_before) {
  INFO("DOVETAIL_SEED=" << seed());
  const file at;
  dt::run::sqlite_connection migrating(at.name());
  const auto run = [&](const dt::ddl_script& script, auto log) {
    dt::run::patience patience;
    patience.rest = 0;
    dt::run::run_script(migrating, script, log, patience);
  };
  run(dt::ddl<sqlite, typename Phases::v1>, [](const auto&) {});
  sqlite_database looking(at.name());
  const auto before = catalogue_of(looking);
  workers at_work(at.name(), s);
  at_work.insert_all(rows_before);
  const auto change = [&](const dt::ddl_script& script) {
    run(script, [&](const dt::run::script_event& e) {
      REQUIRE(e.why == nullptr);
      at_work.act(3, !migrating.in_transaction());
    });
  };
  const auto holds = [&](const dt::model::schema& now) {
    at_work.act(60, true);
    at_work.expect_all();
    CHECK(difference_of(sqlite_catalogue_of(now), catalogue_of(looking)) == "");
    CHECK(looking.run("PRAGMA integrity_check") == std::vector<sqlite_database::row>{{"ok"}});
  };
  const auto fill = [&](bool forward) {
    if constexpr (requires { typename Phases::fill; })
      change(forward ? dt::up<sqlite, typename Phases::fill> : dt::down<sqlite, typename Phases::fill>);
  };

  at_work.act(60, true);
  change(dt::up<sqlite, typename Phases::expand>);
  holds(Phases::v2::value);
  fill(true);
  at_work.live(true, true);
  holds(Phases::v3::value);
  at_work.live(false, true);
  change(dt::up<sqlite, typename Phases::contract>);
  holds(Phases::v4::value);

  change(dt::down<sqlite, typename Phases::contract>);
  at_work.live(true, true);
  holds(Phases::v3::value);
  fill(false);
  fill(true);
  holds(Phases::v3::value);
  at_work.live(true, false);
  fill(false);
  change(dt::down<sqlite, typename Phases::expand>);
  holds(Phases::v1::value);
  CHECK(at_work.done() > 400);
  CHECK(catalogue_of(looking) == before);
}

}  // namespace

TEST_CASE("a column gets another name on SQLite while it is written and read") {
  using renamed = phases<dt::gradual_rename_column<"t", "odd \"name\"", "name's">,
                         dt::column<"odd \"name\"", dt::text, dt::collate<"NOCASE">>, dt::index<"by_name", "odd \"name\"", "id">,
                         dt::check<"not_empty", "\"odd \"\"name\"\"\" <> ''">>;
  goes_gradually<renamed>(
      {{"INSERT INTO t (id, \"odd \"\"name\"\"\") VALUES (?1, ?2)", "UPDATE t SET \"odd \"\"name\"\"\" = ?2 WHERE id = ?1",
        "SELECT \"odd \"\"name\"\"\" FROM t WHERE id = ?1"},
       {"INSERT INTO t (id, \"name's\") VALUES (?1, ?2)", "UPDATE t SET \"name's\" = ?2 WHERE id = ?1",
        "SELECT \"name's\" FROM t WHERE id = ?1"},
       word},
      2500);
}

TEST_CASE("a column of a unique constraint, with a default, gets another name on SQLite") {
  using renamed = phases<dt::gradual_rename_column<"t", "a", "b">, dt::column<"a", dt::text, dt::default_value<"none">>,
                         dt::unique<"one_a", "a">>;
  int n = 0;
  goes_gradually<renamed>({{"INSERT INTO t (id, a) VALUES (?1, ?2)", "UPDATE t SET a = ?2 WHERE id = ?1", "SELECT a FROM t WHERE id = ?1"},
                           {"INSERT INTO t (id, b) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                            "INSERT INTO t (id, b) VALUES (?1, 'x') ON CONFLICT (id) DO UPDATE SET b = ?2",
                            "SELECT b FROM t WHERE id = ?1"},
                           [&](random_source& random) { return word(random) + '-' + std::to_string(++n); }},
                          300);
}

TEST_CASE("a column gets another type on SQLite while it is written and read") {
  using retyped = phases<dt::gradual_retype_column<"t", dt::synced<"total", "round(total_cents / 100.0, 2)">,
                                                   dt::twin<dt::column<"total_cents", dt::bigint>, "CAST(round(total * 100) AS bigint)">>,
                         dt::column<"total", dt::numeric<12, 2>, dt::default_value<0>>, dt::index<"by_total", "total", "id">>;
  goes_gradually<retyped>(
      {{"INSERT INTO t (id, total) VALUES (?1, round(?2 / 100.0, 2))", "UPDATE t SET total = round(?2 / 100.0, 2) WHERE id = ?1",
        "SELECT CAST(round(total * 100) AS bigint) FROM t WHERE id = ?1"},
       {"INSERT INTO t (id, total_cents) VALUES (?1, ?2)", "UPDATE t SET total_cents = ?2 WHERE id = ?1",
        "SELECT total_cents FROM t WHERE id = ?1"},
       [](random_source& random) { return std::to_string(random.below(99999)); }},
      1500);
}

TEST_CASE("an enumeration becomes text on SQLite while it is written and read") {
  struct state : dt::enumeration<"state", "open", "paid", "gone"> {};
  using retyped = phases<dt::gradual_retype_column<"t", dt::synced<"state">, dt::twin<dt::column<"state_text", dt::text>, "state">>,
                         dt::column<"state", state>>;
  goes_gradually<retyped>(
      {{"INSERT INTO t (id, state) VALUES (?1, ?2)", "UPDATE t SET state = ?2 WHERE id = ?1", "SELECT state FROM t WHERE id = ?1"},
       {"INSERT INTO t (id, state_text) VALUES (?1, ?2)", "UPDATE t SET state_text = ?2 WHERE id = ?1",
        "SELECT state_text FROM t WHERE id = ?1"},
       [](random_source& random) {
         const char* const labels[]{"open", "paid", "gone"};
         return std::string(labels[random.below(3)]);
       }},
      1200);
}

TEST_CASE("a column is split into two, and two are merged into one, on SQLite while they are written and read") {
  const auto both = [](random_source& random) {
    const std::string first = word(random);
    return first + ' ' + word(random);
  };
  const side one{"INSERT INTO t (id, full_name) VALUES (?1, ?2)", "UPDATE t SET full_name = ?2 WHERE id = ?1",
                 "SELECT full_name FROM t WHERE id = ?1"};
  const side two{"INSERT INTO t (id, first_name, last_name) VALUES (?1, substr(?2, 1, instr(?2, ' ') - 1), substr(?2, instr(?2, ' ') + 1))",
                 "UPDATE t SET first_name = substr(?2, 1, instr(?2, ' ') - 1), last_name = substr(?2, instr(?2, ' ') + 1) WHERE id = ?1",
                 "SELECT first_name || ' ' || last_name FROM t WHERE id = ?1"};
  using name = dt::column<"full_name", dt::text>;
  using first = dt::column<"first_name", dt::text>;
  using last = dt::column<"last_name", dt::text>;
  using split = phases<dt::gradual_split_column<"t", dt::synced<"full_name", "first_name || ' ' || last_name">,
                                                dt::twin<first, "substr(full_name, 1, instr(full_name, ' ') - 1)">,
                                                dt::twin<last, "substr(full_name, instr(full_name, ' ') + 1)">>,
                       name>;
  goes_gradually<split>({one, two, both}, 1100);
  using merged = phases<dt::gradual_merge_columns<"t", dt::twin<name, "first_name || ' ' || last_name">,
                                                  dt::synced<"first_name", "substr(full_name, 1, instr(full_name, ' ') - 1)">,
                                                  dt::synced<"last_name", "substr(full_name, instr(full_name, ' ') + 1)">>,
                        first, last>;
  goes_gradually<merged>({two, one, both}, 1100);
}

TEST_CASE("a column that may be NULL gets another name on SQLite while it is written and read") {
  using renamed = phases<dt::gradual_rename_column<"t", "a", "b">, dt::column<"a", dt::text, dt::null>>;
  goes_gradually<renamed>(
      {{"INSERT INTO t (id, a) VALUES (?1, nullif(?2, 'none'))", "UPDATE t SET a = nullif(?2, 'none') WHERE id = ?1",
        "SELECT coalesce(a, 'none') FROM t WHERE id = ?1"},
       {"INSERT INTO t (id, b) VALUES (?1, nullif(?2, 'none'))", "UPDATE t SET b = nullif(?2, 'none') WHERE id = ?1",
        "SELECT coalesce(b, 'none') FROM t WHERE id = ?1"},
       [](random_source& random) { return random.below(2) == 0 ? "none" : word(random); }},
      1200);
}

TEST_CASE("a column is added on SQLite that older writers do not know") {
  using added = phases<dt::gradual_add_column<"t", dt::twin<dt::column<"initial", dt::text>, "substr(name, 1, 1)">>,
                       dt::column<"name", dt::text>>;
  goes_gradually<added>(
      {{"INSERT INTO t (id, name) VALUES (?1, ?2 || 'x')", "", "SELECT substr(name, 1, 1) FROM t WHERE id = ?1"},
       {"INSERT INTO t (id, name, initial) VALUES (?1, ?2 || 'y', ?2)", "", "SELECT initial FROM t WHERE id = ?1"},
       [](random_source& random) { return std::string(1, static_cast<char>('a' + random.below(26))); }},
      1200);
}

TEST_CASE("a column gets a wider type on SQLite while it is written and read") {
  using widened = phases<dt::gradual_widen_column<"t", "a", dt::bigint>, dt::column<"a", dt::integer>, dt::unique<"one_a", "a">,
                         dt::check<"even", "a % 2 = 0">, dt::index<"by_a", "a", "id">>;
  const side all{"INSERT INTO t (id, a) VALUES (?1, ?2)", "UPDATE t SET a = ?2 WHERE id = ?1", "SELECT a FROM t WHERE id = ?1"};
  int n = 0;
  goes_gradually<widened>({all, all, [&](random_source&) { return std::to_string(n += 2); }}, 1200);
}

namespace {

struct to_customer {
  using recipe = dt::gradual_rename_table<"client", "odd \"customer\"">;
  struct client : dt::table<"client", dt::column<"id", dt::bigint, dt::identity>, dt::column<"number", dt::bigint>,
                            dt::column<"name", dt::text>, dt::column<"state", dt::text, dt::default_value<"it's new">>,
                            dt::column<"at", dt::text, dt::default_sql<"'a' || 'b'">>,
                            dt::column<"loud", dt::text, dt::generated_virtual<"upper(name)">>, dt::primary_key<"id">,
                            dt::unique<"number_key", "number">> {};
  struct visit : dt::table<"visit", dt::column<"client", dt::bigint>,
                           dt::foreign_key<"client_fkey", dt::columns<"client">, dt::references<"client", "id">, dt::on_delete<dt::cascade>>,
                           dt::index<"by_client", "client">> {};
  struct v1 : dt::schema<"1", client, visit> {};
  struct expand : dt::expand<v1, recipe> {};
  struct v2 : dt::after<"2", expand> {};
  using v3 = v2;
  struct contract : dt::contract<v3, recipe> {};
  struct v4 : dt::after<"4", contract> {};
};
/// A table without a key, whose alias is one of two names for as long as it is made anew.
struct keyless {
  using recipe = dt::gradual_rename_table<"old name", "t">;
  struct v1 : dt::schema<"1", dt::table<"old name", dt::column<"n", dt::bigint>, dt::column<"a", dt::text, dt::null>>> {};
  struct expand : dt::expand<v1, recipe> {};
  struct v2 : dt::after<"2", expand> {};
  struct more : dt::migration<v2, dt::step<dt::add_column<"t", dt::column<"at", dt::text, dt::default_sql<"'x' || 'y'">>>, dt::drop_column<"t", "at">>> {};
  struct v3 : dt::after<"3", more> {};
};

}  // namespace

TEST_CASE("a table gets another name on SQLite while it is written and read") {
  const auto on = [](const std::string& table) {
    return side{"INSERT INTO " + table + " (number, name) VALUES (?1, ?2)", "UPDATE " + table + " SET name = ?2 WHERE number = ?1",
                "SELECT name FROM " + table + " WHERE number = ?1 AND state = 'it''s new' AND at = 'ab' AND loud = upper(name) AND id > 0",
                "DELETE FROM " + table + " WHERE number = ?1"};
  };
  goes_gradually<to_customer>({on("client"), on("\"odd \"\"customer\"\"\""), word}, 300);
}

namespace {
struct client_name {
  std::int64_t number;
  std::string name;
};
using reads_name = dt::reads<"client", client_name>;
using adds_name = dt::inserts<"client", client_name>;
using sets_name = dt::updates<"client", client_name, dt::key<"number">>;
}  // namespace

TEST_CASE("what is written through an alias on SQLite is what the table has") {
  const file at;
  dt::run::sqlite_connection older(at.name());
  dt::run::run_script(older, dt::ddl<sqlite, to_customer::v1>);
  dt::run::sqlite_connection migrating(at.name());
  // Prepared when it still was a table; a number of rows is none of what triggers do.
  older.insert<adds_name>({1, "Ann"});
  CHECK(older.update<sets_name>({1, "Ada"}) == 1);
  dt::run::run_script(migrating, dt::up<sqlite, to_customer::expand>);
  older.insert<adds_name>({2, "Bob"});
  CHECK(older.update<sets_name>({1, "Ann"}) == 1);
  CHECK(older.update<sets_name>({7, "Ann"}) == 0);
  CHECK(older.select<reads_name>().size() == 2);

  sqlite_database db(at.name());
  db.run("INSERT INTO visit VALUES (1), (2)");
  CHECK_THROWS_AS(db.run("UPDATE client SET name = NULL WHERE id = 1"), std::runtime_error);
  CHECK_THROWS_AS(db.run("INSERT INTO client (number) VALUES (1)"), std::runtime_error);
  CHECK_THROWS_AS(db.run("UPDATE client SET id = 3 WHERE id = 2"), std::runtime_error);
  db.run("DELETE FROM client WHERE id = 2");
  CHECK(db.run("SELECT * FROM visit") == std::vector<sqlite_database::row>{{"1"}});
  db.run("INSERT INTO client (id, number, name, at) VALUES (20, 9, 'x', 'y'), (21, 8, 'y', NULL)");
  db.run("UPDATE client SET id = id + 10, number = -number WHERE id > 19");
  CHECK(db.run("SELECT * FROM \"odd \"\"customer\"\"\" ORDER BY id") ==
        std::vector<sqlite_database::row>{{"1", "1", "Ann", "it's new", "ab", "ANN"},
                                          {"30", "-9", "x", "it's new", "y", "X"},
                                          {"31", "-8", "y", "it's new", "ab", "Y"}});
}

TEST_CASE("an alias of a table without a key is written through on SQLite, also when the table is made anew") {
  const file at;
  dt::run::sqlite_connection migrating(at.name());
  dt::run::run_script(migrating, dt::ddl<sqlite, keyless::v1>);
  sqlite_database db(at.name());
  db.run("INSERT INTO \"old name\" VALUES (1, NULL), (1, NULL), (1, 'x'), (2, NULL)");
  dt::run::run_script(migrating, dt::up<sqlite, keyless::expand>);
  dt::run::run_script(migrating, dt::up<sqlite, keyless::more>);
  db.run("UPDATE \"old name\" SET n = n + 2 WHERE n = 1 AND a IS NULL");
  db.run("DELETE FROM \"old name\" WHERE n = 2");
  db.run("INSERT INTO \"old name\" (n) VALUES (7)");
  CHECK(db.run("SELECT * FROM t ORDER BY n, a") ==
        std::vector<sqlite_database::row>{{"1", "x", "xy"}, {"3", {}, "xy"}, {"3", {}, "xy"}, {"7", {}, "xy"}});
  CHECK(difference_of(sqlite_catalogue_of(keyless::v3::value), catalogue_of(db)) == "");
  dt::run::run_script(migrating, dt::down<sqlite, keyless::more>);
  dt::run::run_script(migrating, dt::down<sqlite, keyless::expand>);
  CHECK(difference_of(sqlite_catalogue_of(keyless::v1::value), catalogue_of(db)) == "");
}

namespace {

/// Rows that SQLite numbers, to which others of the same table and of another refer.
struct numbered {
  using recipe = dt::gradual_widen_column<"owner's %", "id", dt::bigint>;
  struct owner : dt::table<"owner's %", dt::column<"id", dt::integer, dt::identity>, dt::column<"number", dt::bigint>,
                           dt::column<"name", dt::text>, dt::column<"above", dt::integer, dt::null>, dt::primary_key<"id">,
                           dt::unique<"number_key", "number", "id">, dt::check<"positive", "id > 0">,
                           dt::foreign_key<"above_fkey", dt::columns<"above">, dt::references<"owner's %", "id">>> {};
  struct thing : dt::table<"thing", dt::column<"owner", dt::integer>,
                           dt::foreign_key<"owner_fkey", dt::columns<"owner">, dt::references<"owner's %", "id">, dt::on_delete<dt::cascade>>> {};
  struct v1 : dt::schema<"1", owner, thing> {};
  struct expand : dt::expand<v1, recipe> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, recipe> {};
  struct v3 : dt::after<"3", fill> {};
  struct contract : dt::contract<v3, recipe> {};
  struct v4 : dt::after<"4", contract> {};
};

}  // namespace

TEST_CASE("a primary key that SQLite numbers and others refer to is widened while it is written and read") {
  const side all{"INSERT INTO \"owner's %\" (number, name, above) VALUES (?1, ?2, (SELECT max(id) FROM \"owner's %\"))",
                 "UPDATE \"owner's %\" SET name = ?2 WHERE number = ?1", "SELECT name FROM \"owner's %\" WHERE number = ?1"};
  goes_gradually<numbered>({all, all, word}, 1200);
}
