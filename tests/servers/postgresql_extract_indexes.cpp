// SPDX-License-Identifier: BSL-1.0
// A column with a unique constraint and indexes becomes a table, on the server that DOVETAIL_POSTGRES names, while older and
// newer releases hand its values from row to row.
#include <libpq-fe.h>

#include <dovetail/extract.hpp>

#include <support/phases.hpp>
#include <support/postgresql_way.hpp>

using namespace test;

namespace {

constexpr int rows = 40;
constexpr int codes = 30;

using id = dt::column<"id", dt::bigint>;
using one_code = dt::unique<"it's one code", "code">;
using by_length = dt::index_on<"by length", dt::element_sql<"length(code)">, dt::where<"code > 'c'">>;
using one_each = dt::unique_index<"one each", "code", "id">;
template <class... Parts>
using seat = dt::table<"seat", id, dt::column<"name", dt::text>, dt::primary_key<"id">, Parts...>;

struct first : dt::schema<"1", seat<dt::column<"code", dt::text, dt::null>, one_code, by_length, one_each>> {};
using phases = phases_of<first, dt::gradual_extract_table<"seat", "ticket", "code">>;
struct ticket
    : dt::table<"ticket", id, dt::column<"code", dt::text>, dt::primary_key<"id">,
                dt::foreign_key<"ticket_fkey", dt::columns<"id">, dt::references<"seat", "id">, dt::on_delete<dt::cascade>,
                                dt::on_update<dt::cascade>>, one_code, by_length, one_each> {};
struct in_full : dt::schema<"4", seat<>, ticket> {};
static_assert(dt::same<phases::v4, in_full>);

/// Each code is one row's at any time.
void hand_over(postgres_connection& c, random_source& random, bool older) {
  const std::string table = older ? "seat" : "ticket";
  const std::string from = std::to_string(random.below(rows));
  const std::string to = std::to_string(random.below(rows));
  const auto code_of = [&](const std::string& row) -> std::optional<std::string> {
    const auto found = c.run("SELECT code FROM " + table + " WHERE id = $1", {row});
    return found.empty() ? std::nullopt : found[0][0];
  };
  c.run("BEGIN");
  c.run("SELECT FROM seat WHERE id IN ($1, $2) ORDER BY id FOR UPDATE", {from, to});
  const auto code = code_of(from);
  if (code && !code_of(to)) {
    c.run(older ? "UPDATE seat SET code = NULL WHERE id = $1" : "DELETE FROM ticket WHERE id = $1", {from});
    c.run(older ? "UPDATE seat SET code = $2 WHERE id = $1" : "INSERT INTO ticket (id, code) VALUES ($1, $2)", {to, code});
  }
  c.run("COMMIT");
}
void take_what_is_not_free(postgres_connection& c, random_source& random, bool older) {
  const std::string row = std::to_string(random.below(rows));
  const std::string code = "c" + std::to_string(random.below(codes));
  try {
    const auto taken = c.run(older ? "UPDATE seat SET code = $2 WHERE id = $1 AND code IS NULL RETURNING 1"
                                   : "INSERT INTO ticket (id, code) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM ticket WHERE id = $1) RETURNING 1",
                             {row, code});
    if (!taken.empty()) throw std::runtime_error("two rows have " + code);
  } catch (const postgres_error& e) {
    if (e.sqlstate != "23505") throw;
  }
}
void count(postgres_connection& c, bool older) {
  const std::string all = "SELECT count(code) || ' ' || count(DISTINCT code) FROM ";
  const std::string found = c.value(all + (older ? "seat" : "ticket")).value();
  if (found != "30 30") throw std::runtime_error("codes of rows, and codes: " + found);
}

}  // namespace

TEST_CASE("a column and its indexes become a table and come back, and each value stays one row's") {
  postgres_connection c;
  way<phases> through(c);
  c.run("INSERT INTO seat SELECT i, 'n', CASE WHEN i < 30 THEN 'c' || i END FROM generate_series(0, 39) i");
  workers at_work(
      [](postgres_connection& worker, random_source& random, std::size_t, bool older) {
        switch (random.below(4)) {
          case 0: take_what_is_not_free(worker, random, older); break;
          case 1: count(worker, older); break;
          default: hand_over(worker, random, older);
        }
      },
      worker_count);
  through.go(at_work);
  count(c, true);
}
