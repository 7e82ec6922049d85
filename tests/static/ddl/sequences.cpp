// SPDX-License-Identifier: BSL-1.0
#include <dovetail/ddl/sequences.hpp>

#include <dovetail/dovetail.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dialect = dt::postgresql<15>;

namespace {

template <class... Parts>
using invoice = dt::table<"in'voice", dt::column<"id", dt::bigint>, dt::primary_key<"id">, Parts...>;
template <class... Options>
using number = dt::column<"number", dt::bigint, Options...>;
using numbers = dt::sequence<"it's \\ \"numbers\"", dt::bigint, dt::start_with<1000>, dt::increment_by<10>, dt::cache<5>>;
using next = dt::next_value_of<"it's \\ \"numbers\"">;

// A whole version: sequences before the tables that draw from them, wherever they are declared; owners last.
struct whole : dt::schema<"whole", invoice<number<next>>, numbers,
                          dt::sequence<"down", dt::smallint, dt::increment_by<-2>, dt::cycle, dt::owned_by<"in'voice", "number">>> {};
constexpr dt::ddl_script created = dt::ddl<dialect, whole>;
static_assert(created.size() == 8);
static_assert(created[3].text == R"(CREATE SEQUENCE "it's \ ""numbers""" AS bigint INCREMENT BY 10 MINVALUE 1 MAXVALUE )"
                                 "9223372036854775807 START WITH 1000 CACHE 5 NO CYCLE");
static_assert(created[4].text ==
              R"(CREATE SEQUENCE "down" AS smallint INCREMENT BY -2 MINVALUE -32768 MAXVALUE -1 START WITH -1 CACHE 1 CYCLE)");
static_assert(created[5].text == "CREATE TABLE \"in'voice\" (\n  \"id\" bigint NOT NULL,\n  PRIMARY KEY (\"id\"),\n  "
                                 R"("number" bigint NOT NULL DEFAULT nextval(E'"it''s \\ ""numbers"""'))"
                                 "\n)");
static_assert(created[6].text == R"(ALTER SEQUENCE "down" OWNED BY "in'voice"."number")");

// A default that a sequence gives to a table that is there: nobody draws meanwhile, and it goes on behind what is stored.
struct bare : dt::schema<"bare", invoice<number<>>, dt::sequence<"down", dt::smallint, dt::increment_by<-2>>,
                         dt::sequence<"again", dt::smallint, dt::cycle>> {};
template <dt::fixed_string Sequence>
struct drawing : dt::migration<bare, dt::step<dt::set_column_default<"in'voice", "number", dt::next_value_of<Sequence>>,
                                             dt::drop_column_default<"in'voice", "number">>> {};
constexpr dt::ddl_script draws = dt::up<dialect, drawing<"down">>;
static_assert(draws.size() == 9 && draws[3].text == R"(LOCK TABLE "in'voice" IN SHARE UPDATE EXCLUSIVE MODE)" &&
              draws[4].text == "SET LOCAL lock_timeout = '400ms'");
static_assert(draws[5].text == R"(ALTER TABLE "in'voice" ALTER COLUMN "number" SET DEFAULT nextval('"down"'))");
static_assert(draws[6].text == R"(ALTER SEQUENCE "down" INCREMENT BY -2)" && draws[6].table == "down" &&
              draws[6].lock == dt::lock_mode::share_row_exclusive);
static_assert(draws[7].text ==
              R"(SELECT setval('"down"', (-1 + ceil((min("number")::numeric - -1) / -2) * -2)::bigint) FROM "in'voice" WHERE )"
              R"("number" >= -32768 HAVING min("number") <= (SELECT last_value FROM "down"))");
static_assert(draws[7].scans, "no index begins with the column");
static_assert(dt::up<dialect, drawing<"again">>.size() == 7, "its numbers come again in any case");
struct indexed : dt::schema<"indexed", invoice<number<>, dt::index<"by_number", "number">>, dt::sequence<"s", dt::bigint>> {};
struct drawing_by_index : dt::migration<indexed, dt::step<dt::set_column_default<"in'voice", "number", dt::next_value_of<"s">>,
                                                          dt::drop_column_default<"in'voice", "number">>> {};
static_assert(!dt::up<dialect, drawing_by_index>[7].scans);

// A new column with such a default gives each row a number.
struct adding : dt::migration<bare, dt::step<dt::add_column<"in'voice", dt::column<"other", dt::bigint, dt::next_value_of<"down">>>,
                                             dt::drop_column<"in'voice", "other">>> {};
static_assert(dt::up<dialect, adding>[3].rewrites && dt::up<dialect, adding>[3].scans);

// What a sequence itself goes through.
struct changing : dt::migration<bare,
    dt::step<dt::create_sequence<dt::sequence<"s", dt::integer, dt::owned_by<"in'voice", "number">>>, dt::drop_sequence<"s">>,
    dt::step<dt::alter_sequence<dt::sequence<"s", dt::bigint>>, dt::alter_sequence<dt::sequence<"s", dt::integer, dt::owned_by<"in'voice", "number">>>>,
    dt::step<dt::rename_sequence<"s", "t">, dt::rename_sequence<"t", "s">>> {};
constexpr dt::ddl_script up = dt::up<dialect, changing>;
constexpr dt::ddl_script down = dt::down<dialect, changing>;
static_assert(up.size() == 15 && down.size() == 15);
static_assert(up[3].text == R"(CREATE SEQUENCE "s" AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE OWNED BY "in'voice"."number")");
static_assert(up[8].text == R"(ALTER SEQUENCE "s" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE OWNED BY NONE)" &&
              up[8].lock == dt::lock_mode::share_row_exclusive);
static_assert(up[13].text == R"(ALTER SEQUENCE "s" RENAME TO "t")" && up[13].lock == dt::lock_mode::access_exclusive);
static_assert(down[13].text == R"(DROP SEQUENCE "s")" && down[13].lock == dt::lock_mode::access_exclusive && down[13].table == "s");

// SQLite has none, nor a default that one gives.
using sqlite = dt::sqlite<3, 40>;
static_assert(!sqlite::refuses(numbers::value).empty() && sqlite::refuses(invoice<>::value).empty());
static_assert(!sqlite::refuses(number<next>::value, invoice<number<next>>::value).empty() &&
              sqlite::refuses(number<>::value, invoice<number<>>::value).empty());

}  // namespace
