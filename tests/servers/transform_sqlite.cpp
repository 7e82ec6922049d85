// SPDX-License-Identifier: BSL-1.0
// Functions of C++ that transform rows on SQLite.
#include <dovetail/run/sqlite.hpp>

#include <string>

#include <support/run_transform.hpp>

using namespace run_transform;
using dt::run::sqlite_connection;
using dialect = dt::sqlite<3, 40>;

namespace {
const std::string numbers =
    "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10999) SELECT n FROM c)";
}

TEST_CASE("rows are transformed on SQLite, there and back") {
  sqlite_connection db(":memory:");
  there_and_back<dialect>(db, numbers);
}

TEST_CASE("a transformation is stopped and begun again on SQLite") {
  sqlite_connection db(":memory:");
  stop_and_go<dialect>(db, numbers);
}

TEST_CASE("a transformation fails on SQLite") {
  sqlite_connection db(":memory:");
  fail<dialect>(db, numbers);
}

TEST_CASE("a script without its functions is refused on SQLite") {
  sqlite_connection db(":memory:");
  refuse<dialect>(db);
}

TEST_CASE("values of all sorts are transformed on SQLite") {
  sqlite_connection db(":memory:");
  two_keys<dialect>(db, numbers, "");
}

// ---- Structs inside of the structs

namespace {

struct shelf : dt::table<"shelf",
    dt::column<"rowid", dt::text>,
    dt::column<"size_width", dt::integer>,
    dt::column<"size_height", dt::integer>,
    dt::column<"area_of", dt::integer, dt::null>,
    dt::column<"ratio_of", dt::integer, dt::null>,
    dt::primary_key<"rowid">> {};
struct shelves : dt::schema<"1", shelf> {};
struct extent {
  std::int32_t width;
  std::int32_t height;
};
struct sized {
  extent size;
};
struct sum {
  std::int32_t of;
};
struct summed {
  sum area;
  sum ratio;
};
constexpr summed sum_up(const sized& s) { return {{s.size.width ^ s.size.height}, {s.size.height}}; }
constexpr sized take_apart(const summed& s) { return {{s.area.of ^ s.ratio.of, s.ratio.of}}; }
struct sum_all : dt::migration<shelves, dt::transform<"shelf", sum_up, take_apart>> {};
static_assert(dt::reversible<sum_all>);

}  // namespace

TEST_CASE("structs inside of structs are transformed, in a table with a column that is called rowid") {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, shelves>);
  db.execute("INSERT INTO shelf (rowid, size_width, size_height) VALUES ('b', 6, 3), ('a', 5, -1)");
  dt::run::run_up<dialect, sum_all>(db);
  using row = std::vector<std::optional<std::string>>;
  CHECK(rows(db, "SELECT rowid, area_of, ratio_of FROM shelf ORDER BY rowid") ==
        std::vector{row{"a", "-6", "-1"}, row{"b", "5", "3"}});
  db.execute("UPDATE shelf SET size_width = 0, size_height = 0");
  dt::run::run_down<dialect, sum_all>(db);
  CHECK(rows(db, "SELECT * FROM shelf ORDER BY rowid") ==
        std::vector{row{"a", "5", "-1", std::nullopt, std::nullopt}, row{"b", "6", "3", std::nullopt, std::nullopt}});
}
