// SPDX-License-Identifier: BSL-1.0
#include <sqlite3.h>

#include <cstdlib>

#include <support/catch.hpp>
#include <support/random_rows.hpp>
#include <support/sqlite_catalogue.hpp>
#include <support/up_and_down.hpp>

using namespace test;

namespace {

class sqlite_server_at_work : public sqlite_database {
 public:
  using dialect = dt::sqlite<3, 40>;
  static constexpr const char* overriding = "";

  static std::string parameter(std::size_t, const dt::sql_type& type) {
    return type.kind == dt::type_kind::bytea ? "CAST(? AS blob)" : "?";
  }
  static std::string as_text(const std::string& expression) { return "quote(" + expression + ")"; }
  void references(bool held) { run(held ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF"); }
  std::vector<std::string> catalogue() {
    std::vector<std::string> lines = catalogue_of(*this);
    if (!run("PRAGMA foreign_key_check").empty()) lines.push_back("a row that breaks a foreign key");
    return lines;
  }
  static std::vector<std::string> catalogue(const model::schema& s) { return sqlite_catalogue_of(s); }
  static bool holds_default(const model::column& c, const std::string& found) {
    const std::string wanted = str(c.value.text);
    if (c.value.kind == model::default_kind::boolean) return found == (wanted == "true" ? "1" : "0");
    if (c.type.kind == dt::type_kind::numeric || c.type.kind == dt::type_kind::real ||
        c.type.kind == dt::type_kind::double_precision)
      return std::strtod(found.c_str(), nullptr) == std::strtod(wanted.c_str(), nullptr);
    return found == wanted;
  }
};

}  // namespace

TEST_CASE("up and then down on SQLite leaves the catalogue and the rows as they were") {
  const verdict v = try_all(200, sqlite_server(), 4, 6, [](schema_store& store, const scenario& s) {
    sqlite_server_at_work db;
    return goes_up_and_down(db, store, s);
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("a default is read back from SQLite as it was declared") {
  const verdict v = try_all(200, sqlite_server(), 4, 6, [](schema_store& store, const scenario& s) {
    sqlite_server_at_work db;
    return has_its_defaults(db, store, s);
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("a step inserts and deletes rows of any table on SQLite") {
  row_counts counts;
  const verdict v = try_all(100, sqlite_server(), 4, 1, [&](schema_store&, const scenario& s) {
    sqlite_server_at_work db;
    return inserts_and_deletes(db, *s.start, counts);
  });
  INFO(counts.done << " done, " << counts.refused << " refused");
  CHECK(v.failure == "");
  CHECK((v.cases < 100 || counts.done > 20));
}

TEST_CASE("every hostile literal and name keeps to its place on SQLite") {
  sqlite_server_at_work db;
  CHECK(holds_hostile_texts(db) == "");
}

TEST_CASE("SQLite refuses what PostgreSQL refuses or rounds") {
  sqlite_server_at_work db;
  CHECK(keeps_or_refuses(db) == "");
}

TEST_CASE("views on SQLite") {
  sqlite_server_at_work db;
  CHECK(keeps_its_views(db) == "");
}

TEST_CASE("rows of a small identity column are numbered up to its end on SQLite") {
  schema_store store;
  sqlite_server_at_work db;
  db.run(creation_of<sqlite_server_at_work::dialect>(*store.schema(
      "1", {store.table("t", {store.column("id", dt::smallint::type, {false, {}, model::identity_kind::by_default}),
                              store.column("c", dt::text::type, {true, {}, {}}), store.primary_key({"id"})})})));
  db.run("INSERT INTO t (c) VALUES ('x')");
  db.run("INSERT INTO t (id) VALUES (32766)");
  db.run("INSERT INTO t (c) VALUES ('x')");
  CHECK(db.run("SELECT id FROM t ORDER BY id") == std::vector<sqlite_database::row>{{"1"}, {"32766"}, {"32767"}});
  CHECK_THROWS_AS(db.run("INSERT INTO t (c) VALUES ('x')"), std::runtime_error);
  CHECK_THROWS_AS(db.run("INSERT INTO t (id) VALUES (-32769)"), std::runtime_error);
}
