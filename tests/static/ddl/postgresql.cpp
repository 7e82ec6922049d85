// SPDX-License-Identifier: BSL-1.0
#include <dovetail/ddl/postgresql.hpp>

#include <dovetail/change/copies.hpp>
#include <dovetail/change/gradual.hpp>
#include <dovetail/diagnose/ddl.hpp>

#include "../../support/findings.hpp"
#include "../../support/rows_script.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using dialect = dt::postgresql<15>;

template <class... Tables>
struct version : dt::schema<"1", Tables...> {};
/// The statement of the whole version's script that comes so many after the settings.
template <std::size_t Number, class... Tables>
constexpr dt::text_view statement = dt::ddl<dialect, version<Tables...>>[3 + Number].text;
template <class... Parts>
constexpr dt::text_view table = statement<0, dt::table<"t", Parts...>>;

// ---- Types

template <class Type, class... Options>
constexpr dt::text_view column = table<dt::column<"c", Type, Options...>>;
static_assert(column<dt::smallint> == "CREATE TABLE \"t\" (\n  \"c\" smallint NOT NULL\n)");
static_assert(column<dt::character<9>, dt::null, dt::default_value<"it's">> ==
              "CREATE TABLE \"t\" (\n  \"c\" char(9) DEFAULT 'it''s'\n)");
static_assert(column<dt::any_numeric, dt::null, dt::default_value<"1.5">> ==
              "CREATE TABLE \"t\" (\n  \"c\" numeric DEFAULT 1.5\n)");
static_assert(column<dt::time, dt::null, dt::default_value<"12:00:00">> ==
              "CREATE TABLE \"t\" (\n  \"c\" time DEFAULT '12:00:00'\n)");
static_assert(column<dt::precise<dt::timestamptz, 3>, dt::null, dt::default_sql<"now()">> ==
              "CREATE TABLE \"t\" (\n  \"c\" timestamptz(3) DEFAULT (now())\n)");
static_assert(column<dt::array<dt::varchar<9>>, dt::null> == "CREATE TABLE \"t\" (\n  \"c\" varchar(9)[]\n)");

// Comments
using commented = dt::table<"t", dt::comment<"it's \\">, dt::column<"a", dt::text, dt::comment<"'; DROP TABLE t; --">>>;
static_assert(statement<0, commented> == "CREATE TABLE \"t\" (\n  \"a\" text NOT NULL\n)");
static_assert(statement<1, commented> == R"(COMMENT ON TABLE "t" IS E'it''s \\')");
static_assert(statement<2, commented> == R"(COMMENT ON COLUMN "t"."a" IS '''; DROP TABLE t; --')");
struct with_comments : dt::schema<"1", commented> {};
struct says_less : dt::migration<with_comments, dt::step<dt::drop_comment<"t">, dt::set_comment<"t", "it's \\">>,
                                 dt::step<dt::add_column<"t", dt::column<"b", dt::text, dt::null, dt::comment<"b's">>>,
                                          dt::drop_column<"t", "b">>,
                                 dt::step<dt::set_column_comment<"t", "a", "x">,
                                          dt::set_column_comment<"t", "a", "'; DROP TABLE t; --">>> {};
constexpr dt::ddl_script says = dt::up<dialect, says_less>;
static_assert(says.size() == 20 && says[3].text == R"(COMMENT ON TABLE "t" IS NULL)" &&
              says[3].lock == dt::lock_mode::share_update_exclusive);
static_assert(says[13].text == R"(COMMENT ON COLUMN "t"."b" IS 'b''s')" && says[18].text == R"(COMMENT ON COLUMN "t"."a" IS 'x')");

// Collations
static_assert(column<dt::text, dt::collate<"odd \"name\"">, dt::default_value<"">> ==
              "CREATE TABLE \"t\" (\n  \"c\" text COLLATE \"odd \"\"name\"\"\" NOT NULL DEFAULT ''\n)");
struct indexed_text : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text>, dt::column<"b", dt::varchar<9>, dt::collate<"C">>,
                                                dt::index<"i", "a">>> {};
struct collates : dt::migration<indexed_text, dt::step<dt::set_collation<"t", "a", "C">, dt::drop_collation<"t", "a">>> {};
static_assert(dt::up<dialect, collates>[3].text == R"(ALTER TABLE "t" ALTER COLUMN "a" TYPE text COLLATE "C")");
static_assert(dt::up<dialect, collates>[3].builds_index && dt::up<dialect, collates>[3].scans && !dt::up<dialect, collates>[3].rewrites);
static_assert(dt::down<dialect, collates>[3].text == R"(ALTER TABLE "t" ALTER COLUMN "a" TYPE text)");
struct widens : dt::migration<indexed_text, dt::step<dt::set_type<"t", "b", dt::text>, dt::set_type<"t", "b", dt::varchar<9>>>> {};
static_assert(dt::up<dialect, widens>[3].text == R"(ALTER TABLE "t" ALTER COLUMN "b" TYPE text COLLATE "C")");

// Options of keys
static_assert(table<dt::column<"c", dt::text>, dt::unique_on<"u", dt::columns<"c">, dt::nulls_not_distinct, dt::initially_deferred>> ==
              "CREATE TABLE \"t\" (\n  \"c\" text NOT NULL,\n  CONSTRAINT \"u\" UNIQUE NULLS NOT DISTINCT (\"c\") DEFERRABLE "
              "INITIALLY DEFERRED\n)");
static_assert(table<dt::column<"c", dt::text>, dt::primary_key_on<dt::columns<"c">, dt::deferrable>> ==
              "CREATE TABLE \"t\" (\n  \"c\" text NOT NULL,\n  PRIMARY KEY (\"c\") DEFERRABLE\n)");

// Generated columns
static_assert(table<dt::column<"a", dt::bigint>, dt::column<"c", dt::bigint, dt::generated_stored<"a + 1">>> ==
              "CREATE TABLE \"t\" (\n  \"a\" bigint NOT NULL,\n  \"c\" bigint GENERATED ALWAYS AS (a + 1) STORED NOT NULL\n)");
template <int Major, class... Parts>
constexpr dt::array_view<dt::finding> unsupported = dt::creatability<
    dt::postgresql<Major>, dt::schema<"1", dt::table<"t", dt::column<"a", dt::bigint>, Parts...>>>::findings;
using computed = dt::column<"c", dt::bigint, dt::generated_virtual<"a + 1">, dt::null>;
static_assert(test::are(unsupported<17, computed>, code::DL_UNSUPPORTED) && unsupported<18, computed>.empty());
static_assert(test::are(unsupported<18, computed, dt::index<"i", "a", "c">, dt::unique<"u", "c">>, code::DL_UNSUPPORTED,
                        code::DL_UNSUPPORTED));
using same_nulls = dt::unique_on<"u", dt::columns<"a">, dt::nulls_not_distinct>;
static_assert(test::are(unsupported<14, same_nulls>, code::DL_UNSUPPORTED) && unsupported<15, same_nulls>.empty());
using stored = dt::column<"d", dt::bigint, dt::generated_stored<"a + 1">>;
static_assert(unsupported<12, stored, dt::index<"i", "d">, dt::primary_key<"d">>.empty());
static_assert(test::are(unsupported<12, stored, dt::column<"e", dt::bigint, dt::generated_stored<"d + 1">>>,
                        code::DL_UNSUPPORTED));
static_assert(unsupported<12, stored, dt::column<"e", dt::bigint, dt::generated_stored<"length('d')">>>.empty());

struct status : dt::enumeration<"odd \"status\"", "it's", "back\\slash"> {};
using labelled = dt::table<"a", dt::column<"c", status, dt::null>>;
using listed = dt::table<"b", dt::column<"c", dt::array<status>, dt::null>>;
static_assert(statement<0, labelled> == "CREATE TYPE \"odd \"\"status\"\"\" AS ENUM ('it''s', E'back\\\\slash')");
static_assert(statement<1, labelled> == "CREATE TABLE \"a\" (\n  \"c\" \"odd \"\"status\"\"\"\n)");
static_assert(statement<1, listed, labelled> == "CREATE TABLE \"b\" (\n  \"c\" \"odd \"\"status\"\"\"[]\n)");
static_assert(statement<2, listed, labelled> == statement<1, labelled>, "one type for both");

// ---- Rules

static_assert(table<dt::column<"c", dt::text, dt::null>, dt::check_values<"odd \"check\"", "c", dt::like<"it's%">>> ==
              "CREATE TABLE \"t\" (\n  \"c\" text,\n  CONSTRAINT \"odd \"\"check\"\"\" CHECK (\"c\" LIKE 'it''s%')\n)");

// ---- Views and functions, after everything else

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::null>> {};
struct open
    : dt::view<"odd \"view\"", dt::query<"SELECT c FROM a WHERE c <> 'it''s'">, dt::column<"odd \"c\"", status>> {};
struct all : dt::function<"odd \"function\"", dt::query<"SELECT c, 1 FROM a WHERE c <> 'it''s'">,
                          dt::column<"odd \"c\"", status>, dt::column<"n", dt::precise<dt::time, 3>>> {};
struct refers : dt::table<"refers", dt::column<"id", dt::bigint, dt::null>,
                          dt::foreign_key<"f", dt::columns<"id">, dt::references<"key", "id">>> {};
struct key : dt::table<"key", dt::column<"id", dt::bigint>, dt::unique<"u", "id">> {};
template <std::size_t Number>
constexpr dt::text_view shop = statement<Number, all, open, labelled, refers, key>;
static_assert(shop<0> == statement<0, labelled>, "which a view uses first");
static_assert(shop<4> ==
              "ALTER TABLE \"refers\" ADD CONSTRAINT \"f\" FOREIGN KEY (\"id\") REFERENCES \"key\" (\"id\")");
static_assert(shop<5> ==
              "CREATE FUNCTION \"odd \"\"function\"\"\"() RETURNS TABLE (\"odd \"\"c\"\"\" \"odd \"\"status\"\"\", "
              "\"n\" time(3)) LANGUAGE sql STABLE AS 'SELECT c, 1 FROM a WHERE c <> ''it''''s'''");
static_assert(shop<6> == "CREATE VIEW \"odd \"\"view\"\"\" (\"odd \"\"c\"\"\") AS SELECT c FROM a WHERE c <> 'it''s'");
static_assert(shop<7> == "COMMIT");

// ---- What it cannot have

template <class... Tables>
constexpr dt::array_view<dt::finding> refused = dt::creatability<dialect, version<Tables...>>::findings;
template <class Type, class... Parts>
constexpr dt::array_view<dt::finding> refused_of = refused<dt::table<"t", dt::column<"c", Type>, Parts...>>;
using unique = dt::unique<"u", "c">;
using self = dt::foreign_key<"f", dt::columns<"c">, dt::references<"t", "c">>;

using two = dt::table<"pg_two", dt::column<"a", dt::text>, dt::column<"b", dt::text>>;
static_assert(test::are(refused<two>, code::DL_UNSUPPORTED), "a table's name is one finding");
static_assert(refused<two>[0].table == "pg_two" && refused<two>[0].object.empty());
static_assert(refused<two>[0].detail == "PostgreSQL keeps pg_ for itself: name the table otherwise");
static_assert(test::are(refused_of<dt::text, dt::index<"pg_i", "c">>, code::DL_UNSUPPORTED));
static_assert(test::are(refused<dt::table<"t", dt::column<"ctid", dt::text>>>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_of<dt::enumeration<"money", "x">>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_of<dt::array<dt::enumeration<"money", "x">>>, code::DL_UNSUPPORTED));

static_assert(refused_of<dt::json>.empty() && refused_of<dt::array<dt::json>>.empty());
static_assert(test::are(refused_of<dt::json, unique>, code::DL_UNSUPPORTED));
static_assert(refused_of<dt::json, unique>[0].object == "u");
static_assert(test::are(refused_of<dt::array<dt::json>, dt::index<"i", "c">>, code::DL_UNSUPPORTED));
static_assert(refused_of<dt::jsonb, unique>.empty() && refused_of<dt::array<dt::text>, unique>.empty());
static_assert(test::are(refused_of<dt::array<dt::varchar<9>>, unique, self>, code::DL_UNSUPPORTED));
static_assert(refused_of<dt::array<dt::varchar<9>>, unique, self>[0].object == "f");
static_assert(test::are(refused_of<dt::array<dt::precise<dt::time, 0>>, unique, self>, code::DL_UNSUPPORTED));
static_assert(refused_of<dt::array<dt::time>, unique, self>.empty());
static_assert(refused_of<dt::varchar<9>, unique, self>.empty());

// ---- Indexes

template <class... Each>
constexpr dt::text_view index_text =
    statement<1, dt::table<"t", dt::column<"a", dt::text>, dt::column<"b", dt::text>, dt::index_on<"i", Each...>>>;
using dt::element, dt::element_sql;
using a = element<"a">;
static_assert(index_text<a> == R"(CREATE INDEX "i" ON "t" ("a"))");
static_assert(index_text<element_sql<"lower(a)", dt::nulls_first>, element<"b", dt::descending>, dt::where<"b <> 'it''s'">> ==
              R"(CREATE INDEX "i" ON "t" ((lower(a)) NULLS FIRST, "b" DESC) WHERE (b <> 'it''s'))");
static_assert(index_text<a, dt::include<"b">, dt::method<"spgist">> ==
              R"(CREATE INDEX "i" ON "t" USING "spgist" ("a") INCLUDE ("b"))");
static_assert(index_text<a, dt::method<"a\"; --">> == R"(CREATE INDEX "i" ON "t" USING "a""; --" ("a"))");

struct plain : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text>>> {};
struct unique_email
    : dt::migration<plain, dt::step<dt::add_index<"t", dt::unique_index_on<"i", element_sql<"lower(a)">>>,
                                    dt::drop_index<"t", "i">>> {};
static_assert(dt::up<dialect, unique_email>[3].text ==
              R"(CREATE UNIQUE INDEX CONCURRENTLY "i" ON "t" ((lower(a))))");

// ---- Exclusion constraints

template <class... Each>
constexpr dt::text_view exclusion_text =
    statement<1, dt::table<"t", dt::column<"a", dt::text>, dt::column<"b", dt::text>, dt::exclude<"e", Each...>>>;
using dt::with;
static_assert(exclusion_text<element<"a", with<"=">>> == R"(ALTER TABLE "t" ADD CONSTRAINT "e" EXCLUDE ("a" WITH =))");
static_assert(exclusion_text<element<"a", with<"=">>, element_sql<"f(b, ' WITH ')", with<"&&">>, dt::method<"gist">,
                             dt::include<"b">, dt::where<"b <> 'it''s'">, dt::initially_deferred> ==
              R"(ALTER TABLE "t" ADD CONSTRAINT "e" EXCLUDE USING "gist" ("a" WITH =, (f(b, ' WITH ')) WITH &&) )"
              R"(INCLUDE ("b") WHERE (b <> 'it''s') DEFERRABLE INITIALLY DEFERRED)");
struct excluding
    : dt::migration<plain, dt::step<dt::add_constraint<"t", dt::exclude<"e", element<"a", with<"=">>>>,
                                    dt::drop_constraint<"t", "e">>> {};
static_assert(dt::up<dialect, excluding>.size() == 5 && dt::up<dialect, excluding>[3].builds_index &&
              dt::up<dialect, excluding>[3].scans && dt::up<dialect, excluding>[3].lock == dt::lock_mode::access_exclusive);
static_assert(dt::down<dialect, excluding>[3].text == R"(ALTER TABLE "t" DROP CONSTRAINT "e")");

// ---- Triggers and routines

struct touch : dt::routine<"touch", dt::body<"plpgsql", "BEGIN NEW.a = '\\'; RETURN NEW; END">, dt::returns<"trigger">> {};
struct twice : dt::routine<"twice", dt::body<"sql", "SELECT a || a">, dt::arguments<"a text">, dt::returns<"text">,
                           dt::attributes<"IMMUTABLE">> {};
struct clear : dt::routine<"clear", dt::body<"sql", "DELETE FROM t">> {};
struct touching
    : dt::schema<"2", clear,
                 dt::table<"t", dt::trigger<"touched", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">,
                           dt::column<"a", dt::text>, dt::check<"c", "twice(a) > a">>, twice, touch> {};
constexpr dt::ddl_script made = dt::ddl<dialect, touching>;
static_assert(made.size() == 9);
static_assert(made[3].text == R"(CREATE FUNCTION "twice"(a text) RETURNS text LANGUAGE "sql" IMMUTABLE AS 'SELECT a || a')",
              "before the table that cannot be made without it");
static_assert(made[5].text == R"(CREATE PROCEDURE "clear"() LANGUAGE "sql" AS 'DELETE FROM t')");
static_assert(made[6].text == R"(CREATE FUNCTION "touch"() RETURNS trigger LANGUAGE "plpgsql" AS E'BEGIN NEW.a = ''\\''; RETURN NEW; END')");
static_assert(made[7].text == R"(CREATE TRIGGER "touched" BEFORE UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION touch())");
struct retouching : dt::migration<touching,
    dt::step<dt::replace_view<dt::routine<"touch", dt::body<"sql", "b">, dt::returns<"trigger">>>, dt::replace_view<touch>>,
    dt::step<dt::drop_view<"clear">, dt::create_view<clear>>> {};
static_assert(dt::up<dialect, retouching>[3].text ==
              R"(CREATE OR REPLACE FUNCTION "touch"() RETURNS trigger LANGUAGE "sql" AS 'b')");
static_assert(dt::up<dialect, retouching>[8].text == R"(DROP ROUTINE "clear"())");
struct left : dt::routine<"left", dt::body<"sql", "SELECT a">, dt::arguments<"a text, n integer">, dt::returns<"text">> {};
struct left_by_default
    : dt::routine<"left_of", dt::body<"sql", "SELECT a">, dt::arguments<"a text, n integer default 1">, dt::returns<"text">> {};
struct with_left : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text>>, left, left_by_default> {};
struct without : dt::migration<with_left, dt::step<dt::drop_view<"left">, dt::create_view<left>>,
                               dt::step<dt::drop_view<"left_of">, dt::create_view<left_by_default>>> {};
static_assert(dt::up<dialect, without>[3].text == R"(DROP ROUTINE "left"(a text, n integer))", "the server has a left, too");
static_assert(dt::up<dialect, without>[8].text == R"(DROP ROUTINE "left_of")", "without its defaults it is not said");

// What its methods can do (measured in tests/servers).
template <class Type, class... Each>
constexpr bool can = refused<dt::table<"t", dt::column<"a", Type>, dt::column<"b", Type>, Each...>>.empty();
template <dt::fixed_string Method, class Type, class... Each>
constexpr bool has = can<Type, dt::index_on<"i", a, dt::method<Method>, Each...>>;
template <dt::fixed_string Method, class Type>
constexpr bool is_unique = can<Type, dt::unique_index_on<"i", a, dt::method<Method>>>;
using second = element<"b">;
using first = element_sql<"1">;
using texts = dt::array<dt::text>;
static_assert(has<"gin", dt::jsonb> && has<"gin", texts, second> && !has<"gin", dt::text> && !has<"gin", dt::json>);
static_assert(!has<"gin", texts, dt::include<"b">> && !is_unique<"gin", texts>);
static_assert(!has<"gist", dt::text> && can<dt::text, dt::index_on<"i", first, dt::method<"gist">, dt::include<"a">>>);
static_assert(has<"hash", dt::jsonb> && !has<"hash", dt::text, second> && !has<"hash", dt::text, dt::include<"b">>);
static_assert(!has<"hash", dt::text, first> && !has<"hash", dt::json> && !is_unique<"hash", dt::text>);
static_assert(has<"brin", dt::text, second> && !has<"brin", dt::boolean> && !has<"brin", texts>);
static_assert(!has<"brin", dt::text, dt::include<"b">> && !can<dt::text, dt::index_on<"i", dt::method<"brin">,
                                                                                      element<"a", dt::descending>>>);
static_assert(has<"spgist", dt::varchar<9>, dt::include<"b">> && !has<"spgist", dt::character<9>> &&
              !has<"spgist", dt::text, second>);
static_assert(has<"bloom", dt::text, second> && is_unique<"bloom", dt::text>, "nothing is known of an extension's");
static_assert(has<"btree", dt::text, dt::include<"b">, dt::where<"b > ''">> && is_unique<"btree", dt::text>);
static_assert(can<dt::json, dt::index_on<"i", first, dt::include<"a">>>, "which is not compared");
template <dt::fixed_string Method, class Type = dt::text, class... Each>
constexpr bool excludes = can<Type, dt::exclude<"e", element<"a", with<"=">>, dt::method<Method>, Each...>>;
static_assert(excludes<"btree"> && excludes<"hash"> && excludes<"gist"> && excludes<"spgist"> && excludes<"bloom">);
static_assert(!excludes<"gin", texts> && !excludes<"brin"> && !excludes<"gist", texts> && !excludes<"btree", dt::json>);
static_assert(!excludes<"hash", dt::text, element<"b", with<"=">>> && excludes<"gist", dt::text, dt::include<"b">>);
template <int Major>
constexpr bool includes = dt::postgresql<Major>::refuses(
    dt::index_on<"i", a, dt::method<"spgist">, dt::include<"b">>::value, dt::table<"t">::value).empty();
static_assert(!includes<13> && includes<14>);

// What follows a column's new name is there in the version after it, where it has storage of its own.
struct emails : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text>, dt::column<"b", dt::text>,
                                          dt::index_on<"i", element<"b">, element_sql<"lower(a)", dt::descending>,
                                                       dt::where<"a <> b">, dt::include<"a">>,
                                          dt::index_on<"j", element<"b">, dt::where<"a <> ''">>>> {};
struct other_name : dt::migration<emails, dt::step<dt::rename_column<"t", "a", "it's \"c\"">,
                                                   dt::rename_column<"t", "it's \"c\"", "a">>> {};
struct renamed_in : dt::after<"2", other_name> {};
static_assert(dt::ddl<dialect, renamed_in>[4].text ==
              R"(CREATE INDEX "i" ON "t" ("b", (lower("it's ""c""")) DESC) INCLUDE ("it's ""c""") WHERE ("it's ""c""" <> b))");
static_assert(dt::ddl<dialect, renamed_in>[5].text == R"(CREATE INDEX "j" ON "t" ("b") WHERE ("it's ""c""" <> ''))");

// ---- What others see together or not at all

struct top : dt::view<"top", dt::query<"SELECT id FROM customer">, dt::column<"id", dt::bigint, dt::null>> {};
struct top_now : dt::view<"top", dt::query<"SELECT id FROM customer LIMIT 9">, dt::column<"id", dt::bigint, dt::null>> {};
struct with_top : dt::schema<"1", customer, top> {};
struct other_top : dt::migration<with_top, dt::step<dt::replace_view<top_now>, dt::replace_view<top>>> {};
constexpr dt::ddl_script replaced = dt::up<dialect, other_top>;
static_assert(replaced.size() == 6 && replaced[0].text == "BEGIN" && replaced[3].text == "DROP VIEW \"top\"" &&
              replaced[4].text == "CREATE VIEW \"top\" (\"id\") AS SELECT id FROM customer LIMIT 9" && replaced[5].text == "COMMIT");
struct only_customer : dt::schema<"1", customer> {};
struct rename_customer : dt::expand<only_customer, dt::gradual_rename_table<"customer", "client">> {};
constexpr dt::ddl_script two_names = dt::up<dialect, rename_customer>;
static_assert(two_names.size() == 6 && two_names[3].text == "ALTER TABLE \"customer\" RENAME TO \"client\"" &&
              two_names[4].text == "CREATE VIEW \"customer\" (\"id\") AS SELECT \"id\" FROM \"client\"");
struct rename_id : dt::expand<only_customer, dt::gradual_rename_column<"customer", "id", "odd \"id\"">> {};
constexpr dt::ddl_script two_columns = dt::up<dialect, rename_id>;
static_assert(two_columns.size() == 7 && two_columns[3].text == "ALTER TABLE \"customer\" ADD COLUMN \"odd \"\"id\"\"\" bigint" &&
              two_columns[3].lock == dt::lock_mode::access_exclusive && two_columns[4].lock == dt::lock_mode::none &&
              two_columns[5].text == "CREATE TRIGGER \"customer_odd \"\"id\"\"_sync\" BEFORE INSERT OR UPDATE ON \"customer\" "
                                     "FOR EACH ROW EXECUTE FUNCTION \"customer_odd \"\"id\"\"_sync\"()");
constexpr dt::ddl_script back = dt::down<dialect, rename_id>;
static_assert(back.size() == 7 && back[3].text == "DROP TRIGGER \"customer_odd \"\"id\"\"_sync\" ON \"customer\"" &&
              back[4].text == "DROP FUNCTION \"customer_odd \"\"id\"\"_sync\"()" &&
              back[5].text == "ALTER TABLE \"customer\" DROP COLUMN \"odd \"\"id\"\"\"");

// A sync's function goes with its table.
struct in_step : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text, dt::null>, dt::column<"b", dt::text, dt::null>,
                                           dt::sync<"ab", dt::older<dt::synced<"a">>, dt::newer<dt::synced<"b">>>>> {};
struct dropped_t : dt::migration<in_step, dt::lossy<"old", dt::step<dt::drop_table<"t">, dt::create_table<dt::table<"t",
    dt::column<"a", dt::text, dt::null>, dt::column<"b", dt::text, dt::null>,
    dt::sync<"ab", dt::older<dt::synced<"a">>, dt::newer<dt::synced<"b">>>>>>>> {};
static_assert(dt::up<dialect, dropped_t>[3].text == "DROP TABLE \"t\"" && dt::up<dialect, dropped_t>[4].text == "DROP FUNCTION \"ab\"()");

// Copies: one table at a time, and children behind their parents.
struct line : dt::table<"line", dt::column<"id", dt::bigint>, dt::column<"a", dt::bigint>, dt::column<"b", dt::text>,
                        dt::primary_key<"id">, dt::index<"by_a", "a", "b">,
                        dt::foreign_key<"of", dt::columns<"a", "b">, dt::references<"odd \"p\"", "a", "b">>> {};
struct parent : dt::table<"odd \"p\"", dt::column<"a", dt::bigint>, dt::column<"b", dt::text>, dt::column<"it's", dt::text>,
                          dt::column<"n", dt::text, dt::null>, dt::primary_key<"a", "b">> {};
struct without_copies : dt::schema<"1", line, parent> {};
using copying = dt::gradual_denormalise<"line", "of", dt::synced<"it's">, dt::synced<"m", "n">>;
struct add_copies : dt::expand<without_copies, copying> {};
struct with_copies : dt::after<"2", add_copies> {};
struct fill_copies : dt::fill<with_copies, copying> {};
constexpr dt::ddl_script added = dt::up<dialect, add_copies>;
static_assert(added.size() == 21 && added[3].text == R"(ALTER TABLE "line" ADD COLUMN "it's" text)" &&
              added[8].text == R"(ALTER TABLE "line" ADD COLUMN "m" text)");
static_assert(added[13].text == R"(CREATE FUNCTION "line_of_sync"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS )"
                                R"('#variable_conflict use_column
BEGIN
  IF TG_WHEN = ''AFTER'' THEN
    IF NEW."it''s" IS DISTINCT FROM OLD."it''s" OR NEW."n" IS DISTINCT FROM OLD."n" THEN
      PERFORM 1 FROM "odd ""p""" WHERE "a" = NEW."a" AND "b" = NEW."b" FOR UPDATE;
      UPDATE "line" SET "it''s" = NEW."it''s", "m" = NEW."n" WHERE "a" = NEW."a" AND "b" = NEW."b" AND )"
                                R"(("it''s" IS DISTINCT FROM NEW."it''s" OR "m" IS DISTINCT FROM NEW."n");
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP = ''INSERT'' OR NEW."a" IS DISTINCT FROM OLD."a" OR NEW."b" IS DISTINCT FROM OLD."b" OR )"
                                R"(NEW."it''s" IS DISTINCT FROM OLD."it''s" OR NEW."m" IS DISTINCT FROM OLD."m" THEN
    PERFORM 1 FROM "odd ""p""" WHERE "a" = NEW."a" AND "b" = NEW."b" FOR KEY SHARE;
    SELECT "it''s", "n" INTO NEW."it''s", NEW."m" FROM "odd ""p""" WHERE "a" = NEW."a" AND "b" = NEW."b";
  END IF;
  RETURN NEW;
END')");
static_assert(added[14].text == R"(CREATE TRIGGER "line_of_sync" BEFORE INSERT OR UPDATE ON "line" FOR EACH ROW EXECUTE FUNCTION "line_of_sync"())" &&
              added[14].table == "line" && added[14].lock == dt::lock_mode::share_row_exclusive && added[15].text == "COMMIT");
static_assert(added[19].text == R"(CREATE TRIGGER "line_of_sync" AFTER UPDATE ON "odd ""p""" FOR EACH ROW EXECUTE FUNCTION "line_of_sync"())" &&
              added[19].table == "odd \"p\"" && added[19].lock == dt::lock_mode::share_row_exclusive);
constexpr dt::ddl_script taken_back = dt::down<dialect, add_copies>;
static_assert(taken_back[3].text == R"(DROP TRIGGER "line_of_sync" ON "odd ""p""")" && taken_back[4].text == "COMMIT" &&
              taken_back[8].text == R"(DROP TRIGGER "line_of_sync" ON "line")" && taken_back[9].text == R"(DROP FUNCTION "line_of_sync"())");
constexpr dt::ddl_script copied = dt::up<dialect, fill_copies>;
static_assert(copied[0].text == "SET lock_timeout = '500ms'" && copied[2].batch_key == 1 && copied[3].idempotent);
static_assert(copied[3].text ==
              R"(UPDATE "line" SET "it's" = (SELECT "it's" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b"), )"
              R"("m" = (SELECT "n" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b") )"
              R"(WHERE ($1::bigint IS NULL OR ("id") > ($1::bigint)) AND ("id") <= ($2::bigint) AND (SELECT count(*) FROM (SELECT 1 FROM "odd ""p""" )"
              R"(WHERE ("a", "b") IN (SELECT "a", "b" FROM "line" WHERE ($1::bigint IS NULL OR ("id") > ($1::bigint)) AND ("id") <= ($2::bigint) AND )"
              R"(("it's" IS DISTINCT FROM (SELECT "it's" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b") )"
              R"(OR "m" IS DISTINCT FROM (SELECT "n" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b"))) )"
              R"(ORDER BY "a", "b" FOR KEY SHARE) AS parents) >= 0 AND )"
              R"(("it's" IS DISTINCT FROM (SELECT "it's" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b") )"
              R"(OR "m" IS DISTINCT FROM (SELECT "n" FROM "odd ""p""" WHERE "odd ""p"""."a" = "line"."a" AND "odd ""p"""."b" = "line"."b")) RETURNING 1)");
static_assert(copied[7].must_be_empty && copied[7].lock == dt::lock_mode::none);
// Of a table without a key all at once, and in a whole version behind its foreign key.
struct keyless : dt::schema<"1", parent, dt::table<"line", dt::column<"a", dt::bigint>, dt::column<"b", dt::text>, dt::index<"by_a", "a", "b">,
                                                   dt::foreign_key<"of", dt::columns<"a", "b">, dt::references<"odd \"p\"", "a", "b">>>> {};
struct expand_keyless : dt::expand<keyless, copying> {};
struct keyless_2 : dt::after<"2", expand_keyless> {};
struct fill_keyless : dt::fill<keyless_2, copying> {};
constexpr bool text_has(dt::text_view text, dt::text_view part) {
  for (std::size_t i = 0; i + part.size() <= text.size(); ++i)
    if (text.substr(i, part.size()) == part) return true;
  return false;
}
static_assert(text_has(dt::up<dialect, fill_keyless>[3].text, "FROM \"line\" WHERE true AND"));
constexpr dt::ddl_script whole = dt::ddl<dialect, with_copies>;
static_assert(text_has(whole[whole.size() - 5].text, "FOREIGN KEY") && text_has(whole[whole.size() - 4].text, "CREATE FUNCTION") &&
              text_has(whole[whole.size() - 3].text, " ON \"line\"") && text_has(whole[whole.size() - 2].text, " ON \"odd \"\"p\"\"\""));

// ---- Columns that exchange their values

struct place : dt::table<"it's %", dt::column<"id", dt::integer, dt::identity>, dt::column<"size", dt::integer, dt::default_value<4>>, dt::primary_key<"id">,
                         dt::unique_on<"k", dt::columns<"size", "id">, dt::deferrable>, dt::index_on<"i", dt::element<"id">, dt::where<"id > 5">>, dt::index<"j", "size">> {};
struct stay : dt::table<"stay", dt::column<"at", dt::integer>, dt::column<"next", dt::integer>,
                        dt::foreign_key<"at_fkey", dt::columns<"at">, dt::references<"it's %", "id">, dt::on_delete<dt::cascade>, dt::deferrable>> {};
struct places : dt::schema<"1", place, stay> {};
using wide_id = dt::gradual_widen_column<"it's %", "id", dt::bigint>;
struct expand_id : dt::expand<places, wide_id> {};
struct places_2 : dt::after<"2", expand_id> {};
struct fill_id : dt::fill<places_2, wide_id> {};
struct places_3 : dt::after<"3", fill_id> {};
struct contract_id : dt::contract<places_3, wide_id> {};
struct places_4 : dt::after<"4", contract_id> {};
constexpr dt::ddl_script shadowed = dt::up<dialect, expand_id>;
static_assert(shadowed.size() == 7 && shadowed[3].text == "ALTER TABLE \"it's %\" ADD COLUMN \"id_new\" bigint" &&
              shadowed[4].text == "CREATE FUNCTION \"it's %_id_sync\"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN\n"
                                  "  NEW.\"id_new\" := NEW.\"id\";\n  RETURN NEW;\nEND'");
constexpr bool contains(const dt::ddl_script& script, dt::text_view text) {
  for (const dt::statement& s : script)
    if (s.text == text) return true;
  return false;
}
static_assert(contains(dt::up<dialect, fill_id>, "SELECT 1 FROM \"it's %\" WHERE \"id_new\" IS DISTINCT FROM (\"id\") LIMIT 1"));
constexpr dt::ddl_script widened = dt::up<dialect, contract_id>;
// Each index, by itself; then the foreign key; then all that is seen at once.
constexpr dt::text_view wanted[]{
    "SET lock_timeout = 0", "SET statement_timeout = 0", "DROP INDEX CONCURRENTLY IF EXISTS \"dovetail new 1 \"",
    "CREATE UNIQUE INDEX CONCURRENTLY \"dovetail new 1 \" ON \"it's %\" (\"id_new\")", "RESET lock_timeout", "RESET statement_timeout",
    "SET lock_timeout = 0", "SET statement_timeout = 0", "DROP INDEX CONCURRENTLY IF EXISTS \"dovetail new 2 \"",
    "CREATE UNIQUE INDEX CONCURRENTLY \"dovetail new 2 \" ON \"it's %\" (\"size\", \"id_new\")", "RESET lock_timeout", "RESET statement_timeout",
    "SET lock_timeout = 0", "SET statement_timeout = 0", "DROP INDEX CONCURRENTLY IF EXISTS \"dovetail new 3 \"",
    "CREATE INDEX CONCURRENTLY \"dovetail new 3 \" ON \"it's %\" (\"id_new\") WHERE (\"id_new\" > 5)", "RESET lock_timeout", "RESET statement_timeout",
    "BEGIN", "SET LOCAL lock_timeout = '2s'", "SET LOCAL statement_timeout = '10s'",
    "LOCK TABLE \"stay\", \"it's %\" IN SHARE UPDATE EXCLUSIVE MODE", "SET LOCAL lock_timeout = '400ms'",
    "ALTER TABLE \"stay\" ADD CONSTRAINT \"dovetail new constraint \" FOREIGN KEY (\"at\") REFERENCES \"it's %\" (\"id_new\") "
    "ON DELETE CASCADE DEFERRABLE NOT VALID",
    "COMMIT", "BEGIN", "SET LOCAL lock_timeout = '2s'", "SET LOCAL statement_timeout = '0'",
    "ALTER TABLE \"stay\" VALIDATE CONSTRAINT \"dovetail new constraint \"", "COMMIT",
    "BEGIN", "SET LOCAL lock_timeout = '2s'", "SET LOCAL statement_timeout = '10s'",
    "LOCK TABLE \"stay\", \"it's %\" IN SHARE UPDATE EXCLUSIVE MODE", "SET LOCAL lock_timeout = '400ms'",
    "ALTER TABLE \"stay\" DROP CONSTRAINT \"at_fkey\"",
    "ALTER TABLE \"stay\" RENAME CONSTRAINT \"dovetail new constraint \" TO \"at_fkey\"", "COMMIT",
    "BEGIN", "SET LOCAL lock_timeout = '2s'", "SET LOCAL statement_timeout = '10s'",
    "DO 'BEGIN EXECUTE (SELECT format(''ALTER TABLE %s DROP CONSTRAINT %I'', conrelid::regclass, conname) FROM pg_constraint "
    "WHERE contype = ''p'' AND conrelid = ''\"it''''s %\"''::regclass); END'",
    "ALTER TABLE \"it's %\" DROP CONSTRAINT \"k\"", "DROP INDEX \"i\"",
    "DO 'DECLARE number text := pg_get_serial_sequence(''\"it''''s %\"'', ''id''); last bigint := pg_sequence_last_value(number::regclass); "
    "BEGIN ALTER TABLE \"it''s %\" ALTER COLUMN \"id\" DROP IDENTITY; EXECUTE format(''ALTER TABLE \"it''''s %%\" ALTER COLUMN \"id_new\" "
    "ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME %s)'', number); PERFORM setval(number, last); END'",
    "ALTER TABLE \"it's %\" RENAME COLUMN \"id\" TO \"dovetail old column \"", "ALTER TABLE \"it's %\" RENAME COLUMN \"id_new\" TO \"id\"",
    "ALTER TABLE \"it's %\" RENAME COLUMN \"dovetail old column \" TO \"id_new\"",
    "CREATE OR REPLACE FUNCTION \"it's %_id_sync\"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN\n  NEW.\"id_new\" := NEW.\"id\";\n  RETURN NEW;\nEND'",
    "ALTER TABLE \"it's %\" ADD CONSTRAINT \"it's %_pkey\" PRIMARY KEY USING INDEX \"dovetail new 1 \"",
    "ALTER TABLE \"it's %\" ADD CONSTRAINT \"k\" UNIQUE USING INDEX \"dovetail new 2 \" DEFERRABLE",
    "ALTER INDEX \"dovetail new 3 \" RENAME TO \"i\"", "COMMIT"};
constexpr std::size_t wanted_size = sizeof(wanted) / sizeof(*wanted);
constexpr bool begins_as_wanted() {
  for (std::size_t i = 0; i != wanted_size; ++i)
    if (!(widened[i].text == wanted[i])) return false;
  return true;
}
static_assert(begins_as_wanted());
constexpr bool holds_no_lock_long(const dt::ddl_script& script) {
  for (const dt::statement& s : script)
    if (s.rewrites || (s.lock == dt::lock_mode::access_exclusive && (s.scans || s.builds_index))) return false;
  return true;
}
static_assert(holds_no_lock_long(widened) && holds_no_lock_long(dt::down<dialect, contract_id>));
// Rolled back, it is the same with the narrower type, which comes and is filled first.
constexpr dt::ddl_script narrowed = dt::down<dialect, contract_id>;
static_assert(contains(narrowed, "ALTER TABLE \"it's %\" ADD COLUMN \"id_new\" integer") && contains(narrowed, wanted[3]) &&
              narrowed[narrowed.size() - 2].text == wanted[wanted_size - 2]);
// A default goes with the values.
using wide_size = dt::gradual_widen_column<"it's %", "size", dt::bigint>;
struct expand_size : dt::expand<places_4, wide_size> {};
struct places_5 : dt::after<"5", expand_size> {};
struct fill_size : dt::fill<places_5, wide_size> {};
struct places_6 : dt::after<"6", fill_size> {};
struct contract_size : dt::contract<places_6, wide_size> {};
static_assert(contains(dt::up<dialect, contract_size>,
                       "ALTER TABLE \"it's %\" ALTER COLUMN \"size\" DROP DEFAULT, ALTER COLUMN \"size_new\" SET DEFAULT 4"));

}  // namespace

// ---- Rows, in batches

using dt::model::assignment;
constexpr assignment set_note[]{{"odd \"note\"", "lower(\"name\")"}};
constexpr assignment set_key[]{{"odd \"note\"", "a"}, {"b", "b + 1"}};
template <class... Parts>
struct rows_of : dt::schema<"1", dt::table<"odd \"t\"", dt::column<"odd \"note\"", dt::text, dt::null>,
                                           dt::column<"b", dt::precise<dt::timestamptz, 3>>,
                                           dt::column<"a", dt::bigint>, dt::column<"n", dt::text, dt::null>, Parts...>> {
};
template <class... Parts>
using script = test::rows_script<dialect, rows_of<Parts...>>;

static_assert([] {
  const script<dt::primary_key<"a">> s("odd \"t\"", set_note, "\"odd \"\"note\"\"\" IS NULL");
  return s.script.size() == 6 && s[0] == "SET lock_timeout = '2s'" && s[1] == "SET statement_timeout = '60s'" &&
         s[2] == R"(SELECT "a" FROM (SELECT "a" FROM "odd ""t""" WHERE ($1::bigint IS NULL OR ("a") > ($1::bigint)) )"
                 R"(ORDER BY "a" LIMIT 1000) AS batch ORDER BY "a" DESC LIMIT 1)" &&
         s[3] == R"(UPDATE "odd ""t""" SET "odd ""note""" = (lower("name")) WHERE ($1::bigint IS NULL OR )"
                 R"(("a") > ($1::bigint)) AND ("a") <= ($2::bigint) AND ("odd ""note""" IS NULL) RETURNING 1)" &&
         s[4] == "RESET lock_timeout" && s[5] == "RESET statement_timeout";
}());
static_assert([] {
  const script<dt::primary_key<"a">> s("odd \"t\"", set_note, "n > 0");
  return s.facts(2).batch_key == 1 && s.facts(2).transaction == dt::transaction_mode::outside &&
         s.facts(2).lock == dt::lock_mode::none && s.facts(3).lock == dt::lock_mode::row_exclusive &&
         s.facts(3).table == "odd \"t\"" && s.facts(3).idempotent && s.facts(3).restart == 1 &&
         s.facts(3).transaction == dt::transaction_mode::outside && !s.facts(3).scans;
}());
static_assert(!script<dt::primary_key<"a">>("odd \"t\"", set_note, "").facts(3).idempotent,
              "what would be done again to rows that are done");

// Of several columns, with their types; a unique constraint or index where there is no primary key.
template <class... Parts>
constexpr bool goes_by(const auto& set, dt::text_view columns) {
  const script<Parts...> s("odd \"t\"", set, "");
  return s[2].substr(0, 7 + columns.size() + 5).substr(7) == (dt::text_buffer() << columns << " FROM").all();
}
static_assert(goes_by<dt::primary_key<"b", "a">>(set_note, R"("b", "a")"));
static_assert([] {
  const script<dt::primary_key<"b", "a">> s("odd \"t\"", set_note, "");
  return s.facts(2).batch_key == 2 &&
         s[3] == R"(UPDATE "odd ""t""" SET "odd ""note""" = (lower("name")) WHERE ($1::timestamptz(3) IS NULL OR )"
                 R"(("b", "a") > ($1::timestamptz(3), $2::bigint)) AND ("b", "a") <= ($3::timestamptz(3), $4::bigint) )"
                 R"(RETURNING 1)";
}());
static_assert(goes_by<dt::unique<"k", "n">, dt::unique<"u", "a">, dt::primary_key<"b">>(set_note, R"("b")"));
static_assert(goes_by<dt::unique<"k", "n">, dt::unique<"u", "b">, dt::unique<"v", "a">>(set_note, R"("b")"));
static_assert(goes_by<dt::index<"i", "b">, dt::unique_index<"j", "a">>(set_note, R"("a")"));
static_assert(goes_by<dt::primary_key<"b">, dt::unique<"u", "a">>(set_key, R"("a")"), "an order that the update changes");

// Nothing to go by: all at once.
template <class... Parts>
constexpr bool at_once(const auto& set) {
  const script<Parts...> s("odd \"t\"", set, "n > 0");
  return s.script.size() == 5 && s[0] == "BEGIN" && s[2] == "SET LOCAL statement_timeout = '0'" &&
         s.facts(3).batch_key == 0 && s.facts(3).scans && s.facts(3).lock == dt::lock_mode::row_exclusive;
}
static_assert(at_once<>(set_key) && at_once<dt::unique<"u", "n">>(set_key) && at_once<dt::primary_key<"b">>(set_key));
static_assert(at_once<dt::unique_index_on<"i", element<"a">, dt::where<"n > 0">>>(set_note));
static_assert(at_once<dt::unique_index_on<"i", element_sql<"lower(n)">>>(set_note));
static_assert([] {
  const script<> s("odd \"t\"", set_key, "n > 0");
  return s[3] == R"(UPDATE "odd ""t""" SET "odd ""note""" = (a), "b" = (b + 1) WHERE (n > 0))";
}());

// ---- Rows, and SQL of the user

struct label : dt::enumeration<"label", "it's", "a\\b"> {};
struct keyed : dt::table<"odd \"t\"", dt::column<"odd \"k\"", dt::text>, dt::column<"n", dt::smallint>,
                         dt::column<"b", dt::boolean, dt::null>, dt::column<"l", label, dt::null>,
                         dt::column<"d", dt::numeric<4, 2>, dt::null>, dt::primary_key<"n", "odd \"k\"">> {};
struct keyed_version : dt::schema<"1", keyed> {};
using columns = dt::columns<"odd \"k\"", "n", "b", "l", "d">;
template <class Forward, class Inverse>
struct change_rows : dt::migration<keyed_version, dt::step<Forward, Inverse>> {};
using insert = dt::insert_rows<"odd \"t\"", columns, dt::row<"it's", -1, true, "a\\b", "-1.50">,
                               dt::row<"'; --", 2, dt::null{}, "it's", dt::null{}>>;
using remove = dt::delete_rows<"odd \"t\"", columns, dt::row<"it's", -1, dt::null{}, dt::null{}, dt::null{}>,
                               dt::row<"'; --", 2, dt::null{}, dt::null{}, dt::null{}>>;
using inserted = change_rows<insert, remove>;
static_assert(dt::up<dialect, inserted>.size() == 5 && dt::up<dialect, inserted>[1].text == "SET LOCAL lock_timeout = '2s'");
static_assert(dt::up<dialect, inserted>[3].text ==
              R"(INSERT INTO "odd ""t""" ("odd ""k""", "n", "b", "l", "d") VALUES )"
              R"(('it''s', -1, true, E'a\\b', -1.50), ('''; --', 2, NULL, 'it''s', NULL))");
static_assert(dt::up<dialect, inserted>[3].lock == dt::lock_mode::row_exclusive &&
              dt::up<dialect, inserted>[3].table == "odd \"t\"" && !dt::up<dialect, inserted>[3].idempotent);
static_assert(dt::down<dialect, inserted>[3].text ==
              R"(DELETE FROM "odd ""t""" WHERE "n" = -1 AND "odd ""k""" = 'it''s' OR "n" = 2 AND "odd ""k""" = '''; --')");

template <class... Options>
using opaque =
    change_rows<dt::run_sql<"a", "SELECT 1", Options...>, dt::run_sql<"b", "SELECT 2", dt::for_postgresql<"SELECT 3">>>;
static_assert(dt::up<dialect, opaque<>>.size() == 5 && dt::up<dialect, opaque<>>[3].text == "SELECT 1");
static_assert(dt::down<dialect, opaque<>>[3].text == "SELECT 3");
static_assert(dt::up<dialect, opaque<dt::for_sqlite<"x">>>[3].text == "SELECT 1");
static_assert(dt::up<dialect, opaque<>>[2].text == "SET LOCAL statement_timeout = '10s'");
static_assert(dt::up<dialect, opaque<dt::scans_table>>[2].text == "SET LOCAL statement_timeout = '0'");
static_assert([] {
  using locking = opaque<dt::locks<"odd \"t\"", dt::lock_mode::share>, dt::rewrites_table, dt::run_again>;
  const dt::statement& s = dt::up<dialect, locking>[3];
  return s.table == "odd \"t\"" && s.lock == dt::lock_mode::share && s.rewrites && s.scans && s.idempotent &&
         s.transaction == dt::transaction_mode::inside;
}());
static_assert([] {
  const dt::ddl_script& s = dt::up<dialect, opaque<dt::outside_transaction>>;
  return s.size() == 5 && s[0].text == "SET lock_timeout = 0" && s[2].text == "SELECT 1" &&
         s[2].transaction == dt::transaction_mode::outside && s[4].text == "RESET statement_timeout";
}());
static_assert([] {
  const dt::ddl_script& s =
      dt::up<dialect, opaque<dt::outside_transaction, dt::locks<"odd \"t\"", dt::lock_mode::share>>>;
  return s.size() == 6 && s[2].text == "SET lock_timeout = '2s'" && s[3].text == "SELECT 1";
}());
