// SPDX-License-Identifier: BSL-1.0
// The verdicts of compat/verdict.hpp against what happens on SQLite.
#include <dovetail/run/sqlite.hpp>

#include <memory>

#include <support/catch.hpp>
#include <support/cells.hpp>
#include <support/sqlite_cells.hpp>

using namespace test;

namespace {

struct cell_server {
  using connection = cells::sqlite::connection;
  using dialect = cells::sqlite::dialect;
  static constexpr bool is_sqlite = true;

  static std::unique_ptr<connection> open(const model::schema& s) {
    auto db = std::make_unique<connection>(":memory:");
    for (const run_statement& each : creation_of<dialect>(s))
      db->execute({each.text.data(), each.text.size()});
    return db;
  }
  static void put(connection& db, const model::column& c, const cells::text_value& value) {
    const std::string insert = "INSERT INTO \"cell\" VALUES (" + cells::sqlite::literal(c.type, value) + ')';
    db.execute({insert.data(), insert.size()});
  }
  static cells::comparison compare(connection& db, const dt::sql_type& type, const std::string& own,
                                   const cells::text_value& value) {
    return cells::sqlite::compare(db, "\"value\"", "\"cell\"", type, own, value);
  }
  /// SQLite compares everything.
  static bool comparable(connection&, const std::string&) { return true; }
};

}  // namespace

TEST_CASE("each cell of the table of verdicts is what SQLite does") {
  const cells::report r = cells::check_cells<cell_server>();
  std::cout << "SQLite: " << r.summary();
  CHECK(r.surprises(cells::server::sqlite) == "");
}
