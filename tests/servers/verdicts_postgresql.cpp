// SPDX-License-Identifier: BSL-1.0
// The verdicts of compat/verdict.hpp against what happens on the server that DOVETAIL_POSTGRES names.
#include <dovetail/run/postgresql.hpp>

#include <memory>

#include <support/catch.hpp>
#include <support/cells.hpp>
#include <support/postgresql_cells.hpp>

using namespace test;

namespace {

const std::string place = "\"dovetail cells\"";

struct cell_server {
  using connection = cells::postgresql::connection;
  using dialect = cells::postgresql::dialect;
  static constexpr bool is_sqlite = false;

  /// In a zone whose distance from UTC changes, and was once no whole number of minutes.
  static std::unique_ptr<connection> open(const model::schema& s) {
    auto db = cells::postgresql::connect(place, "America/New_York");
    cells::postgresql::create(*db, place, creation_of<dialect>(s));
    return db;
  }
  static void put(connection& db, const model::column&, const cells::text_value& value) {
    cells::postgresql::execute(db, "INSERT INTO \"cell\" VALUES (" + cells::postgresql::literal(value) + ')');
  }
  /// By a session in another zone.
  static cells::comparison compare(connection&, const dt::sql_type& type, const std::string& own,
                                   const cells::text_value& value) {
    static const std::unique_ptr<connection> other = cells::postgresql::connect(place, "Asia/Kathmandu");
    return cells::postgresql::compare(*other, "\"value\"", "\"cell\"", type, own, value);
  }
  /// The server compares the column with a value of this type.
  static bool comparable(connection& db, const std::string& own) {
    try {
      cells::postgresql::execute(db, "SELECT FROM \"cell\" WHERE \"value\" = CAST(NULL AS " + own + ')');
      return true;
    } catch (const dt::run::database_error& e) {
      if (e.code() != "42883") throw;  // undefined_function
      return false;
    }
  }
};

}  // namespace

TEST_CASE("each cell of the table of verdicts is what PostgreSQL does") {
  const cells::report r = cells::check_cells<cell_server>();
  std::cout << "PostgreSQL: " << r.summary();
  CHECK(r.surprises(cells::server::postgresql) == "");
}
