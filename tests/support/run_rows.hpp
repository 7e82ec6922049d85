// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/run/check_length.hpp>
#include <dovetail/run/connection.hpp>
#include <dovetail/run/script.hpp>
#include <dovetail/run/units.hpp>

#include "catch.hpp"

/// Rows of every type through a connection and back, the same for each server.
namespace run_rows {

namespace dt = dovetail;
using std::chrono::sys_time, std::chrono::microseconds, std::chrono::year_month_day;

enum class color { red, green, blue };
struct color_type : dt::enumeration<"color", "red", "green", "blue"> {};

// Names that have to be quoted, and a column's name that has to be quoted well.
struct thing_table : dt::table<"thing \"; DROP TABLE x",
    dt::column<"id", dt::bigint>,
    dt::column<"flag", dt::boolean>,
    dt::column<"small", dt::smallint>,
    dt::column<"medium", dt::integer>,
    dt::column<"large", dt::bigint>,
    dt::column<"ratio", dt::real>,
    dt::column<"factor", dt::double_precision>,
    dt::column<"na\"me", dt::text>,
    dt::column<"short_name", dt::varchar<5>, dt::null>,
    dt::column<"amount", dt::numeric<15, 4>>,
    dt::column<"color", color_type>,
    dt::column<"data", dt::bytea>,
    dt::column<"at", dt::timestamptz>,
    dt::column<"on", dt::date>,
    dt::primary_key<"id">> {};
struct numbered_table : dt::table<"numbered",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"flag", dt::boolean, dt::null, dt::default_value<true>>,
    dt::column<"whole", dt::bigint, dt::null>,
    dt::column<"factor", dt::double_precision, dt::null>,
    dt::column<"text", dt::text, dt::null>,
    dt::column<"amount", dt::numeric<15, 4>, dt::null>,
    dt::column<"color", color_type, dt::null>,
    dt::column<"data", dt::bytea, dt::null>,
    dt::column<"at", dt::timestamptz, dt::null, dt::default_sql<"CURRENT_TIMESTAMP">>,
    dt::column<"on", dt::date, dt::null>,
    dt::primary_key<"id">> {};
struct version : dt::schema<"1", thing_table, numbered_table> {};

struct thing {
  std::int64_t id = 0;
  bool flag = false;
  std::int16_t small = 0;
  std::int32_t medium = 0;
  std::int64_t large = 0;
  float ratio = 0;
  double factor = 0;
  std::string name;
  std::optional<std::string> short_name;
  dt::decimal<15, 4> amount;
  run_rows::color color = run_rows::color::red;
  std::vector<std::byte> data;
  sys_time<microseconds> at;
  year_month_day on{std::chrono::year(2000), std::chrono::month(1), std::chrono::day(1)};

  friend bool operator==(const thing&, const thing&) = default;
};
using put_thing = dt::inserts<"thing \"; DROP TABLE x", thing, dt::field<&thing::name, "na\"me">>;
using get_thing = dt::reads<"thing \"; DROP TABLE x", thing, dt::field<&thing::name, "na\"me">>;
using change_thing = dt::updates<"thing \"; DROP TABLE x", thing, dt::key<"id">, dt::field<&thing::name, "na\"me">>;

struct maybe {
  std::optional<bool> flag;
  std::optional<std::int64_t> whole;
  std::optional<double> factor;
  std::optional<std::string> text;
  std::optional<dt::decimal<15, 4>> amount;
  std::optional<run_rows::color> color;
  std::optional<std::vector<std::byte>> data;
  std::optional<sys_time<microseconds>> at;
  std::optional<year_month_day> on;

  friend bool operator==(const maybe&, const maybe&) = default;
};
using put_maybe = dt::inserts<"numbered", maybe>;
using get_maybe = dt::reads<"numbered", maybe>;

struct number {
  std::int64_t id;
};
using get_number = dt::reads<"numbered", number>;
struct nothing {};
using put_nothing = dt::inserts<"numbered", nothing>;
struct made {
  std::int64_t id;
  bool flag;
  sys_time<microseconds> at;
};
using get_made = dt::reads<"numbered", made>;

struct app : dt::release<"1", put_thing, get_thing, change_thing, put_maybe, get_maybe, get_number, put_nothing> {};
static_assert(dt::compatible<app, version>);

// Readers that assume more than the schema says: none of them is compatible, and this is what happens without the
// proof.
struct needs_text { std::string text; };
struct needs_small { std::int16_t whole; };
struct needs_color { run_rows::color text; };
struct needs_whole { std::int64_t text; };
struct needs_truth { bool text; };
struct needs_decimal { dt::decimal<6, 2> amount; };
struct needs_moment { sys_time<microseconds> text; };
struct needs_day { year_month_day text; };

template <class Row>
using get = dt::reads<"numbered", Row>;

inline sys_time<microseconds> moment(const char* text) {
  return dt::field_traits<sys_time<microseconds>>::from_text(text).value();
}

/// A row with ordinary values, and rows with those at the edges of their types.
inline std::vector<thing> things() {
  using namespace std::chrono;
  thing plain{1, true, 2, 3, 4, 0.1F, 0.1, "Ada", "Ada", {123456}, color::green, {std::byte{1}, std::byte{0}},
              moment("2024-02-29 12:34:56.000001Z"), year(2024) / 2 / 29};
  thing least{2,
              false,
              std::numeric_limits<std::int16_t>::min(),
              std::numeric_limits<std::int32_t>::min(),
              std::numeric_limits<std::int64_t>::min(),
              std::numeric_limits<float>::lowest(),
              std::numeric_limits<double>::lowest(),
              "",
              {},
              {-999'999'999'999'999},
              color::red,
              {},
              moment("0001-01-01 00:00:00Z"),
              year(1) / 1 / 1};
  thing most{3,
             true,
             std::numeric_limits<std::int16_t>::max(),
             std::numeric_limits<std::int32_t>::max(),
             std::numeric_limits<std::int64_t>::max(),
             std::numeric_limits<float>::max(),
             std::numeric_limits<double>::max(),
             std::string(100'000, '\''),
             "",
             {999'999'999'999'999},
             color::blue,
             {},
             moment("9999-12-31 23:59:59.999999Z"),
             year(9999) / 12 / 31};
  for (int i = 0; i != 256; ++i) most.data.push_back(static_cast<std::byte>(i));
  thing tiny = plain;
  tiny.id = 4;
  tiny.ratio = std::numeric_limits<float>::denorm_min();
  tiny.factor = std::numeric_limits<double>::denorm_min();
  tiny.amount = {-1};
  tiny.at = moment("1969-12-31 23:59:59.999999Z");
  thing infinite = plain;
  infinite.id = 5;
  infinite.ratio = -std::numeric_limits<float>::infinity();
  infinite.factor = std::numeric_limits<double>::infinity();
  infinite.amount = {0};
  return {plain, least, most, tiny, infinite};
}

inline std::vector<std::string> hostile_texts() {
  return {"Robert'); DROP TABLE \"numbered\";--", "\"", "''", "\\", "\\'", "E'\\x00'", "$1", "?1", ":name", "@p", "%s%n",
          "NULL", "\\N", "\n\r\t", "\x01\x7f", " ", "Zoë 김 🐦", "\xEF\xBF\xBF", "1.0", "007", "1e5", "0x10", "true"};
}

/// Precondition: the database is empty.
template <class Dialect, dt::run::connection Connection>
void check_rows(Connection& db) {
  using dt::run::conversion_error;
  dt::run::run_script(db, dt::ddl<Dialect, version>);
  const auto count = [&] { return db.template select<get_number>().size(); };
  const auto clear = [&] { db.execute("DELETE FROM \"numbered\""); };

  INFO("every type, at its edges");
  for (const thing& each : things()) {
    db.template insert<put_thing>(each);
    const auto found = db.template select<get_thing, R"( WHERE "id" = $1)">(each.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == each);
  }
  CHECK(db.template select<get_thing, R"( ORDER BY "id")">() == things());

  INFO("update by key");
  thing changed = things()[2];
  changed.id = 1;
  CHECK(db.template update<change_thing>(changed) == 1);
  CHECK(db.template select<get_thing, R"( WHERE "id" = $1)">(std::int64_t{1}).at(0) == changed);
  CHECK(db.template select<get_thing, R"( WHERE "id" = 3)">().at(0) == things()[2]);
  changed.id = 99;
  CHECK(db.template update<change_thing>(changed) == 0);

  INFO("NULL, and what is not NULL though it is empty");
  db.template insert<put_maybe>({});
  CHECK(db.template select<get_maybe>().at(0) == maybe{});
  clear();
  const maybe present{false,
                      0,
                      0.0,
                      "",
                      dt::decimal<15, 4>{0},
                      color::red,
                      std::vector<std::byte>{},
                      sys_time<microseconds>{},
                      year_month_day{std::chrono::year(1970), std::chrono::month(1), std::chrono::day(1)}};
  db.template insert<put_maybe>(present);
  CHECK(db.template select<get_maybe>().at(0) == present);
  clear();

  INFO("what the server fills in");
  const made first = db.template insert<put_nothing, get_made>({});
  const made second = db.template insert<put_nothing, get_made>({});
  CHECK(second.id > first.id);
  CHECK(first.flag);
  CHECK(first.at > moment("2024-01-01 00:00:00Z"));
  CHECK(count() == 2);
  clear();

  INFO("hostile text");
  for (const std::string& text : hostile_texts()) {
    maybe row;
    row.text = text;
    db.template insert<put_maybe>(row);
    CHECK(db.template select<get_maybe, R"( WHERE "text" = $1)">(text).at(0) == row);
    CHECK(count() == 1);
    clear();
  }

  INFO("several parameters, one of them twice");
  for (int i = 0; i != 5; ++i) {
    maybe row;
    row.whole = i;
    db.template insert<put_maybe>(row);
  }
  CHECK(db.template select<get_maybe, R"( WHERE "whole" > $2 AND "whole" < $1 AND "whole" <> $2 + 1 AND $2 = $2)">(
              std::int64_t{4}, std::int64_t{0})
            .size() == 2);
  CHECK(db.template select<get_maybe, R"( ORDER BY "whole" DESC LIMIT 1)">().at(0).whole == 4);
  clear();

  INFO("values that cannot be sent");
  const auto refused = [&](const maybe& row, const char* field) {
    try {
      db.template insert<put_maybe>(row);
      FAIL("a value was sent that should not be: " << field);
    } catch (const conversion_error& e) {
      CHECK(e.row() == "maybe");
      CHECK(e.field() == field);
      CHECK(e.column() == field);
    }
    CHECK(count() == 0);
  };
  maybe bad;
  bad.text = std::string("a\0b", 3);
  refused(bad, "text");
  bad = {};
  bad.amount = dt::decimal<15, 4>{1'000'000'000'000'000};
  refused(bad, "amount");
  bad = {};
  bad.color = static_cast<color>(7);
  refused(bad, "color");

  INFO("values that a field cannot hold");
  const auto unreadable = [&]<class Row>(get<Row>, const char* row, const char* field) {
    try {
      db.template select<get<Row>>();
      FAIL("a value was read that should not be: " << row);
    } catch (const conversion_error& e) {
      CHECK(e.row() == row);
      CHECK(e.field() == field);
      CHECK(std::string(e.what()).find(std::string(row) + "::" + field + ", column \"" + field + "\" of table \"numbered\": ") ==
            0);
    }
  };
  maybe row;
  db.template insert<put_maybe>(row);
  unreadable(get<needs_text>(), "needs_text", "text");  // NULL
  clear();
  row.whole = 32768;
  row.text = "what is this?";
  row.amount = dt::decimal<15, 4>{123'4567};
  db.template insert<put_maybe>(row);
  unreadable(get<needs_small>(), "needs_small", "whole");
  unreadable(get<needs_color>(), "needs_color", "text");
  unreadable(get<needs_whole>(), "needs_whole", "text");
  unreadable(get<needs_truth>(), "needs_truth", "text");
  unreadable(get<needs_decimal>(), "needs_decimal", "amount");
  unreadable(get<needs_moment>(), "needs_moment", "text");
  unreadable(get<needs_day>(), "needs_day", "text");
  CHECK(db.template select<get<needs_text>>().at(0).text == "what is this?");
  clear();

  INFO("text that is longer than its column");
  thing lengthy = things()[0];
  lengthy.id = 50;
  lengthy.short_name = "ÄÖÜäö";  // 5 characters, 10 bytes
  dt::run::check_length<put_thing, version>(lengthy);
  db.template insert<put_thing>(lengthy);
  lengthy.id = 51;
  lengthy.short_name = "123456";
  CHECK_THROWS_AS((dt::run::check_length<put_thing, version>(lengthy)), std::length_error);
  CHECK_THROWS_AS(db.template insert<put_thing>(lengthy), dt::run::database_error);

  INFO("errors of the server");
  try {
    db.template insert<put_thing>(things()[0]);
    FAIL("a key was inserted twice");
  } catch (const dt::run::database_error& e) {
    CHECK(e.kind() == dt::run::failure::permanent);
    CHECK(e.statement() == std::string(dt::run::statement_of<put_thing>));
    CHECK_FALSE(e.code().empty());
    CHECK_FALSE(e.message().empty());
  }
  CHECK_THROWS_AS(db.execute("SELEKT 1"), dt::run::database_error);
  CHECK_THROWS_AS(db.query("SELECT \"no such column\" FROM \"numbered\""), dt::run::database_error);

  INFO("transactions");
  {
    dt::run::transaction<Connection> t(db);
    db.template insert<put_maybe>({});
    CHECK(db.in_transaction());
  }
  CHECK_FALSE(db.in_transaction());
  CHECK(count() == 0);
  {
    dt::run::transaction<Connection> t(db);
    db.template insert<put_maybe>({});
    t.commit();
  }
  CHECK_FALSE(db.in_transaction());
  CHECK(count() == 1);
  db.rollback();
  clear();

  INFO("raw queries");
  const auto raw = db.query("SELECT 1, NULL, 'x'");
  REQUIRE(raw.size() == 1);
  CHECK(raw[0].at(0) == "1");
  CHECK_FALSE(raw[0].at(1).has_value());
  CHECK(raw[0].at(2) == "x");
}

}  // namespace run_rows
