// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/script.hpp>
#include <support/catch.hpp>
#include <support/rows_script.hpp>

/// What is tried with changes of rows on every server.
namespace run_data {

namespace dt = dovetail;
using dt::run::script_event;

constexpr dt::run::patience no_rest{10, std::chrono::milliseconds(1), std::chrono::milliseconds(20), 0};

inline std::vector<dt::statement> statements_of(const auto& composed) {
  std::vector<dt::statement> all;
  for (std::size_t i = 0; i != composed.script.size(); ++i) {
    all.push_back(composed.facts(i));
    all.back().text = composed[i];
  }
  return all;
}

template <class Connection>
std::string value(Connection& db, const std::string& query) {
  return db.query(query.c_str()).at(0).at(0).value_or("NULL");
}
template <class Connection>
std::vector<std::vector<std::optional<std::string>>> rows(Connection& db, const std::string& query) {
  return db.query(query.c_str());
}

/// The rows that each batch has changed.
struct batch_log {
  std::vector<std::size_t> batches;
  std::size_t rows = 0;
  std::size_t retries = 0;

  void operator()(const script_event& e) {
    if (e.why != nullptr) {
      ++retries;
    } else if (e.what->table == "customer" && e.rows != rows) {
      batches.push_back(e.rows - rows);
      rows = e.rows;
    }
  }
};

// ---- A column that is filled

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"full_name", dt::text>,
    dt::column<"nickname", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct fill : dt::migration<v1, dt::step<dt::backfill<"customer", "nickname", "lower(full_name)">,
                                         dt::clear_column<"customer", "nickname">>> {};
static_assert(dt::reversible<fill>);

template <class Dialect, class Connection>
void fill_batches(Connection& db) {
  dt::run::run_script(db, dt::ddl<Dialect, v1>);
  db.execute("INSERT INTO customer (full_name) SELECT 'Name ' || n FROM (WITH RECURSIVE c (n) AS "
             "(SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3500) SELECT n FROM c) AS numbers");
  db.execute("DELETE FROM customer WHERE id % 7 = 0");
  db.execute("UPDATE customer SET nickname = 'own' WHERE id <= 10 OR id = 2000");
  const auto before = rows(db, "SELECT id, full_name FROM customer ORDER BY id");
  REQUIRE(before.size() == 3000);

  batch_log log;
  dt::run::run_script(db, dt::up<Dialect, fill>, std::ref(log), no_rest);
  CHECK(log.batches == std::vector<std::size_t>{991, 999, 1000});
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname IS NULL") == "0");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname = lower(full_name)") == "2990");
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname = 'own'") == "10");

  batch_log again;
  dt::run::run_script(db, dt::up<Dialect, fill>, std::ref(again), no_rest);
  CHECK(again.rows == 0);

  batch_log back;
  dt::run::run_script(db, dt::down<Dialect, fill>, std::ref(back), no_rest);
  CHECK(back.rows == 3000);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname IS NOT NULL") == "0");
  CHECK(rows(db, "SELECT id, full_name FROM customer ORDER BY id") == before);

  // Stopped after the second batch, and begun again.
  struct stopped {};
  batch_log first;
  CHECK_THROWS_AS(dt::run::run_script(
                      db, dt::up<Dialect, fill>,
                      [&](const script_event& e) {
                        first(e);
                        if (first.batches.size() == 2) throw stopped();
                      },
                      no_rest),
                  stopped);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname IS NULL") == "1000");
  batch_log rest;
  dt::run::run_script(db, dt::up<Dialect, fill>, std::ref(rest), no_rest);
  CHECK(rest.rows == 1000);
  CHECK(value(db, "SELECT count(*) FROM customer WHERE nickname = lower(full_name)") == "3000");
}

/// Each row of a table is visited once, whatever orders the rows: `t` has a column `n`, which is 0 in all of them.
template <class Dialect, class Version, class Connection>
void visit_once(Connection& db, std::size_t count, bool batched = true) {
  constexpr dt::model::assignment more[]{{"n", "n + 1"}};
  const test::rows_script<Dialect, Version> composed("t", more, "");
  const std::vector<dt::statement> all = statements_of(composed);
  std::size_t changed = 0;
  std::size_t batches = 0;
  dt::run::run_script(
      db, dt::ddl_script(all.data(), all.size()),
      [&](const script_event& e) {
        batches += e.rows > changed;
        changed = std::max(changed, e.rows);
      },
      no_rest);
  if (batched) CHECK(changed == count);
  CHECK(batches == (batched ? (count + 999) / 1000 : 0));
  CHECK(value(db, "SELECT count(*) FROM t WHERE n = 1") == std::to_string(count));
  CHECK(value(db, "SELECT count(*) FROM t") == std::to_string(count));
}

// ---- Rows that are inserted

struct state : dt::enumeration<"state", "open", "it's \\ open"> {};
struct currency : dt::table<"currency",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"code \" --", dt::text>,
    dt::column<"digits", dt::smallint>,
    dt::column<"rate", dt::numeric<6, 2>, dt::null>,
    dt::column<"used", dt::boolean, dt::default_value<true>>,
    dt::column<"state", state, dt::null>,
    dt::column<"since", dt::date, dt::null>,
    dt::primary_key<"id">,
    dt::unique<"code_key", "code \" --", "digits">> {};
struct with_currency : dt::schema<"1", currency> {};
template <class... Rows>
using put = dt::insert_rows<"currency", dt::columns<"code \" --", "digits", "rate", "used", "state", "since">, Rows...>;
struct references
    : dt::migration<with_currency,
                    dt::step<put<dt::row<"EUR", 2, "1.00", true, "open", "2002-01-01">,
                                 dt::row<"'; DROP TABLE currency; --", -3, "-9999.99", false, dt::null{}, dt::null{}>,
                                 dt::row<"a\\'b\"c $1 \xC3\xA4\n%", 0, dt::null{}, true, "it's \\ open", dt::null{}>>,
                             dt::delete_rows<"currency", dt::columns<"digits", "code \" --">,
                                             dt::row<0, "a\\'b\"c $1 \xC3\xA4\n%">, dt::row<2, "EUR">,
                                             dt::row<-3, "'; DROP TABLE currency; --">>>> {};
static_assert(dt::reversible<references>);

/// `truth(b)` is how the server writes true and false.
template <class Dialect, class Connection, class Truth>
void insert_and_delete(Connection& db, Truth truth) {
  dt::run::run_script(db, dt::ddl<Dialect, with_currency>);
  db.execute("INSERT INTO currency (\"code \"\" --\", digits) VALUES ('EUR', 0), ('own', 2)");
  const std::string all =
      "SELECT \"code \"\" --\", digits, rate, used, state, since FROM currency ORDER BY id";
  const auto before = rows(db, all);
  REQUIRE(before.size() == 2);

  dt::run::run_script(db, dt::up<Dialect, references>);
  using row = std::vector<std::optional<std::string>>;
  auto wanted = before;
  wanted.push_back(row{"EUR", "2", truth(std::string("1.00")), truth(true), "open", "2002-01-01"});
  wanted.push_back(row{"'; DROP TABLE currency; --", "-3", "-9999.99", truth(false), std::nullopt, std::nullopt});
  wanted.push_back(row{"a\\'b\"c $1 \xC3\xA4\n%", "0", std::nullopt, truth(true), "it's \\ open", std::nullopt});
  CHECK(rows(db, all) == wanted);

  // A key that is there is refused, and nothing is changed.
  db.execute("UPDATE currency SET rate = 7 WHERE digits = -3");
  const auto changed = rows(db, all);
  CHECK_THROWS_AS(dt::run::run_script(db, dt::up<Dialect, references>), dt::run::script_error);
  CHECK(rows(db, all) == changed);

  dt::run::run_script(db, dt::down<Dialect, references>);
  CHECK(rows(db, all) == before);
}

// ---- SQL that nobody understands

struct opaque
    : dt::migration<v1, dt::step<dt::run_sql<"no step copies rows", "INSERT INTO customer (full_name) VALUES ('a;b')">,
                                 dt::run_sql<"no step does", "DELETE FROM customer WHERE full_name = 'a;b' -- ; all">>,
                    dt::step<dt::run_sql<"statistics", "ANALYZE customer", dt::locks<"customer", dt::lock_mode::share_update_exclusive>,
                                         dt::scans_table, dt::run_again>,
                             dt::run_sql<"nothing to undo", "SELECT 1">>,
                    dt::step<dt::run_sql<"room", "VACUUM", dt::outside_transaction, dt::for_postgresql<"VACUUM customer">>,
                             dt::run_sql<"nothing to undo", "SELECT 1", dt::outside_transaction,
                                         dt::locks<"customer", dt::lock_mode::share>>>> {};

template <class Dialect, class Connection>
void run_opaque(Connection& db) {
  dt::run::run_script(db, dt::ddl<Dialect, v1>);
  dt::run::run_script(db, dt::up<Dialect, opaque>);
  CHECK(value(db, "SELECT full_name FROM customer") == "a;b");
  dt::run::run_script(db, dt::down<Dialect, opaque>);
  CHECK(value(db, "SELECT count(*) FROM customer") == "0");
}

}  // namespace run_data
