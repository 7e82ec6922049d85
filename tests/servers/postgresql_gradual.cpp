// SPDX-License-Identifier: BSL-1.0
// Gradual changes on the server that DOVETAIL_POSTGRES names, while older and newer writers and readers are at work.
#include <libpq-fe.h>

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/phases.hpp>
#include <support/postgresql_way.hpp>

using namespace test;

namespace {

using id = dt::column<"id", dt::bigint>;
using key = dt::primary_key<"id">;

/// A recipe on a table `t`, from its first version to its last.
template <class... Parts>
struct first : dt::schema<"1", dt::table<"t", id, key, Parts...>> {};
template <class Recipe, class... Parts>
struct phases : phases_of<first<Parts...>, Recipe> {};

/// How the releases of one side write a value, a text that both sides can store, and read it. In all of them $1 is the id
/// and $2 the value.
struct side {
  std::string insert;
  std::string update;  ///< empty if the value cannot be changed by this side
  std::string read;
};
struct statements {
  side older;
  side newer;
  std::function<std::string(random_source&)> value;
  std::string count = "SELECT count(*) FROM t";
};

std::string word(random_source& random) {
  static const char* const words[]{"Ann", "Bob", "Zo\xc3\xab", "O'Hara", "back\\slash", "x"};
  return words[random.below(6)] + std::to_string(random.below(1000));
}

/// Goes through all phases, and back, while everybody works; nothing fails, and no write is lost. Each worker has rows of
/// its own, and knows what they hold: it finds in them, as either release, what it wrote last.
template <class Phases>
void goes_gradually(const statements& s, int rows_before) {
  postgres_connection c;
  way<Phases> through(c);

  // Rows from before all of it, which nobody but the fill touches.
  held wanted;
  random_source before_all(5);
  c.run("BEGIN");
  for (int i = 0; i != rows_before; ++i) {
    const std::string number = std::to_string(i);
    wanted[number] = s.value(before_all);
    c.run(s.older.insert, {number, wanted[number]});
  }
  c.run("COMMIT");

  held rows[worker_count];
  workers at_work(
      [&](postgres_connection& worker, random_source& random, std::size_t w, bool older) {
        const side& as = older ? s.older : s.newer;
        held& mine = rows[w];
        const std::size_t what = random.below(4);
        if (mine.empty() || what == 0) {
          const std::string number = std::to_string(1000000 * (w + 1) + mine.size());
          const std::string value = s.value(random);
          worker.run(as.insert, {number, value});
          mine[number] = value;
          return;
        }
        const auto row = any(mine, random);
        if (what == 1 && !as.update.empty()) {
          row->second = s.value(random);
          worker.run(as.update, {row->first, row->second});
        } else {
          expect_held(worker.run(as.read, {row->first}), row->first, row->second, as.read);
        }
      },
      worker_count);
  through.go(at_work);

  for (const held& some : rows) wanted.insert(some.begin(), some.end());
  std::size_t wrong = 0;
  for (const auto& [number, value] : wanted) {
    const auto found = c.run(s.older.read, {number});
    wrong += found.size() != 1 || found[0][0] != value;
  }
  CHECK(wrong == 0);
  CHECK(c.value(s.count) == std::to_string(wanted.size()));
}

}  // namespace

TEST_CASE("a column gets another name while it is written and read") {
  using renamed = phases<dt::gradual_rename_column<"t", "odd \"name\"", "name's">, dt::column<"odd \"name\"", dt::text>,
                         dt::unique<"name_key", "odd \"name\"", "id">, dt::index<"by_name", "odd \"name\"">,
                         dt::check<"not_empty", "\"odd \"\"name\"\"\" <> ''">>;
  goes_gradually<renamed>(
      {{"INSERT INTO t (id, \"odd \"\"name\"\"\") VALUES ($1, $2)", "UPDATE t SET \"odd \"\"name\"\"\" = $2 WHERE id = $1",
        "SELECT \"odd \"\"name\"\"\" FROM t WHERE id = $1"},
       {"INSERT INTO t (id, \"name's\") VALUES ($1, $2)", "UPDATE t SET \"name's\" = $2 WHERE id = $1",
        "SELECT \"name's\" FROM t WHERE id = $1"},
       word},
      2500);
}

TEST_CASE("a column gets another type while it is written and read") {
  using retyped = phases<dt::gradual_retype_column<"t", dt::synced<"total", "total_cents / 100.0">,
                                                   dt::twin<dt::column<"total_cents", dt::bigint>, "(total * 100)::bigint">>,
                         dt::column<"total", dt::numeric<12, 2>, dt::default_value<0>>, dt::index<"by_total", "total", "id">>;
  goes_gradually<retyped>(
      {{"INSERT INTO t (id, total) VALUES ($1, $2::numeric / 100)", "UPDATE t SET total = $2::numeric / 100 WHERE id = $1",
        "SELECT (total * 100)::bigint FROM t WHERE id = $1"},
       {"INSERT INTO t (id, total_cents) VALUES ($1, $2)", "UPDATE t SET total_cents = $2 WHERE id = $1",
        "SELECT total_cents FROM t WHERE id = $1"},
       [](random_source& random) { return std::to_string(random.below(99999)); }},
      1500);
}

TEST_CASE("an enumeration becomes text while it is written and read") {
  struct state : dt::enumeration<"state", "open", "paid", "gone"> {};
  using retyped = phases<dt::gradual_retype_column<"t", dt::synced<"state", "state_text::state">,
                                                   dt::twin<dt::column<"state_text", dt::text>, "state::text">>,
                         dt::column<"state", state>>;
  goes_gradually<retyped>(
      {{"INSERT INTO t (id, state) VALUES ($1, $2)", "UPDATE t SET state = $2 WHERE id = $1", "SELECT state FROM t WHERE id = $1"},
       {"INSERT INTO t (id, state_text) VALUES ($1, $2)", "UPDATE t SET state_text = $2 WHERE id = $1",
        "SELECT state_text FROM t WHERE id = $1"},
       [](random_source& random) {
         const char* const labels[]{"open", "paid", "gone"};
         return std::string(labels[random.below(3)]);
       }},
      1200);
}

TEST_CASE("a column is split into two, and two are merged into one, while they are written and read") {
  const auto both = [](random_source& random) {
    const std::string first = word(random);
    return first + ' ' + word(random);
  };
  const side one{"INSERT INTO t (id, full_name) VALUES ($1, $2)", "UPDATE t SET full_name = $2 WHERE id = $1",
                 "SELECT full_name FROM t WHERE id = $1"};
  const side two{"INSERT INTO t (id, first_name, last_name) VALUES ($1, split_part($2, ' ', 1), split_part($2, ' ', 2))",
                 "UPDATE t SET first_name = split_part($2, ' ', 1), last_name = split_part($2, ' ', 2) WHERE id = $1",
                 "SELECT first_name || ' ' || last_name FROM t WHERE id = $1"};
  using name = dt::column<"full_name", dt::text>;
  using first = dt::column<"first_name", dt::text>;
  using last = dt::column<"last_name", dt::text>;
  using split = phases<dt::gradual_split_column<"t", dt::synced<"full_name", "first_name || ' ' || last_name">,
                                                dt::twin<first, "split_part(full_name, ' ', 1)">,
                                                dt::twin<last, "split_part(full_name, ' ', 2)">>,
                       name>;
  goes_gradually<split>({one, two, both}, 1100);
  using merged = phases<dt::gradual_merge_columns<"t", dt::twin<name, "first_name || ' ' || last_name">,
                                                  dt::synced<"first_name", "split_part(full_name, ' ', 1)">,
                                                  dt::synced<"last_name", "split_part(full_name, ' ', 2)">>,
                        first, last>;
  goes_gradually<merged>({two, one, both}, 1100);
}

TEST_CASE("a column that may be NULL gets another name while it is written and read") {
  using renamed = phases<dt::gradual_rename_column<"t", "a", "b">, dt::column<"a", dt::text, dt::null>>;
  goes_gradually<renamed>(
      {{"INSERT INTO t (id, a) VALUES ($1, nullif($2, 'none'))", "UPDATE t SET a = nullif($2, 'none') WHERE id = $1",
        "SELECT coalesce(a, 'none') FROM t WHERE id = $1"},
       {"INSERT INTO t (id, b) VALUES ($1, nullif($2, 'none'))", "UPDATE t SET b = nullif($2, 'none') WHERE id = $1",
        "SELECT coalesce(b, 'none') FROM t WHERE id = $1"},
       [](random_source& random) { return random.below(2) == 0 ? "none" : word(random); }},
      1200);
}

TEST_CASE("a column is added that older writers do not know") {
  using added = phases<dt::gradual_add_column<"t", dt::twin<dt::column<"initial", dt::text>, "left(name, 1)">>, dt::column<"name", dt::text>>;
  goes_gradually<added>(
      {{"INSERT INTO t (id, name) VALUES ($1, $2 || 'x')", "", "SELECT left(name, 1) FROM t WHERE id = $1"},
       {"INSERT INTO t (id, name, initial) VALUES ($1, $2 || 'y', $2)", "", "SELECT initial FROM t WHERE id = $1"},
       [](random_source& random) { return std::string(1, static_cast<char>('a' + random.below(26))); }},
      1200);
}

namespace {

struct v1 : dt::schema<"1", dt::table<"client", id, dt::column<"number", dt::bigint, dt::identity_by_default>, dt::column<"name", dt::text>,
                                      key, dt::unique<"number_key", "number">>> {};
using to_customer = dt::gradual_rename_table<"client", "odd \"customer\"">;
struct expand_client : dt::expand<v1, to_customer> {};
struct v2 : dt::after<"2", expand_client> {};
struct contract_client : dt::contract<v2, to_customer> {};
struct v3 : dt::after<"3", contract_client> {};
struct table_phases {
  using v1 = ::v1;
  using expand = expand_client;
  using v2 = ::v2;
  using v3 = ::v2;
  using contract = contract_client;
  using v4 = ::v3;
};

}  // namespace

TEST_CASE("a table gets another name while it is written and read") {
  const auto on = [](const std::string& table) {
    return side{"INSERT INTO " + table + " (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name",
                "UPDATE " + table + " SET name = $2 WHERE id = $1", "SELECT name FROM " + table + " WHERE id = $1 FOR UPDATE"};
  };
  goes_gradually<table_phases>({on("client"), on("\"odd \"\"customer\"\"\""), word, "SELECT count(*) FROM client"}, 300);
}

TEST_CASE("a column is widened while it is written and read") {
  using widened = phases<dt::gradual_widen_column<"t", "odd \"n%\"", dt::bigint>,
                         dt::column<"odd \"n%\"", dt::integer, dt::null, dt::default_value<7>, dt::comment<"how many">>,
                         dt::unique<"n_key", "odd \"n%\"", "id">, dt::index<"by_n", "odd \"n%\"">,
                         dt::check<"not_negative", "\"odd \"\"n%\"\"\" >= 0">>;
  const side both{"INSERT INTO t (id, \"odd \"\"n%\"\"\") VALUES ($1, $2)", "UPDATE t SET \"odd \"\"n%\"\"\" = $2 WHERE id = $1",
                  "SELECT \"odd \"\"n%\"\"\" FROM t WHERE id = $1"};
  goes_gradually<widened>({both, both, [](random_source& random) { return std::to_string(random.below(99999)); }}, 1500);
}

namespace {

/// Rows that the server numbers, to which others of the same table and of another refer.
struct numbered {
  using recipe = dt::gradual_widen_column<"owner's %", "id", dt::bigint>;
  struct owner : dt::table<"owner's %", dt::column<"id", dt::integer, dt::identity>, dt::column<"name", dt::text>,
                           dt::column<"above", dt::integer, dt::null>, dt::primary_key<"id">,
                           dt::unique<"name_key", "name", "id">, dt::index_on<"high", dt::element<"id", dt::descending>, dt::where<"id > 10">>,
                           dt::check<"positive", "id > 0">,
                           dt::foreign_key<"above_fkey", dt::columns<"above">, dt::references<"owner's %", "id">>> {};
  struct thing : dt::table<"thing", dt::column<"id", dt::bigint, dt::identity>, dt::column<"owner", dt::integer>,
                           dt::column<"keeper", dt::bigint>, dt::primary_key<"id">,
                           dt::foreign_key<"owner_fkey", dt::columns<"owner">, dt::references<"owner's %", "id">, dt::on_delete<dt::cascade>>,
                           dt::foreign_key<"keeper_fkey", dt::columns<"keeper">, dt::references<"owner's %", "id">>> {};
  struct v1 : dt::schema<"1", owner, thing> {};
  struct expand : dt::expand<v1, recipe> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, recipe> {};
  struct v3 : dt::after<"3", fill> {};
  struct contract : dt::contract<v3, recipe> {};
  struct v4 : dt::after<"4", contract> {};
  static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);
};

}  // namespace

TEST_CASE("a primary key that the server numbers and others refer to is widened while it is written and read") {
  postgres_connection c;
  way<numbered> through(c);
  c.run("INSERT INTO \"owner's %\" (name) SELECT 'old' FROM generate_series(1, 1500)");

  const std::string insert = "INSERT INTO \"owner's %\" (name, above) VALUES ($1, $2) RETURNING id";
  const std::string refer = "INSERT INTO thing (owner, keeper) VALUES ($1, $2)";
  const std::string read =
      "SELECT name || ' ' || (SELECT count(*) FROM thing WHERE owner = o.id) FROM \"owner's %\" o WHERE id = $1";
  held names[worker_count];
  std::map<std::string, int> things[worker_count];
  std::mutex ids_lock;
  std::set<std::string> ids;
  int deleted = 0;
  workers at_work(
      [&](postgres_connection& worker, random_source& random, std::size_t w, bool) {
        held& mine = names[w];
        const std::size_t what = random.below(6);
        if (mine.size() < 2 || what == 0) {
          const std::string name = word(random);
          const postgres_connection::row above{name, mine.empty() || random.below(2) == 0 ? std::optional<std::string>("1")
                                                                                          : any(mine, random)->first};
          const std::string id = worker.run(insert, above).at(0).at(0).value();
          mine[id] = name;
          const std::lock_guard lock(ids_lock);
          if (!ids.insert(id).second) throw std::runtime_error("id " + id + " was given twice");
          return;
        }
        const auto row = any(mine, random);
        if (what == 1) {
          row->second = word(random);
          worker.run("UPDATE \"owner's %\" SET name = $2 WHERE id = $1", {row->first, row->second});
        } else if (what == 2) {
          worker.run(refer, {row->first, "2"});
          ++things[w][row->first];
        } else if (what == 3 && worker.run("SELECT FROM \"owner's %\" WHERE above = $1", {row->first}).empty()) {
          worker.run("DELETE FROM \"owner's %\" WHERE id = $1", {row->first});
          things[w].erase(row->first);
          mine.erase(row);
          const std::lock_guard lock(ids_lock);
          ++deleted;
        } else {
          expect_held(worker.run(read, {row->first}), row->first, row->second + ' ' + std::to_string(things[w][row->first]), read);
        }
        // Nobody can be referred to who is not there.
        try {
          worker.run(refer, {"1999999999", "2"});
        } catch (const postgres_error& e) {
          if (e.sqlstate == "23503") return;
          throw;
        }
        throw std::runtime_error("a thing refers to nobody");
      },
      worker_count);
  through.go(at_work, [&] {
    // The numbers that only the wider type has, and which stand in the way back.
    c.run("INSERT INTO \"owner's %\" (id, name) OVERRIDING SYSTEM VALUE VALUES (3000000000, 'wide')");
    c.run("INSERT INTO thing (owner, keeper) VALUES (1, 3000000000)");
    c.run("DELETE FROM thing WHERE keeper = 3000000000");
    c.run("DELETE FROM \"owner's %\" WHERE id = 3000000000");
  });

  CHECK(deleted > 0);
  std::size_t wrong = 0;
  std::size_t count = 1500;
  for (std::size_t w = 0; w != worker_count; ++w)
    for (const auto& [id, name] : names[w]) {
      const auto found = c.run(read, {id});
      wrong += found.size() != 1 || found[0][0] != name + ' ' + std::to_string(things[w][id]);
      ++count;
    }
  CHECK(wrong == 0);
  CHECK(c.value("SELECT count(*) FROM \"owner's %\"") == std::to_string(count));
  CHECK(c.value("SELECT count(*) FROM \"owner's %\" WHERE id <= 1500 AND name = 'old'") == "1500");
}

TEST_CASE("a number that only the wider type has stands in the way back, and stays") {
  postgres_connection c;
  way<numbered> through(c);
  c.run("INSERT INTO \"owner's %\" (name) VALUES ('first')");
  through.run(dt::up<postgresql, numbered::expand>);
  through.run(dt::up<postgresql, numbered::fill>);
  // The sequence goes on where it was, and not where the largest number is.
  c.run("INSERT INTO \"owner's %\" (id, name) OVERRIDING SYSTEM VALUE VALUES (1000, 'given')");
  through.run(dt::up<postgresql, numbered::contract>);
  CHECK(c.value("INSERT INTO \"owner's %\" (name) VALUES ('second') RETURNING id") == "2");
  c.run("SELECT setval('\"owner''s %_id_seq\"', 3000000000)");
  CHECK(c.value("INSERT INTO \"owner's %\" (name) VALUES ('wide') RETURNING id") == "3000000001");
  try {
    through.run(dt::down<postgresql, numbered::contract>);
    FAIL("it was cut");
  } catch (const dt::run::script_error& e) {
    CHECK(e.cause().code() == "22003");
  }
  CHECK(c.value("SELECT count(*) FROM \"owner's %\" WHERE id = 3000000001") == "1");
}

TEST_CASE("what only the newer side can say stays when contract is undone") {
  using shorter = phases<dt::gradual_retype_column<"t", dt::synced<"initial", "left(name, 1)">,
                                                   dt::twin<dt::column<"name", dt::text>, "initial || '...'">>,
                         dt::column<"initial", dt::text>>;
  postgres_connection c;
  way<shorter> through(c);
  c.run("INSERT INTO t (id, initial) VALUES (1, 'A')");
  through.run(dt::up<postgresql, shorter::expand>);
  through.run(dt::up<postgresql, shorter::fill>);
  through.run(dt::up<postgresql, shorter::contract>);
  c.run("INSERT INTO t (id, name) VALUES (2, 'Bob')");
  through.run(dt::down<postgresql, shorter::contract>);
  const auto row = [&](const std::string& number) {
    return c.value("SELECT initial || ' ' || name FROM t WHERE id = $1", {number});
  };
  CHECK(row("1") == "A A...");
  CHECK(row("2") == "B Bob");
  // Nor does an older release change it that writes what is there, but one that writes something else does.
  c.run("UPDATE t SET initial = 'B' WHERE id = 2");
  CHECK(row("2") == "B Bob");
  c.run("UPDATE t SET initial = 'C' WHERE id = 2");
  CHECK(row("2") == "C C...");
  through.run(dt::down<postgresql, shorter::fill>);
  through.run(dt::down<postgresql, shorter::expand>);
  CHECK(c.value("SELECT string_agg(initial, ' ' ORDER BY id) FROM t") == "A C");
}
