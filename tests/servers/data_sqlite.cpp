// SPDX-License-Identifier: BSL-1.0
// Changes of rows on SQLite.
#include <dovetail/run/sqlite.hpp>

#include <string>

#include <support/run_data.hpp>

using namespace run_data;
using dt::run::sqlite_connection;
using dialect = dt::sqlite<3, 40>;

TEST_CASE("a column is filled in batches on SQLite, stopped, begun again, and cleared") {
  sqlite_connection db(":memory:");
  fill_batches<dialect>(db);
}

TEST_CASE("reference rows on SQLite") {
  sqlite_connection db(":memory:");
  insert_and_delete<dialect>(db, [](auto v) {
    if constexpr (std::is_same_v<decltype(v), bool>)
      return std::string(v ? "1" : "0");
    else
      return v == "1.00" ? std::string("1") : v;  // a number there
  });
}

TEST_CASE("SQL of the user on SQLite") {
  sqlite_connection db(":memory:");
  run_opaque<dialect>(db);
}

namespace {

template <class... Parts>
struct with : dt::schema<"1", dt::table<"t", dt::column<"n", dt::integer>, Parts...>> {};
template <class Version>
void visit(const std::string& columns, const std::string& values, bool batched = true) {
  sqlite_connection db(":memory:");
  dt::run::run_script(db, dt::ddl<dialect, Version>);
  db.execute(("WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2500) INSERT INTO t (n" +
              columns + ") SELECT 0" + values + " FROM c")
                 .c_str());
  visit_once<dialect, Version>(db, 2500, batched);
}

}  // namespace

TEST_CASE("each row is visited once on SQLite, whatever its key is") {
  visit<with<dt::column<"id", dt::bigint, dt::identity_by_default>, dt::primary_key<"id">>>(", id", ", i * 3 - 3000");
  visit<with<dt::column<"k", dt::text>, dt::primary_key<"k">>>(", k", ", 'k' || (i * 7919 % 2503)");
  visit<with<dt::column<"rowid", dt::text>>>(", rowid", ", 'x'");
  visit<with<dt::column<"rowid", dt::text>, dt::column<"oid", dt::text>, dt::column<"_ROWID_", dt::text>>>(
      ", rowid, oid, _rowid_", ", 'x', 'y', 'z'", false);
}

TEST_CASE("the least and the largest number of a row on SQLite") {
  sqlite_connection db(":memory:");
  using version = with<dt::column<"id", dt::bigint, dt::identity_by_default>, dt::primary_key<"id">>;
  dt::run::run_script(db, dt::ddl<dialect, version>);
  db.execute("INSERT INTO t (n, id) VALUES (0, -9223372036854775808), (0, -1), (0, 9223372036854775807)");
  visit_once<dialect, version>(db, 3);
}
