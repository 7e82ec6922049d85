// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/fields.hpp>
#include <dovetail/run/transform.hpp>
#include <support/run_data.hpp>

/// What is tried with functions that transform rows on every server.
namespace run_transform {

using namespace run_data;
using text = dt::inline_text<60>;

// ---- Names that are split, and prices that are no cents any more

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"full_name", dt::varchar<60>>,
    dt::column<"cents", dt::integer, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};

struct whole {
  text full_name;
  std::optional<std::int32_t> cents;
};
struct parts {
  text first_name;
  text last_name;
  std::optional<std::int32_t> euros;
  std::optional<std::int16_t> rest;
};
/// At the last blank, which the last name keeps where there is no other.
constexpr parts split(const whole& w) {
  const std::string_view all = w.full_name;
  if (all == "the one that throws") throw std::runtime_error("no name");
  const std::size_t blank = all.rfind(' ');
  parts p;
  p.first_name = blank == all.npos ? all : all.substr(0, blank);
  p.last_name = blank == all.npos ? std::string_view() : all.substr(blank);
  if (w.cents) {
    p.euros = *w.cents / 100;
    p.rest = static_cast<std::int16_t>(*w.cents % 100);
  }
  return p;
}
constexpr whole join(const parts& p) {
  whole w;
  w.full_name = p.first_name;
  w.full_name += p.last_name;
  if (p.euros && p.rest) w.cents = *p.euros * 100 + *p.rest;
  return w;
}

constexpr whole ada() { return {"Ada Lovelace", 1299}; }
constexpr whole plato() { return {"Plato", -1}; }
using splitting = dt::transform<"customer", split, join, dt::samples<ada, plato>>;

struct split_names
    : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<"first_name", dt::varchar<60>, dt::null>>,
                                 dt::drop_column<"customer", "first_name">>,
                    dt::step<dt::add_column<"customer", dt::column<"last_name", dt::varchar<60>, dt::null>>,
                             dt::drop_column<"customer", "last_name">>,
                    dt::step<dt::add_column<"customer", dt::column<"euros", dt::integer, dt::null>>,
                             dt::drop_column<"customer", "euros">>,
                    dt::step<dt::add_column<"customer", dt::column<"rest", dt::smallint, dt::null>>,
                             dt::drop_column<"customer", "rest">>,
                    dt::step<dt::drop_not_null<"customer", "full_name">, dt::set_not_null<"customer", "full_name">>,
                    splitting,
                    dt::step<dt::set_not_null<"customer", "first_name">, dt::drop_not_null<"customer", "first_name">>> {};
/// The same in two, of which one can be begun again.
struct add_columns
    : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<"first_name", dt::varchar<60>, dt::null>>,
                                 dt::drop_column<"customer", "first_name">>,
                    dt::step<dt::add_column<"customer", dt::column<"last_name", dt::varchar<60>, dt::null>>,
                             dt::drop_column<"customer", "last_name">>,
                    dt::step<dt::add_column<"customer", dt::column<"euros", dt::integer, dt::null>>,
                             dt::drop_column<"customer", "euros">>,
                    dt::step<dt::add_column<"customer", dt::column<"rest", dt::smallint, dt::null>>,
                             dt::drop_column<"customer", "rest">>,
                    dt::step<dt::drop_not_null<"customer", "full_name">, dt::set_not_null<"customer", "full_name">>> {};
struct with_columns : dt::after<"1 with columns", add_columns> {};
struct only_split : dt::migration<with_columns, splitting> {};
struct v2 : dt::after<"2", split_names> {};
struct drop_names
    : dt::migration<v2, dt::lossy<"the way back makes it of the others",
                                  dt::step<dt::drop_column<"customer", "full_name">,
                                           dt::add_column<"customer", dt::column<"full_name", dt::varchar<60>, dt::null>>>>> {};
struct v3 : dt::after<"3", drop_names> {};

/// The rows that each batch has transformed.
struct transform_log {
  std::vector<std::size_t> batches;
  std::size_t rows = 0;
  std::size_t retries = 0;

  void operator()(const script_event& e) {
    if (e.why != nullptr) ++retries;
    if (e.why != nullptr || !e.what->in_client) return;
    batches.push_back(e.rows - rows);
    rows = e.rows;
  }
};

template <class Dialect, class Connection>
void add_customers(Connection& db, const std::string& numbers) {
  dt::run::run_script(db, dt::ddl<Dialect, v1>);
  db.execute(("INSERT INTO customer (full_name, cents) SELECT CASE WHEN n % 9 = 0 THEN 'Plato' || n ELSE 'First' || n || "
              "' M. Z\xC3\xA4hl' || n END, CASE WHEN n % 10 = 0 THEN NULL ELSE n * 7 - 20000 END FROM " + numbers)
                 .c_str());
  db.execute("DELETE FROM customer WHERE id % 11 = 0");
}

const std::string older = "SELECT id, full_name, cents FROM customer ORDER BY id";
const std::string newer = "SELECT id, first_name, last_name, euros, rest FROM customer ORDER BY id";

/// There and back again, also where the older column is dropped meanwhile.
template <class Dialect, class Connection>
void there_and_back(Connection& db, const std::string& numbers) {
  add_customers<Dialect>(db, numbers);
  const auto before = rows(db, older);
  REQUIRE(before.size() == 10000);

  transform_log log;
  dt::run::run_up<Dialect, split_names>(db, std::ref(log), no_rest);
  CHECK(log.batches.size() >= 10);
  CHECK(log.rows == 10000);
  CHECK((rows(db, older) == before));
  const auto split_rows = rows(db, newer);
  using row = std::vector<std::optional<std::string>>;
  CHECK(split_rows.at(0) == row{"1", "First1 M.", " Z\xC3\xA4hl1", "-199", "-93"});
  CHECK(split_rows.at(8) == row{"9", "Plato9", "", "-199", "-37"});
  CHECK(split_rows.at(9) == row{"10", "First10 M.", " Z\xC3\xA4hl10", std::nullopt, std::nullopt});

  dt::run::run_script(db, dt::up<Dialect, drop_names>);
  dt::run::run_script(db, dt::down<Dialect, drop_names>);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE full_name IS NOT NULL") == "0");
  transform_log back;
  dt::run::run_down<Dialect, split_names>(db, std::ref(back), no_rest);
  CHECK(back.rows == 10000);
  CHECK((rows(db, older) == before));
}

/// Stopped after some batches, each way, and begun again at its statement.
template <class Dialect, class Connection>
void stop_and_go(Connection& db, const std::string& numbers) {
  struct stopped {};
  add_customers<Dialect>(db, numbers);
  const auto before = rows(db, older);
  dt::run::run_script(db, dt::up<Dialect, add_columns>);

  const auto stop_after = [](transform_log& log, std::size_t batches) {
    return [&log, batches](const script_event& e) {
      log(e);
      if (log.batches.size() == batches) throw stopped();
    };
  };
  transform_log first;
  CHECK_THROWS_AS((dt::run::run_up<Dialect, only_split>(db, stop_after(first, 4), no_rest)), stopped);
  CHECK_FALSE(db.in_transaction());
  CHECK(first.rows < 4500);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE last_name IS NOT NULL") == std::to_string(first.rows));
  // What releases have written stays as it is.
  db.execute("UPDATE customer SET first_name = 'own', last_name = '' WHERE id IN (1, 10998)");
  transform_log rest;
  dt::run::run_up<Dialect, only_split>(db, std::ref(rest), no_rest);
  CHECK(rest.batches.at(0) == 0);
  CHECK(rest.rows == 10000 - first.rows - 1);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE first_name = 'own'") == "2");
  db.execute("UPDATE customer SET first_name = full_name, euros = cents / 100, rest = cents % 100 WHERE id IN (1, 10998)");
  CHECK((rows(db, older) == before));

  transform_log back;
  CHECK_THROWS_AS((dt::run::run_down<Dialect, only_split>(db, stop_after(back, 3), no_rest)), stopped);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE last_name IS NULL") == std::to_string(back.rows));
  dt::run::run_down<Dialect, only_split>(db, std::ref(rest), no_rest);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE coalesce(first_name, last_name) IS NOT NULL OR euros IS NOT NULL") == "0");
  CHECK((rows(db, older) == before));
}

/// A row for which the function throws, and one that has nothing to be transformed: what is done before stands.
template <class Dialect, class Connection>
void fail(Connection& db, const std::string& numbers) {
  add_customers<Dialect>(db, numbers);
  dt::run::run_script(db, dt::up<Dialect, add_columns>);
  db.execute("UPDATE customer SET full_name = 'the one that throws' WHERE id = 5000");
  CHECK_THROWS_WITH((dt::run::run_up<Dialect, only_split>(db, no_rest)), "no name");
  CHECK_FALSE(db.in_transaction());
  CHECK(value(db, "SELECT max(id) FROM customer WHERE last_name IS NOT NULL") == "4399");
  db.execute("UPDATE customer SET full_name = NULL WHERE id = 5000");
  try {
    dt::run::run_up<Dialect, only_split>(db, no_rest);
    CHECK(false);
  } catch (const dt::run::script_error& e) {
    CHECK(std::string(e.cause().message()) == "it finds 1 rows, and should find none");
  }
  CHECK(value(db, "SELECT count(*) FROM customer WHERE last_name IS NULL") == "1");
  db.execute("UPDATE customer SET full_name = 'Me' WHERE id = 5000");
  transform_log log;
  dt::run::run_up<Dialect, only_split>(db, std::ref(log), no_rest);
  CHECK(log.rows == 1);
}

// ---- Values of all sorts, in a table whose key has two columns

enum class state { open, paid };
struct state_labels : dt::enumeration<"state", "open", "paid"> {};
struct reading : dt::table<"reading",
    dt::column<"place", dt::text>,
    dt::column<"number", dt::integer>,
    dt::column<"value", dt::double_precision>,
    dt::column<"rough", dt::real>,
    dt::column<"good", dt::boolean>,
    dt::column<"state", state_labels>,
    dt::column<"price", dt::numeric<10, 2>>,
    dt::column<"code", dt::smallint, dt::null>,
    dt::column<"value2", dt::double_precision, dt::null>,
    dt::column<"rough2", dt::real, dt::null>,
    dt::column<"bad", dt::boolean, dt::null>,
    dt::column<"state2", state_labels, dt::null>,
    dt::column<"price2", dt::numeric<10, 2>, dt::null>,
    dt::column<"code2", dt::smallint, dt::null>,
    dt::primary_key<"place", "number">> {};
struct readings : dt::schema<"1", reading> {};
struct measured {
  double value;
  float rough;
  bool good;
  run_transform::state state;
  dt::decimal<10, 2> price;
  std::optional<std::int16_t> code;
};
struct turned {
  double value2;
  float rough2;
  bool bad;
  run_transform::state state2;
  dt::decimal<10, 2> price2;
  std::optional<std::int16_t> code2;
};
constexpr state other(state s) { return s == state::open ? state::paid : state::open; }
constexpr turned turn(const measured& m) {
  return {-m.value, -m.rough, !m.good, other(m.state), {-m.price.units}, m.code};
}
constexpr measured turn_back(const turned& t) {
  return {-t.value2, -t.rough2, !t.bad, other(t.state2), {-t.price2.units}, t.code2};
}
struct turn_all : dt::migration<readings, dt::transform<"reading", turn, turn_back>> {};
static_assert(dt::reversible<turn_all>);

template <class Dialect, class Connection>
void two_keys(Connection& db, const std::string& numbers, const std::string& as_state) {
  dt::run::run_script(db, dt::ddl<Dialect, readings>);
  db.execute(("INSERT INTO reading (place, number, value, rough, good, state, price, code) SELECT 'p' || (n * 7919 % 13), n, "
              "n / 7.0, n / 8.0, n % 2 = 0, (CASE WHEN n % 3 = 0 THEN 'open' ELSE 'paid' END)" + as_state + ", n * 0.25, NULL FROM " + numbers)
                 .c_str());
  const std::string all = "SELECT * FROM reading ORDER BY place, number";
  const auto before = rows(db, all);
  REQUIRE(before.size() == 10999);
  transform_log log;
  dt::run::run_up<Dialect, turn_all>(db, std::ref(log), no_rest);
  CHECK(log.rows == 10999);
  CHECK(value(db, "SELECT count(*) FROM reading WHERE value2 = -value AND rough2 = -rough AND bad <> good AND state2 <> state AND "
                  "price2 = -price AND code2 IS NULL") == "10999");
  // What stood there is computed again.
  db.execute("UPDATE reading SET value = 0, rough = 0, price = 0, state = 'open', code = 3");
  dt::run::run_down<Dialect, turn_all>(db, std::ref(log), no_rest);
  CHECK((rows(db, all) == before));
}

/// No script has the functions, and so none is run without them.
template <class Dialect, class Connection>
void refuse(Connection& db) {
  dt::run::run_script(db, dt::ddl<Dialect, v1>);
  CHECK_THROWS_AS(dt::run::run_script(db, dt::up<Dialect, split_names>), std::logic_error);
  CHECK_THROWS_AS(dt::run::run_script(db, dt::down<Dialect, split_names>), std::logic_error);
  CHECK(rows(db, older).empty());
  CHECK_THROWS_AS(db.query("SELECT first_name FROM customer"), dt::run::database_error);
}

}  // namespace run_transform
