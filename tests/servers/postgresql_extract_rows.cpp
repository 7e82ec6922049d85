// SPDX-License-Identifier: BSL-1.0
// Groups of columns become rows of a table of their own, on the server that DOVETAIL_POSTGRES names, while releases that
// know the columns and such that know the rows read and write.
#include <libpq-fe.h>

#include <array>

#include <dovetail/extract.hpp>
#include <dovetail/partitions.hpp>

#include <support/phases.hpp>
#include <support/postgresql_way.hpp>

using namespace test;

namespace {

struct customer : dt::table<"odd \"customer\"", dt::column<"it's", dt::bigint>, dt::column<"half %", dt::text>, dt::column<"name", dt::text>,
                            dt::column<"home \"n\"", dt::integer, dt::null>, dt::column<"home's", dt::varchar<20>, dt::null, dt::collate<"C">>,
                            dt::column<"work n", dt::integer, dt::null>, dt::column<"work's", dt::varchar<20>, dt::null, dt::collate<"C">>,
                            dt::primary_key<"it's", "half %">> {};
struct whole : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_rows<"odd \"customer\"", "it's \"phone\"", dt::column<"kind's", dt::varchar<10>>, dt::columns<"part", "as text">,
                                            dt::row_of<"ho'me", "home \"n\"", "home's">, dt::row_of<"work", "work n", "work's">>;
using all = phases_of<whole, extracting>;

constexpr const char* older = "\"odd \"\"customer\"\"\"";
constexpr const char* newer = "\"it's \"\"phone\"\"\"";
constexpr const char* at = " WHERE \"it's\" = $1 AND \"half %\" = 'h' ";

struct place {
  postgres_connection c;
  way<all> through{c};

  void fill_in() {
    c.run(std::string("INSERT INTO ") + older + " SELECT i, 'h', 'n', CASE WHEN i < 8 THEN 0 WHEN i % 3 = 0 THEN i END, "
          "CASE WHEN i < 8 THEN '0' WHEN i % 5 = 0 THEN 'x' END, CASE WHEN i < 8 THEN 0 WHEN i % 2 = 0 THEN i END, "
          "CASE WHEN i < 8 THEN '0' END FROM generate_series(0, 2999) i");
    c.run(std::string("UPDATE ") + older + " SET \"home \"\"n\"\"\" = NULL, \"home's\" = NULL, \"work n\" = NULL WHERE \"it's\" BETWEEN 20 AND 29");
  }
  /// All rows as an older release sees them.
  std::string rows() {
    return *c.value(std::string("SELECT md5(string_agg(concat_ws(',', \"it's\", coalesce(\"home \"\"n\"\"\"::text, '-'), coalesce(\"home's\", '-'), "
                                "coalesce(\"work n\"::text, '-'), coalesce(\"work's\", '-')), ';' ORDER BY \"it's\")) FROM ") + older);
  }
  /// And as a newer one does.
  std::string parts() {
    return *c.value(std::string("SELECT md5(string_agg(p::text, ';' ORDER BY \"it's\", \"kind's\")) FROM ") + newer + " p");
  }
};

std::string state_of(postgres_connection& c, const std::string& sql, const postgres_connection::row& parameters = {}) {
  try {
    c.run(sql, parameters);
  } catch (const postgres_error& e) {
    return e.sqlstate;
  }
  return {};
}

}  // namespace

TEST_CASE("columns become rows and come back, with all values") {
  place here;
  postgres_words words(here.c);
  here.fill_in();
  const auto rows = here.rows();
  const auto count = here.c.value(std::string("SELECT count(coalesce(\"home \"\"n\"\"\"::text, \"home's\")) + count(coalesce(\"work n\"::text, \"work's\")) FROM ") + older);
  std::vector<std::vector<std::string>> catalogues{catalogue_of(here.c)};
  here.through.run(dt::up<postgresql, all::expand>);
  catalogues.push_back(catalogue_of(here.c));
  const auto parts = here.parts();
  here.through.run(dt::up<postgresql, all::fill>);
  catalogues.push_back(catalogue_of(here.c));
  here.through.run(dt::up<postgresql, all::contract>);
  CHECK(catalogue_of(here.c) == postgresql_catalogue_of(all::v4::value, words));
  CHECK(here.parts() == parts);
  CHECK(here.c.value(std::string("SELECT count(*) FROM ") + newer) == count);
  here.through.run(dt::down<postgresql, all::contract>);
  CHECK(catalogue_of(here.c) == catalogues[2]);
  CHECK(here.rows() == rows);
  here.through.run(dt::down<postgresql, all::fill>);
  CHECK(catalogue_of(here.c) == catalogues[1]);
  CHECK(here.parts() == parts);
  here.through.run(dt::down<postgresql, all::expand>);
  CHECK(catalogue_of(here.c) == catalogues[0]);
  CHECK(here.rows() == rows);
}

TEMPLATE_TEST_CASE("a whole version with rows to be is made as its migrations make it", "", all::v2, all::v3) {
  place here;
  here.through.run(dt::up<postgresql, all::expand>);
  if (std::is_same_v<TestType, all::v3>) here.through.run(dt::up<postgresql, all::fill>);
  const auto step_by_step = catalogue_of(here.c);
  here.c.run("DROP SCHEMA " + generator::quoted(place_name) + " CASCADE");
  here.c.run("CREATE SCHEMA " + generator::quoted(place_name));
  here.through.run(dt::ddl<postgresql, TestType>);
  CHECK(catalogue_of(here.c) == step_by_step);
}

namespace {

// Rows 0 to 7 count in both groups: each has its number twice, and as often as was added. Rows 20 to 29 get rows and lose
// them. The others come and go as a whole.
constexpr std::size_t counters = 8;
struct group {
  const char* kind;
  const char* number;
  const char* text;
};
constexpr group groups[]{{"ho'me", "\"home \"\"n\"\"\"", "\"home's\""}, {"work", "\"work n\"", "\"work's\""}};

/// What releases have done, and the conflicts that they were told of and went on after.
struct ledger {
  std::array<std::array<std::atomic<int>, counters>, 2> added{};
  std::array<std::array<std::array<int, counters>, 2>, worker_count> seen{};
  std::array<bool, worker_count> prepared{};
  std::atomic<int> fickle{0};
  std::atomic<int> next{100000};
  std::atomic<int> conflicts{0};
};

class release {
 public:
  release(ledger& l, postgres_connection& c, random_source& random, std::size_t worker) : l_(l), c_(c), random_(random), worker_(worker) {}

  void work(bool as_older) {
    const std::size_t which = random_.below(2);
    const group& g = groups[which];
    const std::string row = std::to_string(random_.below(counters));
    const std::string fickle = std::to_string(20 + random_.below(10));
    switch (random_.below(as_older ? 4 : 7)) {
      case 0: return as_older ? look(which, row, columns(g) + at, {row}) : look(which, row, part() + at + "AND \"kind's\" = $2", {row, g.kind});
      case 1:
        if (as_older)
          return look(which, row, std::string("UPDATE ") + older + " SET " + g.number + " = " + g.number + " + 1, " + g.text + " = " + g.number + " + 1" +
                                      at + "RETURNING " + g.number + ", " + g.text, {row}, 1);
        return retrying([&] { look(which, row, more() + at + "AND \"kind's\" = $2 RETURNING \"part\", \"as text\"", {row, g.kind}, 1); });
      case 2: return as_older ? change_columns(g, fickle) : change_rows(g, fickle);
      case 3: return come_and_go(as_older);
      case 4: {  // who has locked the row is told of no conflict
        c_.run("BEGIN");
        c_.run(part() + at + "AND \"kind's\" = $2 FOR UPDATE", {row, g.kind});
        look(which, row, more() + at + "AND \"kind's\" = $2 RETURNING \"part\", \"as text\"", {row, g.kind}, 1);
        c_.run("COMMIT");
        return;
      }
      case 5: return retrying([&] { c_.run(std::string("UPDATE ") + newer + " SET \"as text\" = coalesce(\"as text\", '') || 'x'" + at + "AND length(\"as text\") < 9", {fickle}); });
      case 6:
        if (!l_.prepared[worker_])
          c_.run("PREPARE more (bigint, text) AS " + more() + at + "AND \"kind's\" = $2 RETURNING \"part\", \"as text\"");
        l_.prepared[worker_] = true;
        return retrying([&] { look(which, row, "EXECUTE more (" + row + ", '" + (which == 0 ? "ho''me" : "work") + "')", {}, 1); });
    }
  }

 private:
  static std::string columns(const group& g) { return std::string("SELECT ") + g.number + ", " + g.text + " FROM " + older; }
  static std::string part() { return std::string("SELECT \"part\", \"as text\" FROM ") + newer; }
  static std::string more() { return std::string("UPDATE ") + newer + " SET \"part\" = \"part\" + 1, \"as text\" = \"part\" + 1"; }

  /// Nobody sees half of a row, nor what was before what he has seen or written already, under either name.
  void look(std::size_t which, const std::string& row, const std::string& sql, const postgres_connection::row& parameters, int adds = 0) {
    const auto found = c_.run(sql, parameters);
    const auto i = static_cast<std::size_t>(std::stoi(row));
    int& last = l_.seen[worker_][which][i];
    if (found.size() != 1 || found[0][0] != found[0][1] || std::stoi(*found[0][0]) < last + adds)
      throw std::runtime_error("found " + (found.empty() ? "nothing" : *found[0][0] + " and " + found[0][1].value_or("NULL")) + " after " + std::to_string(last) + " by " + sql);
    last = std::stoi(*found[0][0]);
    l_.added[which][i] += adds;
  }
  template <class Act>
  void retrying(Act act) {
    for (;; ++l_.conflicts) try {
        return act();
      } catch (const postgres_error& e) {
        if (e.sqlstate != "40001") throw;
      }
  }
  int count(const std::string& sql, const postgres_connection::row& parameters) { return static_cast<int>(c_.run(sql, parameters).size()); }
  void change_columns(const group& g, const std::string& row) {
    const std::string update = std::string("UPDATE ") + older + " SET ";
    const std::string none = std::string(g.number) + " IS NULL AND " + g.text + " IS NULL";
    if (random_.below(2) != 0)
      l_.fickle += count(update + g.number + " = 1" + at + "AND " + none + " RETURNING 1", {row});
    else
      l_.fickle -= count(update + g.number + " = NULL, " + g.text + " = NULL" + at + "AND NOT (" + none + ") RETURNING 1", {row});
  }
  void change_rows(const group& g, const std::string& row) {
    switch (random_.below(3)) {
      case 0:
        if (const auto state = state_of(c_, std::string("INSERT INTO ") + newer + " VALUES ($1, 'h', $2, NULL, 'a')", {row, g.kind}); state.empty())
          ++l_.fickle;
        else if (state != "23505")
          throw std::runtime_error("an insert fails with " + state);
        return;
      case 1: l_.fickle -= count(std::string("DELETE FROM ") + newer + at + "AND \"kind's\" = $2 RETURNING 1", {row, g.kind}); return;
      default: l_.fickle -= count(std::string("DELETE FROM ") + newer + at + "RETURNING 1", {row});
    }
  }
  void come_and_go(bool as_older) {
    const std::string row = std::to_string(l_.next++);
    if (as_older) {
      c_.run(std::string("INSERT INTO ") + older + " VALUES ($1, 'h', 'old', 1, '1', NULL, 'w')", {row});
    } else {
      c_.run("BEGIN");
      c_.run(std::string("INSERT INTO ") + older + " VALUES ($1, 'h', 'new')", {row});
      c_.run(std::string("INSERT INTO ") + newer + " VALUES ($1, 'h', 'work', NULL, 'w'), ($1, 'h', 'ho''me', 1, '1')", {row});
      c_.run("COMMIT");
    }
    if (random_.below(2) != 0) c_.run(std::string("DELETE FROM ") + older + at, {row});
  }

  ledger& l_;
  postgres_connection& c_;
  random_source& random_;
  std::size_t worker_;
};

}  // namespace

TEST_CASE("old and new releases read and write columns and rows through all phases and back") {
  place here;
  here.fill_in();
  const auto before = catalogue_of(here.c);
  ledger l;
  workers at_work([&](postgres_connection& c, random_source& random, std::size_t w, bool as_older) { release(l, c, random, w).work(as_older); },
                  worker_count);
  const auto works = [&] {
    at_work.work_on(120);
    REQUIRE(at_work.failure() == "");
  };
  works();
  here.through.run(dt::up<postgresql, all::expand>);
  at_work.live(true, true);
  works();
  for (int again = 0; again != 2; ++again) {
    here.through.run(dt::up<postgresql, all::fill>);
    works();
    at_work.live(false, true);
    here.through.run(dt::up<postgresql, all::contract>);
    works();
    here.through.run(dt::down<postgresql, all::contract>);
    at_work.live(true, true);
    works();
    here.through.run(dt::down<postgresql, all::fill>);
    works();
  }
  at_work.live(true, false);
  here.through.run(dt::down<postgresql, all::expand>);
  works();
  at_work.stop();
  CHECK(catalogue_of(here.c) == before);
  for (std::size_t which = 0; which != 2; ++which)
    for (std::size_t i = 0; i != counters; ++i)
      CHECK(here.c.value(std::string("SELECT ") + groups[which].number + " FROM " + older + at, {std::to_string(i)}) == std::to_string(l.added[which][i]));
  const auto number_of = [&](const char* where) {
    std::string sum = "0";
    for (const group& g : groups) sum += std::string(" + count(coalesce(") + g.number + "::text, " + g.text + "))";
    return here.c.value("SELECT " + sum + " FROM " + older + " WHERE " + where);
  };
  CHECK(number_of("\"it's\" BETWEEN 20 AND 29") == std::to_string(l.fickle));
  CHECK(number_of("\"it's\" >= 100000") == here.c.value(std::string("SELECT 2 * count(*) FROM ") + older + " WHERE \"it's\" >= 100000"));
}

TEST_CASE("who updates a row that another one has changed meanwhile is told to try again") {
  place here;
  here.fill_in();
  here.through.run(dt::up<postgresql, all::expand>);
  postgres_connection changing;
  changing.run("SET search_path = " + generator::quoted(place_name));
  const std::string row = " WHERE \"it's\" = 1 AND \"kind's\" = 'ho''me'";
  const std::string more = std::string("UPDATE ") + newer + " SET \"part\" = \"part\" + 1" + row + " RETURNING \"part\"";
  /// What the update gives that has to wait for `sql`.
  const auto after = [&](const std::string& sql) -> std::string {
    changing.run("BEGIN");
    changing.run(sql);
    here.c.send(more);
    while (changing.value("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + std::to_string(here.c.pid())) == "0")
      REQUIRE(here.c.is_busy());
    changing.run("COMMIT");
    try {
      const auto found = here.c.finish();
      return found.empty() ? "no row" : *found[0][0];
    } catch (const postgres_error& e) {
      return e.sqlstate;
    }
  };
  const std::string columns = std::string("UPDATE ") + older + " SET ";
  CHECK(after(columns + "\"home \"\"n\"\"\" = 7 WHERE \"it's\" = 1") == "40001");
  CHECK(after(columns + "\"home's\" = NULL WHERE \"it's\" = 1") == "40001");
  CHECK(after(more) == "40001");
  CHECK(here.c.value(std::string("SELECT \"part\" FROM ") + newer + row) == "8");
  CHECK(after(columns + "\"work n\" = 7 WHERE \"it's\" = 1") == "9");
  CHECK(after(std::string("UPDATE ") + newer + " SET \"part\" = 1 WHERE \"it's\" = 1 AND \"kind's\" = 'work'") == "10");
  CHECK(after(std::string("DELETE FROM ") + newer + row) == "no row");
  here.c.run(std::string("INSERT INTO ") + newer + " VALUES (1, 'h', 'ho''me', 3)");
  CHECK(after(std::string("SELECT * FROM ") + newer + row + " FOR UPDATE") == "4");
  CHECK(after(std::string("DELETE FROM ") + older + " WHERE \"it's\" = 1") == "no row");
}

TEST_CASE("the fill copies the rows of whom it has waited for") {
  place here;
  here.fill_in();
  here.through.run(dt::up<postgresql, all::expand>);
  // The trigger is not there yet for whom the fill waits for: so nobody but the fill copies the row.
  const dt::ddl_script& script = dt::up<postgresql, all::fill>;
  std::size_t batches = 0;
  while (script[batches].batch_key == 0) ++batches;
  here.through.run({script.data(), batches - 2});  // but for two settings
  here.c.run(std::string("ALTER TABLE ") + older + " DISABLE TRIGGER \"it's \"\"phone\"\"_sync\"");
  here.c.run("BEGIN");
  here.c.run(std::string("UPDATE ") + older + " SET \"home \"\"n\"\"\" = 77, \"work n\" = NULL, \"work's\" = NULL WHERE \"it's\" = 1");
  std::string failure;
  std::atomic<bool> done{false};
  std::thread filling([&] {
    try {
      here.through.run({script.data() + batches - 2, script.size() - batches + 2});
    } catch (const std::exception& e) {
      failure = e.what();
    }
    done = true;
  });
  postgres_connection looking;
  while (!done && looking.value("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'") == "0") std::this_thread::yield();
  here.c.run("COMMIT");
  filling.join();
  CHECK(failure == "");
  CHECK(here.c.value("SELECT string_agg(\"kind's\" || part, ' ') FROM \"it's \"\"phone\"\"_new\" WHERE \"it's\" = 1") == "ho'me77");
}

TEST_CASE("the view says what the table of rows will say") {
  place here;
  here.fill_in();
  here.through.run(dt::up<postgresql, all::expand>);
  const std::string insert = std::string("INSERT INTO ") + newer + " VALUES ";
  const std::string update = std::string("UPDATE ") + newer + " SET ";
  const auto state = [&](const std::string& sql) { return state_of(here.c, sql); };
  const auto rows = [&](const std::string& sql) { return here.c.run(sql + " RETURNING *").size(); };
  for (const bool is_table : {false, true}) {
    if (is_table) {
      here.through.run(dt::up<postgresql, all::fill>);
      here.through.run(dt::up<postgresql, all::contract>);
    }
    CHECK(state(insert + "(20, 'h', 'work', 1)") == "");
    CHECK(state(insert + "(20, 'h', 'work', 1)") == "23505");
    CHECK(state(insert + "(20, 'h', 'fax', 1)") == "23514");
    CHECK(state(insert + "(20, 'h', NULL, 1)") == "23502");
    CHECK(state(insert + "(20, 'h', 'ho''me', NULL, NULL)") == "23514");
    CHECK(state(insert + "(20, 'none', 'work', 1)") == "23503");
    CHECK(state(update + "\"part\" = NULL, \"as text\" = NULL WHERE \"it's\" = 20") == "23514");
    CHECK(state(update + "\"kind's\" = 'ho''me' WHERE \"it's\" = 20") == (is_table ? "" : "0A000"));
    CHECK(rows(update + "\"as text\" = 'b' WHERE \"it's\" IN (20, 22)") == 1);
    CHECK(rows(update + "\"part\" = 5 WHERE \"as text\" = 'b'") == 1);
    CHECK(here.c.value(std::string("SELECT \"part\" || \"as text\" FROM ") + newer + " WHERE \"it's\" = 20") == "5b");
    CHECK(rows(std::string("DELETE FROM ") + newer + " WHERE \"it's\" IN (20, 22)") == 1);
    CHECK(rows(std::string("DELETE FROM ") + newer + " WHERE \"it's\" = 20") == 0);
    CHECK(rows(update + "\"part\" = 5 WHERE \"it's\" = 20") == 0);
  }
}

TEST_CASE("rows follow their key, and go with the other row") {
  place here;
  here.through.run(dt::up<postgresql, all::expand>);
  here.through.run(dt::up<postgresql, all::fill>);
  here.c.run(std::string("INSERT INTO ") + older + " VALUES (1, 'h', 'n', 1, NULL, 11), (2, 'h', 'n', 2, NULL, NULL), (3, 'h', 'n', NULL, NULL, NULL)");
  const auto shadow = [&] {
    return here.c.value("SELECT string_agg(concat_ws(' ', \"it's\", \"kind's\", part), ';' ORDER BY \"it's\", \"kind's\") FROM \"it's \"\"phone\"\"_new\"");
  };
  CHECK(shadow() == "1 ho'me 1;1 work 11;2 ho'me 2");
  here.c.run(std::string("UPDATE ") + older + " SET \"it's\" = 4, \"work n\" = NULL WHERE \"it's\" = 1");
  here.c.run(std::string("UPDATE ") + older + " SET \"it's\" = 5, \"work n\" = 6 WHERE \"it's\" = 3");
  CHECK(shadow() == "2 ho'me 2;4 ho'me 1;5 work 6");
  here.c.run(std::string("DELETE FROM ") + older + " WHERE \"it's\" = 4");
  here.c.run(std::string("UPDATE ") + newer + " SET part = 7 WHERE \"it's\" = 2");
  CHECK(shadow() == "2 ho'me 7;5 work 6");
}

TEST_CASE("a row that goes to another partition takes its extracted rows along") {
  using by_id = dt::partitioned_by_range<"id">;
  struct v1 : dt::schema<"1", dt::table<"client", dt::column<"id", dt::integer>, dt::column<"a", dt::text, dt::null>, dt::column<"b", dt::text, dt::null>,
                                        dt::primary_key<"id">, by_id, dt::range_partition<"low", dt::from<>, dt::until<10>>,
                                        dt::range_partition<"high", dt::from<10>, dt::until<>>>> {};
  using split = phases_of<v1, dt::gradual_extract_rows<"client", "extra", dt::column<"n", dt::smallint>, dt::columns<"value">, dt::row_of<1, "a">, dt::row_of<2, "b">>>;
  postgres_connection c;
  way<split> through(c);
  const auto before = catalogue_of(c);
  c.run("INSERT INTO client VALUES (1, 'x', 'z'), (2, NULL, 'y')");
  const auto rows = [&](const char* of = "extra") { return c.value(std::string("SELECT string_agg(concat_ws(' ', id, n, value), ';' ORDER BY id, n) FROM ") + of); };
  for (int round = 0; round != 2; ++round) {
    through.run(dt::up<postgresql, split::expand>);
    c.run("UPDATE client SET id = id + 10");
    CHECK(rows() == "11 1 x;11 2 z;12 2 y");
    through.run(dt::up<postgresql, split::fill>);
    c.run("UPDATE client SET id = id - 10");
    c.run("UPDATE client SET id = 12, a = 'y' WHERE id = 2");
    CHECK(rows("extra_new") == "1 1 x;1 2 z;12 1 y;12 2 y");
    c.run("UPDATE client SET id = 2, a = NULL WHERE id = 12");
    through.run(dt::up<postgresql, split::contract>);
    c.run("UPDATE client SET id = id + 10");
    CHECK(rows() == "11 1 x;11 2 z;12 2 y");
    through.run(dt::down<postgresql, split::contract>);
    c.run("UPDATE client SET id = id - 10");
    through.run(dt::down<postgresql, split::fill>);
    CHECK(rows() == "1 1 x;1 2 z;2 2 y");
    through.run(dt::down<postgresql, split::expand>);
    CHECK(catalogue_of(c) == before);
    CHECK(c.value("SELECT string_agg(concat_ws(' ', id, a, b), ';' ORDER BY id) FROM client") == "1 x z;2 y");
  }
}
