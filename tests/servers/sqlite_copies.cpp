// SPDX-License-Identifier: BSL-1.0
// Columns that triggers keep, on SQLite: copies of a parent's, and two sides of one row.
#include <sqlite3.h>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/script.hpp>
#include <dovetail/run/sqlite.hpp>

#include <support/catch.hpp>
#include <support/sqlite_catalogue.hpp>
#include <support/sqlite_file.hpp>

using namespace test;

namespace {

using sqlite = dt::sqlite<3, 40>;
using row = sqlite_database::row;

struct purchase : dt::table<"odd \"purchase\"", dt::column<"id", dt::bigint>, dt::column<"customer's", dt::text, dt::collate<"NOCASE">>,
                            dt::column<"note", dt::text, dt::null>, dt::column<"total", dt::bigint>, dt::primary_key<"id">> {};
struct item : dt::table<"item", dt::column<"id", dt::bigint>, dt::column<"of \"purchase\"", dt::bigint>, dt::column<"n", dt::bigint>,
                        dt::primary_key<"id">, dt::index<"by_purchase", "of \"purchase\"">,
                        dt::foreign_key<"item's", dt::columns<"of \"purchase\"">, dt::references<"odd \"purchase\"", "id">,
                                        dt::on_update<dt::cascade>, dt::on_delete<dt::cascade>>> {};
using copying = dt::gradual_denormalise<"item", "item's", dt::synced<"name's", "customer's">, dt::synced<"note">>;
struct v1 : dt::schema<"1", item, purchase> {};
struct expand : dt::expand<v1, copying> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, copying> {};
struct v3 : dt::after<"3", fill> {};
// Both tables are made anew, with the triggers of both.
struct again : dt::migration<v3, dt::step<dt::drop_not_null<"item", "n">, dt::set_not_null<"item", "n">>,
                             dt::step<dt::drop_not_null<"odd \"purchase\"", "total">, dt::set_not_null<"odd \"purchase\"", "total">>> {};
struct v4 : dt::after<"4", again> {};
struct plain : dt::migration<v4, dt::step<dt::drop_sync<"item", "item_item's_sync">,
                                          dt::add_sync<"item", dt::copies<"item_item's_sync", dt::columns<"of \"purchase\"">, dt::references<"odd \"purchase\"", "id">,
                                                                          dt::newer<dt::synced<"name's", "customer's">, dt::synced<"note">>>>>> {};
struct v5 : dt::after<"5", plain> {};

constexpr const char* wrong_rows =
    "SELECT item.id FROM item JOIN \"odd \"\"purchase\"\"\" p ON p.id = \"of \"\"purchase\"\"\" "
    "WHERE item.\"name's\" IS NOT p.\"customer's\" COLLATE BINARY OR item.note IS NOT p.note";

}  // namespace

TEST_CASE("children on SQLite have what their parents have, whoever writes which") {
  INFO("DOVETAIL_SEED=" << seed());
  const file at;
  dt::run::sqlite_connection migrating(at.name());
  sqlite_database recursive(at.name());
  sqlite_database plainly(at.name());
  recursive.run("PRAGMA recursive_triggers = ON");
  random_source random(seed());
  int last = 0;
  const auto number = [&](std::size_t below) { return std::to_string(random.below(below)); };
  const auto text = [&]() -> std::optional<std::string> { return std::string(random.below(2) == 0 ? "It's " : "it's ") + number(3); };
  const auto act = [&](int times) {
    for (; times != 0; --times) {
      sqlite_database& by = random.below(2) == 0 ? recursive : plainly;
      const std::string purchase = "\"odd \"\"purchase\"\"\"";
      switch (random.below(8)) {
        case 0: by.run("INSERT INTO " + purchase + " VALUES (?, ?, ?, 1)", {std::to_string(++last), text(), text()}); break;
        case 1: by.run("UPDATE " + purchase + " SET \"customer's\" = ? WHERE id % 5 = CAST(? AS bigint)", {text(), number(5)}); break;
        case 2: by.run("UPDATE " + purchase + " SET note = nullif(?, 'it''s 0'), total = total + 1 WHERE id = ?", {text(), number(30)}); break;
        case 3: by.run("UPDATE " + purchase + " SET id = id + 100000, note = ? WHERE id = ?", {text(), number(30)}); break;
        case 4: by.run("UPDATE item SET \"of \"\"purchase\"\"\" = (SELECT id FROM " + purchase + " ORDER BY id < CAST(? AS bigint), id LIMIT 1), n = 3 WHERE id % 17 = CAST(? AS bigint)", {number(static_cast<std::size_t>(last) + 1), number(17)}); break;
        case 5: if (random.below(9) == 0) by.run("DELETE FROM " + purchase + " WHERE id = ?", {number(30)}); break;
        default: by.run("INSERT INTO item (id, \"of \"\"purchase\"\"\", n) SELECT ?, id, 1 FROM " + purchase + " ORDER BY id < CAST(? AS bigint), id LIMIT 1", {std::to_string(++last), number(static_cast<std::size_t>(last) + 1)});
      }
    }
  };
  const auto run = [&](const dt::ddl_script& script) {
    dt::run::patience patience;
    patience.rest = 0;
    dt::run::run_script(migrating, script, [&](const auto&) { if (!migrating.in_transaction()) act(3); }, patience);
    act(60);
  };
  const auto holds = [&](const dt::model::schema& now, bool filled) {
    CHECK(difference_of(sqlite_catalogue_of(now), catalogue_of(plainly)) == "");
    if (filled) CHECK(plainly.run(wrong_rows).empty());
  };
  run(dt::ddl<sqlite, v1>);
  plainly.run("INSERT INTO \"odd \"\"purchase\"\"\" WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1020) SELECT i, 'Ann', 'x', 1 FROM n");
  act(300);
  run(dt::up<sqlite, expand>);
  holds(v2::value, false);
  run(dt::up<sqlite, fill>);
  holds(v3::value, true);
  run(dt::up<sqlite, again>);
  holds(v4::value, true);
  plainly.run("UPDATE item SET note = 'mine', \"name's\" = 'mine'");
  CHECK(plainly.run(wrong_rows).empty());
  CHECK_THROWS_AS(plainly.run("UPDATE \"odd \"\"purchase\"\"\" SET \"customer's\" = NULL"), std::runtime_error);
  // As plain columns they would have to be given.
  dt::run::run_script(migrating, dt::up<sqlite, plain>);
  holds(v5::value, true);
  dt::run::run_script(migrating, dt::down<sqlite, plain>);
  act(60);
  holds(v4::value, true);
  run(dt::down<sqlite, again>);
  run(dt::down<sqlite, fill>);
  run(dt::up<sqlite, fill>);
  holds(v3::value, true);
  run(dt::down<sqlite, fill>);
  run(dt::down<sqlite, expand>);
  holds(v1::value, false);
  CHECK(plainly.run("SELECT 1 FROM item").size() > 50);
}

namespace {

/// Sides that do not undo each other: capital letters are lost one way, and blanks the other.
using lossy = dt::sync<"s", dt::older<dt::synced<"a", "lower(b)">>, dt::newer<dt::synced<"b", "trim(a)">>>;
struct kept : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text, dt::null>, dt::column<"b", dt::text, dt::null>, lossy>> {};

using value = std::optional<std::string>;
value lowered(value text) {
  if (text)
    for (char& c : *text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}
value trimmed(const value& text) {
  if (!text) return {};
  const std::size_t begin = text->find_first_not_of(' ');
  return begin == std::string::npos ? "" : text->substr(begin, text->find_last_not_of(' ') + 1 - begin);
}

}  // namespace

TEST_CASE("who wins on SQLite when one side is written, or both") {
  INFO("DOVETAIL_SEED=" << seed());
  dt::run::sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<sqlite, kept>);
  random_source random(seed());
  const auto some = [&]() -> value {
    const char* const texts[]{"x", "X", " x", "x ", "", " "};
    const std::size_t which = random.below(7);
    return which == 6 ? value() : value(texts[which]);
  };
  for (int i = 0; i != 4000; ++i) {
    if (i % 100 == 0) db.execute(random.below(2) == 0 ? "PRAGMA recursive_triggers = ON" : "PRAGMA recursive_triggers = OFF");
    db.execute("DELETE FROM t");
    value a = some();
    value b = some();
    db.query("INSERT INTO t (a, b) VALUES ($1, $2)", {a, b});
    // A row with nothing on the newer side is one of an older release.
    if (b) a = lowered(b); else b = trimmed(a);
    CHECK(db.query("SELECT a, b FROM t") == std::vector<row>{{a, b}});

    const std::size_t sides = random.below(3);
    const value old_a = a;
    const value old_b = b;
    if (sides != 0) a = some();
    if (sides != 1) b = some();
    db.query(sides == 0 ? "UPDATE t SET b = $1" : sides == 1 ? "UPDATE t SET a = $1" : "UPDATE t SET a = $1, b = $2",
             sides == 0 ? row{b} : sides == 1 ? row{a} : row{a, b});
    // The newer side has the last word, and news is only what the other side does not say.
    if (b != old_b && b != trimmed(a)) a = lowered(b);
    else if (a != old_a && a != lowered(b)) b = trimmed(a);
    CHECK(db.query("SELECT a, b FROM t") == std::vector<row>{{a, b}});
  }
}

namespace {
template <class... Parts>
using required = dt::table<"t", dt::column<"id", dt::bigint>, dt::column<"it's", dt::text>, dt::column<"b", dt::text>, Parts...>;
struct both_required : dt::schema<"1", required<dt::sync<"s", dt::older<dt::synced<"it's">>, dt::newer<dt::synced<"b">>>>> {};
}  // namespace

TEST_CASE("a column that is kept on SQLite is NOT NULL when both sides are set") {
  dt::run::sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<sqlite, both_required>);
  db.execute("INSERT INTO t (id, b) VALUES (1, 'x'); INSERT INTO t (id, \"it's\") VALUES (2, 'y')");
  for (const char* wrong : {"INSERT INTO t (id) VALUES (3)", "UPDATE t SET b = NULL", "UPDATE t SET \"it's\" = NULL WHERE id = 2",
                            "UPDATE t SET b = NULL, \"it's\" = 'z' WHERE id = 1", "INSERT OR IGNORE INTO t (id) VALUES (3)",
                            "INSERT OR REPLACE INTO t (id) VALUES (3)", "UPDATE OR IGNORE t SET b = NULL"})
    CHECK_THROWS_AS(db.execute(wrong), dt::run::database_error);
  CHECK(db.query("SELECT * FROM t ORDER BY id") == std::vector<row>{{"1", "x", "x"}, {"2", "y", "y"}});
}
