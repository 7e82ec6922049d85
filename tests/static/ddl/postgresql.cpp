// SPDX-License-Identifier: BSL-1.0
#include <dovetail/ddl/postgresql.hpp>

#include <dovetail/diagnose/ddl.hpp>

#include "../../support/findings.hpp"

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

}  // namespace
