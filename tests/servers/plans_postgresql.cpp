// SPDX-License-Identifier: BSL-1.0
// `outdated_plans` against what the server that DOVETAIL_POSTGRES names does with statements that were prepared before.
#include <dovetail/run/postgresql.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>
#include <dovetail/plans.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_cells.hpp>

namespace dt = dovetail;

namespace {

using dialect = dt::postgresql<15>;
using connection = dt::run::postgresql_connection;

struct stage_1 : dt::enumeration<"stage", "open"> {};
struct stage_2 : dt::enumeration<"stage", "open", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"count", dt::integer>,
                            dt::column<"code", dt::varchar<10>>, dt::column<"total", dt::numeric<10, 2>>,
                            dt::column<"at", dt::precise<dt::timestamptz, 3>>, dt::column<"tags", dt::array<dt::varchar<10>>>,
                            dt::column<"stage", stage_1>, dt::column<"other", dt::integer>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", purchase> {};

template <dt::fixed_string Column, class Type, class Old>
using retype = dt::step<dt::set_type<"purchase", Column, Type>, dt::set_type<"purchase", Column, Old>>;
struct widen_count : dt::migration<v1, retype<"count", dt::bigint, dt::integer>> {};
struct widen_code : dt::migration<v1, retype<"code", dt::varchar<20>, dt::varchar<10>>> {};
struct code_of_any_length : dt::migration<v1, retype<"code", dt::text, dt::varchar<10>>> {};
struct widen_total : dt::migration<v1, retype<"total", dt::numeric<12, 2>, dt::numeric<10, 2>>> {};
struct precise_at : dt::migration<v1, retype<"at", dt::timestamptz, dt::precise<dt::timestamptz, 3>>> {};
struct widen_tags : dt::migration<v1, retype<"tags", dt::array<dt::varchar<20>>, dt::array<dt::varchar<10>>>> {};
struct order_code : dt::migration<v1, dt::step<dt::set_collation<"purchase", "code", "C">, dt::drop_collation<"purchase", "code">>> {};
struct add_note : dt::migration<v1, dt::step<dt::add_column<"purchase", dt::column<"note", dt::text, dt::null>>,
                                             dt::drop_column<"purchase", "note">>> {};
struct allow_null : dt::migration<v1, dt::step<dt::drop_not_null<"purchase", "count">, dt::set_not_null<"purchase", "count">>> {};
struct more_stages : dt::migration<v1, dt::step<dt::add_label<stage_2, "paid">, dt::drop_label<stage_1, "paid">>> {};
struct v2 : dt::after<"2", more_stages> {};
struct fewer_stages : dt::migration<v2, dt::step<dt::drop_label<stage_1, "paid">, dt::add_label<stage_2, "paid">>> {};
struct widen_other : dt::migration<v1, retype<"other", dt::bigint, dt::integer>> {};

struct line {
  std::int64_t count;
  std::string code;
  dt::text_of<dt::any_numeric> total;
  dt::text_of<dt::timestamptz> at;
  std::vector<std::optional<std::string>> tags;
  std::string stage;
};
using reads_line = dt::reads<"purchase", line>;
struct doubled {
  std::int64_t twice;
};
using computes = dt::reads<"purchase", doubled, dt::computed<"twice", dt::bigint, dt::expression<"2 * count">, dt::columns<"count">>>;
struct reader : dt::release<"7", reads_line> {};
struct computer : dt::release<"8", computes> {};

template <class Version, class Migration, class Release>
constexpr bool is_outdated = !dt::outdated_plans<dt::rollout<dt::live<Version, Release>, dt::migrate<Migration>>>.empty();

const std::string place = "plans";

std::string code_of(connection& db) {
  try {
    db.execute("EXECUTE lines");
  } catch (const dt::run::database_error& e) {
    return e.code();
  }
  return "none";
}

/// A session that has prepared a statement before a migration, after it, and after its way back, where all is as it was.
template <class Version, class Migration, class Release, class Reads>
void check_plans(const std::string& back = "none") {
  INFO(std::string(dt::detail::type_name<Migration>));
  const auto db = test::cells::postgresql::connect(place, "UTC");
  const auto other = test::cells::postgresql::connect(place, "UTC");
  test::cells::postgresql::execute(*db, "DEALLOCATE ALL");
  test::cells::postgresql::execute(*db, "PREPARE lines AS " + std::string(dt::run::statement_of<Reads>));
  CHECK(code_of(*db) == "none");
  dt::run::run_script(*other, dt::up<dialect, Migration>);
  CHECK(code_of(*db) == (is_outdated<Version, Migration, Release> ? "0A000" : "none"));
  dt::run::run_script(*other, dt::down<dialect, Migration>);
  CHECK(code_of(*db) == back);
}

}  // namespace

TEST_CASE("a statement that was prepared before fails once where outdated_plans says so, and nowhere else") {
  const auto db = test::cells::postgresql::connect(place, "UTC");
  test::cells::postgresql::execute(*db, "DROP SCHEMA IF EXISTS plans CASCADE");
  test::cells::postgresql::execute(*db, "CREATE SCHEMA plans");
  dt::run::run_script(*db, dt::ddl<dialect, v1>);
  check_plans<v1, widen_count, reader, reads_line>();
  check_plans<v1, widen_code, reader, reads_line>();
  check_plans<v1, code_of_any_length, reader, reads_line>();
  check_plans<v1, widen_total, reader, reads_line>();
  check_plans<v1, precise_at, reader, reads_line>();
  check_plans<v1, widen_tags, reader, reads_line>();
  check_plans<v1, order_code, reader, reads_line>();
  check_plans<v1, add_note, reader, reads_line>();
  check_plans<v1, allow_null, reader, reads_line>();
  check_plans<v1, more_stages, reader, reads_line>("0A000");  // the enumeration is made anew without the label
  check_plans<v1, widen_other, reader, reads_line>();
  check_plans<v1, widen_count, computer, computes>();
  dt::run::run_script(*db, dt::up<dialect, more_stages>);
  check_plans<v2, fewer_stages, reader, reads_line>("0A000");
  static_assert(is_outdated<v1, widen_count, reader> && is_outdated<v1, widen_code, reader> && is_outdated<v1, order_code, reader> &&
                is_outdated<v2, fewer_stages, reader> && !is_outdated<v1, more_stages, reader> &&
                is_outdated<v1, widen_count, computer> && !is_outdated<v1, add_note, reader> && !is_outdated<v1, widen_other, reader>);
}

namespace {

struct account : dt::table<"account", dt::column<"id", dt::bigint>, dt::column<"visits", dt::integer>, dt::primary_key<"id">> {};
struct accounts : dt::schema<"accounts", account> {};
using wider = dt::gradual_widen_column<"account", "visits", dt::bigint>;
struct expand_visits : dt::expand<accounts, wider> {};
struct accounts_2 : dt::after<"accounts 2", expand_visits> {};
struct fill_visits : dt::fill<accounts_2, wider> {};
struct accounts_3 : dt::after<"accounts 3", fill_visits> {};
struct contract_visits : dt::contract<accounts_3, wider> {};
struct visited {
  std::int64_t id;
  std::int64_t visits;
};
using reads_visits = dt::reads<"account", visited>;
struct visitor : dt::release<"9", reads_visits> {};

}  // namespace

TEST_CASE("so it is of a column that is widened under its name, where the two exchange their names") {
  const auto db = test::cells::postgresql::connect(place, "UTC");
  test::cells::postgresql::execute(*db, "DROP SCHEMA IF EXISTS plans CASCADE");
  test::cells::postgresql::execute(*db, "CREATE SCHEMA plans");
  dt::run::run_script(*db, dt::ddl<dialect, accounts>);
  check_plans<accounts, expand_visits, visitor, reads_visits>();
  dt::run::run_script(*db, dt::up<dialect, expand_visits>);
  dt::run::run_script(*db, dt::up<dialect, fill_visits>);
  check_plans<accounts_3, contract_visits, visitor, reads_visits>();
  static_assert(is_outdated<accounts_3, contract_visits, visitor> && !is_outdated<accounts, expand_visits, visitor>);
}
