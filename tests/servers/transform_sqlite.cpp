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
