// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>
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
enum class stage { waiting, in_progress, other };
struct stage_type : dt::enumeration<"stage", "waiting", "in progress", "done"> {};
struct note {
  std::string text;
  friend bool operator==(const note&, const note&) = default;
};

}  // namespace run_rows

template <>
struct dovetail::enum_labels<run_rows::stage>
    : dovetail::labelled<dovetail::label<run_rows::stage::in_progress, "in progress">> {
  static constexpr run_rows::stage fallback = run_rows::stage::other;
};
template <>
struct dovetail::field_traits<run_rows::note> {
  static constexpr dovetail::field_type type = dovetail::document_like<run_rows::note>();
  static std::string to_text(const run_rows::note& value) { return "{\"text\": \"" + value.text + "\"}"; }
  static std::optional<run_rows::note> from_text(std::string_view text) {
    constexpr std::string_view before = "{\"text\": \"";
    if (text.substr(0, before.size()) != before || text.size() < before.size() + 2) return {};
    return run_rows::note{std::string(text.substr(before.size(), text.size() - before.size() - 2))};
  }
};

namespace run_rows {

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
struct precise_table : dt::table<"precise",
    dt::column<"id", dt::bigint>,
    dt::column<"number", dt::uuid>,
    dt::column<"number_text", dt::uuid>,
    dt::column<"span", dt::interval>,
    dt::column<"document", dt::json>,
    dt::column<"remark", dt::json>,
    dt::column<"clock", dt::time>,
    dt::column<"clock_3", dt::precise<dt::time, 3>>,
    dt::column<"wall", dt::timestamp>,
    dt::column<"wall_0", dt::precise<dt::timestamp, 0>>,
    dt::column<"at_3", dt::precise<dt::timestamptz, 3>>,
    dt::column<"code", dt::varchar<5>>,
    dt::column<"whole", dt::bigint>,
    dt::column<"ratio", dt::numeric<12, 4>>,
    dt::column<"amount", dt::numeric<12, 4>>,
    dt::column<"stage", stage_type>,
    dt::primary_key<"id">> {};
struct version : dt::schema<"1", thing_table, numbered_table, precise_table> {};

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
  dt::checked<year_month_day> on{year_month_day{std::chrono::year(2000), std::chrono::month(1), std::chrono::day(1)}};

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
  std::optional<dt::checked<year_month_day>> on;

  friend bool operator==(const maybe&, const maybe&) = default;
};
using put_maybe = dt::inserts<"numbered", maybe>;
using get_maybe = dt::reads<"numbered", maybe>;

struct precise {
  std::int64_t id = 0;
  dt::value::uuid number;
  dt::text_of<dt::uuid> number_text = "00000000-0000-0000-0000-000000000000";
  dt::value::interval span;
  dt::value::json document;
  dt::checked<note> remark;
  std::chrono::hh_mm_ss<microseconds> clock;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> clock_3;
  std::chrono::local_time<microseconds> wall;
  std::chrono::local_seconds wall_0;
  sys_time<std::chrono::milliseconds> at_3;
  dt::bounded_text<5> code;
  dt::checked<std::int8_t> whole;
  dt::checked<dt::approximate<double>> ratio;
  dt::approximate<dt::decimal<10, 2>> amount;
  run_rows::stage stage = run_rows::stage::waiting;

  friend bool operator==(const precise& a, const precise& b) {
    // hh_mm_ss has no comparison of its own.
    const auto values = [](const precise& p) {
      return std::tuple(p.id, p.number, p.number_text, p.span, p.document, p.remark, p.clock.to_duration(),
                        p.clock_3.to_duration(), p.wall, p.wall_0, p.at_3, p.code, p.whole, p.ratio, p.amount, p.stage);
    };
    return values(a) == values(b);
  }
};
using put_precise = dt::inserts<"precise", precise>;
using get_precise = dt::reads<"precise", precise>;

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

struct app : dt::release<"1", put_thing, get_thing, change_thing, put_maybe, get_maybe, put_precise, get_precise,
                         get_number, put_nothing> {};
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
struct needs_clock { std::chrono::hh_mm_ss<microseconds> text; };
struct needs_wall { std::chrono::local_time<microseconds> text; };
struct needs_uuid { dt::value::uuid text; };
struct needs_span { dt::value::interval text; };
struct needs_code { dt::bounded_text<12> text; };
struct needs_note { note text; };

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

/// What the other types hold, at their edges.
inline std::vector<precise> precise_rows() {
  using namespace std::chrono;
  using limits32 = std::numeric_limits<std::int32_t>;
  using limits64 = std::numeric_limits<std::int64_t>;
  const auto uuid = [](const char* text) { return dt::value::uuid::parse(text).value(); };
  precise least;
  least.span = {limits32::min(), limits32::min(), limits64::min()};
  least.wall = dt::field_traits<local_time<microseconds>>::from_text("0001-01-01 00:00:00").value();
  least.wall_0 = local_seconds(floor<seconds>(least.wall.time_since_epoch()));
  least.at_3 = floor<milliseconds>(moment("0001-01-01 00:00:00Z"));
  least.whole = std::int8_t{-128};
  least.ratio = dt::approximate<double>(-99'999'999.9999);
  least.amount = dt::decimal<10, 2>{-9'999'999'999};
  precise most;
  most.id = 1;
  most.number = uuid("ffffffff-ffff-ffff-ffff-ffffffffffff");
  most.number_text = "0f8fad5b-d9cb-469f-a165-70867728950e";
  most.span = {limits32::max(), limits32::max(), limits64::max()};
  most.document = R"({"a": [1.0, "x\\\"' $1", null]})";
  most.remark = note{"it's"};
  most.clock = hh_mm_ss<microseconds>(hours(24));
  most.clock_3 = hh_mm_ss<milliseconds>(milliseconds(86'399'999));
  most.wall = dt::field_traits<local_time<microseconds>>::from_text("9999-12-31 23:59:59.999999").value();
  most.wall_0 = local_seconds(floor<seconds>(most.wall.time_since_epoch()));
  most.at_3 = floor<milliseconds>(moment("9999-12-31 23:59:59.999Z"));
  most.code = "Zoë🐦'";
  most.whole = std::int8_t{127};
  most.ratio = dt::approximate<double>(99'999'999.9999);
  most.amount = dt::decimal<10, 2>{9'999'999'999};
  most.stage = stage::in_progress;
  precise tiny;
  tiny.id = 2;
  tiny.number = uuid("00000000-0000-0000-0000-000000000001");
  tiny.span = {13, -1, -1};
  tiny.clock = hh_mm_ss<microseconds>(microseconds(1));
  tiny.clock_3 = hh_mm_ss<milliseconds>(milliseconds(1));
  tiny.wall = local_time<microseconds>(microseconds(-1));
  tiny.wall_0 = local_seconds(seconds(-1));
  tiny.at_3 = sys_time<milliseconds>(milliseconds(-1));
  tiny.ratio = dt::approximate<double>(0.0001);
  tiny.amount = dt::decimal<10, 2>{1};
  return {least, most, tiny};
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

  for (const precise& each : precise_rows()) db.template insert<put_precise>(each);
  CHECK(db.template select<get_precise, R"( ORDER BY "id")">() == precise_rows());
  for (const precise& each : precise_rows()) {
    CHECK(db.template select<get_precise, R"( WHERE "number" = $1)">(each.number).size() == 1);
    CHECK(db.template select<get_precise, R"( WHERE "clock" = $1)">(each.clock).size() == 1);
    CHECK(db.template select<get_precise, R"( WHERE "wall" = $1)">(each.wall).size() == 1);
    CHECK(db.template select<get_precise, R"( WHERE "at_3" = $1)">(each.at_3).size() == 1);
  }
  CHECK(db.template select<get_precise, R"( WHERE "clock" > $1 AND "clock_3" < $2)">(
              std::chrono::hh_mm_ss(std::chrono::hours(0)), std::chrono::hh_mm_ss(std::chrono::seconds(1)))
            .size() == 1);

  INFO("what only some columns hold, which approximate and checked fields meet when they run");
  db.execute("UPDATE \"precise\" SET \"stage\" = 'done', \"amount\" = 1.005, \"ratio\" = 0.3333 WHERE \"id\" = 2");
  const precise near = db.template select<get_precise, R"( WHERE "id" = 2)">().at(0);
  CHECK(near.stage == stage::other);
  CHECK(near.amount.value == dt::decimal<10, 2>{101});
  CHECK(near.ratio == 0.3333);
  for (const char* change : {"\"whole\" = 128", "\"whole\" = -129", "\"remark\" = '{}'"}) {
    INFO(change);
    dt::run::transaction<Connection> t(db);
    db.execute(("UPDATE \"precise\" SET " + std::string(change) + " WHERE \"id\" = 2").c_str());
    CHECK_THROWS_AS((db.template select<get_precise, R"( WHERE "id" = 2)">()), conversion_error);
  }

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
  bad = {};
  bad.on = year_month_day{std::chrono::year(2023), std::chrono::month(2), std::chrono::day(29)};
  refused(bad, "on");
  const auto refused_precise = [&](auto change) {
    precise row;
    row.id = 9;
    change(row);
    CHECK_THROWS_AS(db.template insert<put_precise>(row), conversion_error);
  };
  refused_precise([](precise& row) { row.stage = stage::other; });
  refused_precise([](precise& row) { row.number_text = "Robert'); DROP TABLE"; });
  refused_precise([](precise& row) { row.document = std::string("{\0}", 3); });
  refused_precise([](precise& row) { row.clock = std::chrono::hh_mm_ss<microseconds>(microseconds(-1)); });
  CHECK(db.template select<get_precise>().size() == 3);

  INFO("values that a field cannot hold");
  const auto unreadable = [&]<class Row>(get<Row>, const char* row, const char* field) {
    try {
      db.template select<get<Row>>();
      FAIL("a value was read that should not be: " << row);
    } catch (const conversion_error& e) {
      CHECK(e.row() == row);
      CHECK(e.field() == field);
      const std::string where = std::string(row) + "::" + field + ", column \"" + field + "\" of table \"numbered\": ";
      CHECK(std::string(e.what()).find(where) == 0);
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
  unreadable(get<needs_clock>(), "needs_clock", "text");
  unreadable(get<needs_wall>(), "needs_wall", "text");
  unreadable(get<needs_uuid>(), "needs_uuid", "text");
  unreadable(get<needs_span>(), "needs_span", "text");
  unreadable(get<needs_code>(), "needs_code", "text");
  unreadable(get<needs_note>(), "needs_note", "text");
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
