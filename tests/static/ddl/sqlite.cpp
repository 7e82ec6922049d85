// SPDX-License-Identifier: BSL-1.0
#include <dovetail/ddl/sqlite.hpp>

#include <dovetail/change/copies.hpp>
#include <dovetail/change/gradual.hpp>
#include <dovetail/change/syncs.hpp>
#include <dovetail/diagnose/ddl.hpp>

#include "../../support/findings.hpp"
#include "../../support/rows_script.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using dialect = dt::sqlite<3, 40>;

template <class... Tables>
struct version : dt::schema<"1", Tables...> {};
template <class... Tables>
constexpr dt::ddl_script script = dt::ddl<dialect, version<Tables...>>;

// ---- Types, and what holds the values to them

/// A table of one column that may be null is declared as this.
template <class Type, class... Options>
constexpr bool is(dt::text_view wanted) {
  constexpr dt::text_view before = "CREATE TABLE \"t\" (\n  \"c\" ";
  constexpr dt::text_view text = script<dt::table<"t", dt::column<"c", Type, dt::null, Options...>>>[1].text;
  return text.substr(0, before.size()) == before &&
         text.substr(before.size(), text.size() - before.size() - 2) == wanted;
}
#define TYPED(storage) "CHECK (typeof(\"c\") IN ('" storage "', 'null')"
static_assert(is<dt::smallint>("smallint " TYPED("integer") " AND \"c\" BETWEEN -32768 AND 32767)"));
static_assert(is<dt::integer>("int " TYPED("integer") " AND \"c\" BETWEEN -2147483648 AND 2147483647)"));
static_assert(is<dt::bigint>("bigint " TYPED("integer") ")"));
static_assert(is<dt::boolean, dt::default_value<true>>("boolean DEFAULT 1 CHECK (\"c\" IN (0, 1))"));
static_assert(is<dt::text>("text " TYPED("text") ")"));
static_assert(is<dt::varchar<9>>("varchar(9) " TYPED("text") " AND length(\"c\") <= 9)"));
static_assert(is<dt::character<3>, dt::default_value<"it'">>(
    "char(3) DEFAULT 'it''' " TYPED("text") " AND length(\"c\") <= 3)"));
static_assert(is<dt::numeric<5, 2>, dt::default_value<"12.50">>(
    "numeric(5,2) DEFAULT 12.50 CHECK (round(\"c\", 2) = \"c\" AND \"c\" BETWEEN -999.99 AND 999.99)"));
static_assert(is<dt::numeric<5>>("numeric(5,0) CHECK (round(\"c\", 0) = \"c\" AND \"c\" BETWEEN -99999 AND 99999)"));
static_assert(is<dt::numeric<2, 2>>("numeric(2,2) CHECK (round(\"c\", 2) = \"c\" AND \"c\" BETWEEN -0.99 AND 0.99)"));
static_assert(is<dt::real>("real " TYPED("real") ")"));
static_assert(is<dt::double_precision>("double precision " TYPED("real") ")"));
static_assert(is<dt::date>("text " TYPED("text") ")") && is<dt::time>("text " TYPED("text") ")"));
static_assert(is<dt::timestamp>("text " TYPED("text") ")") && is<dt::timestamptz>("text " TYPED("text") ")"));
static_assert(is<dt::precise<dt::timestamptz, 4>>(
    "text " TYPED("text") " AND \"c\" NOT GLOB '*.[0-9][0-9][0-9][0-9][1-9]*'"
                          " AND \"c\" NOT GLOB '*.[0-9][0-9][0-9][0-9][0-9][1-9]*')"));
static_assert(is<dt::interval>("text " TYPED("text") ")") && is<dt::uuid>("text " TYPED("text") ")"));
static_assert(is<dt::json>("text " TYPED("text") ")") && is<dt::jsonb>("text " TYPED("text") ")"));
static_assert(is<dt::bytea>("blob " TYPED("blob") ")"));
static_assert(is<dt::enumeration<"e", "open", "it's">>("text CHECK (\"c\" IN ('open', 'it''s'))"));

template <class Type>
constexpr dt::text_view numbered =
    script<dt::table<"t", dt::column<"id", Type, dt::identity>, dt::primary_key<"id">>>[1].text;
static_assert(numbered<dt::bigint> == "CREATE TABLE \"t\" (\n  \"id\" INTEGER PRIMARY KEY AUTOINCREMENT\n)");
static_assert(numbered<dt::smallint> == "CREATE TABLE \"t\" (\n  \"id\" INTEGER PRIMARY KEY AUTOINCREMENT "
                                        "CHECK (\"id\" BETWEEN -32768 AND 32767)\n)");

// ---- Rules

template <class Rule>
constexpr bool checks(dt::text_view wanted) {
  constexpr dt::text_view before =
      "CREATE TABLE \"t\" (\n  \"c\" text " TYPED("text") "),\n  CONSTRAINT \"it's \"\"k\"\"\" CHECK (";
  constexpr dt::text_view text =
      script<dt::table<"t", dt::column<"c", dt::text, dt::null>, dt::check_values<"it's \"k\"", "c", Rule>>>[1].text;
  return text.substr(0, before.size()) == before &&
         text.substr(before.size(), text.size() - before.size() - 3) == wanted;
}
#undef TYPED
static_assert(checks<dt::one_of<"a", "it's">>("\"c\" IN ('a', 'it''s')"));
static_assert(checks<dt::at_most<9>>("length(\"c\") <= 9"));
static_assert(checks<dt::like<"a_%">>("\"c\" GLOB 'a?*'"), "whose case counts");
static_assert(checks<dt::like<"*?[']">>("\"c\" GLOB '[*][?][[]'']'"));
static_assert(checks<dt::like<"">>("\"c\" GLOB ''"));

// ---- Views: after everything else, and set aside while a table is rebuilt

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::null>> {};
struct names : dt::view<"odd \"view\"", dt::query<"SELECT id, 'it''s' FROM customer">,
                        dt::column<"odd \"c\"", dt::bigint>, dt::column<"d", dt::text>> {};
constexpr dt::text_view create_view =
    "CREATE VIEW \"odd \"\"view\"\"\" (\"odd \"\"c\"\"\", \"d\") AS SELECT id, 'it''s' FROM customer";
static_assert(script<names, customer>.size() == 4 && script<names, customer>[2].text == create_view);
static_assert(script<customer>.size() == 3);

struct v1 : dt::schema<"1", names, customer> {};
template <dt::fixed_string Name, class Option>
struct add : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<Name, dt::timestamptz, Option>>,
                                        dt::drop_column<"customer", Name>>> {};
constexpr dt::ddl_script rebuilt = dt::up<dialect, add<"at", dt::default_sql<"CURRENT_TIMESTAMP">>>;
constexpr std::size_t position(dt::text_view text) {
  std::size_t i = 0;
  while (i != rebuilt.size() && !(rebuilt[i].text == text)) ++i;
  return i;
}
static_assert(position("DROP VIEW \"odd \"\"view\"\"\"") + 1 == position("DROP TABLE \"customer\""));
static_assert(position(create_view) == position("ALTER TABLE \"dovetail new customer \" RENAME TO \"customer\"") + 1);
static_assert(position(create_view) < position("COMMIT") && position("COMMIT") < rebuilt.size());

constexpr dt::ddl_script added = dt::up<dialect, add<"at", dt::null>>;
static_assert(added.size() == 3 && added[1].scans && !added[1].rewrites, "for the CHECK");

// ---- What it cannot have

template <class... Tables>
constexpr dt::array_view<dt::finding> refused = dt::creatability<dialect, version<Tables...>>::findings;
template <class Type>
constexpr dt::array_view<dt::finding> refused_of = refused<dt::table<"t", dt::column<"c", Type>>>;
static_assert(test::are(refused_of<dt::array<dt::text>>, code::DL_UNSUPPORTED));
static_assert(refused_of<dt::array<dt::text>>[0].detail ==
              "SQLite has no arrays: declare a table of the elements, or jsonb");
static_assert(*refused_of<dt::array<dt::text>>[0].column_type == dt::array<dt::text>::type);
static_assert(test::are(refused_of<dt::any_numeric>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_of<dt::numeric<16>>, code::DL_UNSUPPORTED) && refused_of<dt::numeric<15>>.empty());
static_assert(test::are(refused<dt::table<"t", dt::column<"id", dt::bigint, dt::identity>>>, code::DL_UNSUPPORTED));
struct function
    : dt::function<"f", dt::query<"SELECT 1, 2">, dt::column<"a", dt::bigint>, dt::column<"b", dt::bigint>> {};
static_assert(test::are(refused<function>, code::DL_UNSUPPORTED), "once, not for each column");
static_assert(refused<function>[0].table == "f" && refused<function>[0].object.empty());
static_assert(refused<function>[0].detail == "SQLite has no functions that return rows: declare a view");

// ---- Comments, of which it has none

using commented = dt::table<"t", dt::comment<"a">, dt::column<"c", dt::bigint, dt::null, dt::comment<"b">>>;
static_assert(script<commented>.size() == 3 && is<dt::bigint, dt::comment<"b">>("bigint CHECK (typeof(\"c\") IN ('integer', 'null'))"));
struct with_comments : dt::schema<"1", commented> {};
struct says_less : dt::migration<with_comments, dt::step<dt::drop_comment<"t">, dt::set_comment<"t", "a">>,
                                 dt::step<dt::set_column_comment<"t", "c", "x">, dt::set_column_comment<"t", "c", "b">>> {};
static_assert(dt::up<dialect, says_less>.size() == 0 && dt::down<dialect, says_less>.size() == 0);

// ---- Collations

static_assert(is<dt::text, dt::collate<"NOCASE">, dt::default_value<"">>(
    "text DEFAULT '' COLLATE \"NOCASE\" CHECK (typeof(\"c\") IN ('text', 'null'))"));
template <dt::fixed_string Collation, class... Parts>
using collated = dt::table<"t", dt::column<"a", dt::text, dt::collate<Collation>>, Parts...>;
static_assert(refused<collated<"BINARY">>.empty() && refused<collated<"RTRIM">>.empty());
static_assert(test::are(refused<collated<"C">>, code::DL_UNSUPPORTED));
using open = dt::check_values<"k", "a", dt::one_of<"open">>;
static_assert(test::are(refused<collated<"NOCASE", open>>, code::DL_UNSUPPORTED), "OPEN would be one of them");
static_assert(refused<collated<"BINARY", open>>.empty() && refused<collated<"NOCASE", dt::check<"k", "a > ''">>>.empty());

// ---- Options of keys

template <class... Options>
using keyed = dt::table<"t", dt::column<"a", dt::text>, dt::unique_on<"u", dt::columns<"a">, Options...>>;
static_assert(test::are(refused<keyed<dt::deferrable>>, code::DL_UNSUPPORTED) && refused<keyed<>>.empty() &&
              test::are(refused<keyed<dt::nulls_not_distinct>>, code::DL_UNSUPPORTED));

// ---- Generated columns

using a_number = dt::column<"a", dt::bigint>;
using twice = dt::column<"b", dt::bigint, dt::generated_virtual<"a * 2">>;
using half = dt::column<"b", dt::numeric<9, 2>, dt::generated_stored<"a / 2.0">, dt::null>;
static_assert(script<dt::table<"t", twice, a_number>>[1].text ==
              R"(CREATE TABLE "t" ()" "\n"
              R"(  "b" bigint GENERATED ALWAYS AS (a * 2) VIRTUAL NOT NULL CHECK (typeof("b") IN ('integer', 'null')),)" "\n"
              R"(  "a" bigint NOT NULL CHECK (typeof("a") IN ('integer', 'null')))" "\n)");
static_assert(script<dt::table<"t", half, a_number>>[1].text.substr(21, 72) ==
              R"("b" numeric(9,2) GENERATED ALWAYS AS (round(a / 2.0, 2)) STORED CHECK (r)");
static_assert(test::are(refused<dt::table<"t", twice>>, code::DL_UNSUPPORTED), "nothing but generated columns");
static_assert(test::are(refused<dt::table<"t", a_number, twice, dt::primary_key<"b">>>, code::DL_UNSUPPORTED));
static_assert(refused<dt::table<"t", a_number, twice, dt::unique<"u", "b">, dt::primary_key<"a">>>.empty());

struct numbers : dt::schema<"1", dt::table<"t", a_number>> {};
template <class Column>
struct adds : dt::migration<numbers, dt::step<dt::add_column<"t", Column>, dt::drop_column<"t", "b">>> {};
static_assert(dt::up<dialect, adds<twice>>.size() == 3 && dt::up<dialect, adds<half>>.size() == 9, "the table anew");
static_assert(dt::up<dialect, adds<half>>[3].text ==
              R"(INSERT INTO "dovetail new t " ("a") SELECT "a" FROM "t")");

// What is generated is not copied.
struct halves : dt::schema<"1", dt::table<"t", a_number, half>> {};
struct made_null : dt::migration<halves, dt::step<dt::drop_not_null<"t", "a">, dt::set_not_null<"t", "a">>> {};
static_assert(dt::up<dialect, made_null>[3].text == R"(INSERT INTO "dovetail new t " ("a") SELECT "a" FROM "t")");

// ---- Indexes

template <class... Each>
using indexed = dt::table<"t", dt::column<"a", dt::text>, dt::column<"b", dt::text>, dt::index_on<"i", Each...>>;
using a = dt::element<"a">;
static_assert(script<indexed<a, dt::element_sql<"lower(b)", dt::descending>, dt::where<"b <> 'it''s'">>>[2].text ==
              R"(CREATE INDEX "i" ON "t" ("a", (lower(b)) DESC) WHERE (b <> 'it''s'))");
static_assert(refused<indexed<dt::element<"a", dt::descending>, dt::method<"btree">>>.empty());
static_assert(test::are(refused<indexed<a, dt::include<"b">>>, code::DL_UNSUPPORTED) &&
              refused<indexed<a, dt::include<"b">>>[0].object == "i");
static_assert(test::are(refused<indexed<a, dt::method<"hash">>>, code::DL_UNSUPPORTED));
static_assert(test::are(refused<indexed<a, dt::element<"b", dt::nulls_last>>>, code::DL_UNSUPPORTED));
static_assert(test::are(refused<indexed<dt::element_sql<"a", dt::descending, dt::nulls_first>>>, code::DL_UNSUPPORTED));
static_assert(refused<indexed<dt::element<"a", dt::descending>, dt::element_sql<"'NULLS FIRST'">>>.empty());

// One that has another name is made anew, as it was.
struct before : dt::schema<"1", indexed<a, dt::where<"b > ''">>> {};
struct renamed : dt::migration<before, dt::step<dt::rename_index<"t", "i", "j">, dt::rename_index<"t", "j", "i">>> {};
static_assert(dt::up<dialect, renamed>[2].text == R"(CREATE INDEX "j" ON "t" ("a") WHERE (b > ''))");

// ---- Columns that are kept in step

using naming = dt::gradual_rename_column<"odd 't'", "it's", "b">;
struct named_1 : dt::schema<"1", dt::table<"odd 't'", dt::column<"it's", dt::text>, dt::column<"_rowid_", dt::text>,
                                           dt::column<"rowid", dt::text>>> {};
struct expand_name : dt::expand<named_1, naming> {};
struct named_2 : dt::after<"2", expand_name> {};
struct fill_name : dt::fill<named_2, naming> {};
struct named_3 : dt::after<"3", fill_name> {};
struct contract_name : dt::contract<named_3, naming> {};

// The table is made anew without NOT NULL, with the column that comes; the triggers come last, and look at it.
constexpr dt::ddl_script expanded = dt::up<dialect, expand_name>;
static_assert(expanded.size() == 11 && expanded[3].text.substr(0, 81) ==
              R"(INSERT INTO "dovetail new odd 't' " ("it's", "_rowid_", "rowid") SELECT "it's", ")");
static_assert(expanded[2].text.substr(0, 93) ==
              "CREATE TABLE \"dovetail new odd 't' \" (\n  \"it's\" text CHECK (typeof(\"it's\") IN ('text', 'null'");
static_assert(expanded[6].text == "CREATE TRIGGER \"odd 't'_b_sync insert\" AFTER INSERT ON \"odd 't'\" BEGIN\n"
              "  UPDATE \"odd 't'\" SET \"b\" = (\"it's\") WHERE oid = NEW.oid AND NEW.\"b\" IS NULL;\n"
              "  UPDATE \"odd 't'\" SET \"it's\" = (\"b\") WHERE oid = NEW.oid AND NOT (NEW.\"b\" IS NULL);\n"
              "  SELECT RAISE(ABORT, 'NOT NULL constraint failed: it''s') FROM \"odd 't'\" WHERE oid = NEW.oid AND \"it's\" IS NULL;\n"
              "END");
static_assert(expanded[7].text == "CREATE TRIGGER \"odd 't'_b_sync update\" AFTER UPDATE OF \"b\", \"it's\" ON \"odd 't'\" BEGIN\n"
              "  UPDATE \"odd 't'\" SET \"it's\" = (\"b\") WHERE oid = NEW.oid AND "
              "(NEW.\"b\" IS NOT OLD.\"b\" COLLATE BINARY) AND (\"b\" IS NOT (\"it's\") COLLATE BINARY);\n"
              "  UPDATE \"odd 't'\" SET \"b\" = (\"it's\") WHERE oid = NEW.oid AND "
              "(NEW.\"it's\" IS NOT OLD.\"it's\" COLLATE BINARY) AND (\"it's\" IS NOT (\"b\") COLLATE BINARY);\n"
              "  SELECT RAISE(ABORT, 'NOT NULL constraint failed: it''s') FROM \"odd 't'\" WHERE oid = NEW.oid AND \"it's\" IS NULL;\n"
              "END");
// Filled in batches, and proven; then the triggers look at NOT NULL of the newer one, too, and the table stays.
constexpr dt::ddl_script filled = dt::up<dialect, fill_name>;
static_assert(filled.size() == 10 && filled[0].batch_key == 1 && filled[2].must_be_empty &&
              filled[2].text == "SELECT 1 FROM \"odd 't'\" WHERE (\"b\" IS NOT (\"it's\") COLLATE BINARY) AND "
                                "(\"it's\" IS NOT (\"b\") COLLATE BINARY) LIMIT 1");
static_assert(filled[4].must_be_empty && filled[4].scans &&
              filled[4].text == "SELECT 1 FROM \"odd 't'\" WHERE \"b\" IS NULL LIMIT 1" &&
              filled[5].text == "DROP TRIGGER \"odd 't'_b_sync insert\"" && !filled[7].rewrites);
static_assert(dt::down<dialect, fill_name>.size() == 6, "no column is looked through to lose NOT NULL");
// The older column goes with the table that is made anew, which has NOT NULL again.
constexpr dt::ddl_script contracted = dt::up<dialect, contract_name>;
static_assert([] {
  std::size_t made = 0;
  for (const dt::statement& s : contracted) made += s.text.substr(0, 12) == "CREATE TABLE";
  return made == 1 && contracted[contracted.size() - 3].text == "PRAGMA foreign_key_check";
}());
static_assert(dt::down<dialect, expand_name>[2].text.substr(0, 60) ==
              "CREATE TABLE \"dovetail new odd 't' \" (\n  \"it's\" text NOT NUL");

// Where nothing is NOT NULL, the columns come and go as they are.
template <class... Parts>
struct loose : dt::schema<"1", dt::table<"t", dt::column<"a", dt::text, dt::null>, dt::column<"c", dt::text, dt::null>, Parts...>> {};
struct expand_loose : dt::expand<loose<>, dt::gradual_rename_column<"t", "a", "b">> {};
static_assert(dt::up<dialect, expand_loose>.size() == 5 && dt::up<dialect, expand_loose>[1].text.substr(0, 23) == "ALTER TABLE \"t\" ADD COL" &&
              dt::down<dialect, expand_loose>.size() == 5 &&
              dt::down<dialect, expand_loose>[3].text == "ALTER TABLE \"t\" DROP COLUMN \"b\"");

// What SQLite looks at while a row has one side only.
using both = dt::sync<"ac", dt::older<dt::synced<"a">>, dt::newer<dt::synced<"c">>>;
template <class... Parts>
constexpr dt::array_view<dt::finding> refused_beside = dt::creatability<dialect, loose<both, dt::column<"d", dt::text>, Parts...>>::findings;
static_assert(refused_beside<dt::unique<"u", "a">, dt::check<"k", "a > 'is not'">, dt::unique<"v", "d">, dt::check<"l", "d IS NOT NULL">,
                             dt::index_on<"i", dt::element<"a">, dt::element<"d">, dt::where<"a IS NULL">>,
                             dt::column<"g", dt::text, dt::generated_virtual<"a || d">, dt::null>>.size() == 1,
              "the check, whose text could say it");
static_assert(test::are(refused_beside<dt::unique<"u", "a", "d">>, code::DL_UNSUPPORTED) &&
              refused_beside<dt::unique<"u", "a", "d">>[0].object == "u");
static_assert(test::are(refused_beside<dt::check<"k", "a < d">>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_beside<dt::check<"k", "a IS NOT NULL">>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_beside<dt::unique_index_on<"u", dt::element<"d">, dt::where<"c IS NULL">>>, code::DL_UNSUPPORTED));
static_assert(test::are(refused_beside<dt::column<"g", dt::text, dt::generated_virtual<"a || 'x'">>>, code::DL_UNSUPPORTED));
template <dt::fixed_string Name, class... Columns>
using synced_table = dt::table<Name, dt::column<"a", dt::text, dt::null>, dt::column<"c", dt::text, dt::null>, both, Columns...>;
static_assert(test::are(refused<synced_table<"New">>, code::DL_UNSUPPORTED) && refused<synced_table<"news">>.empty());
static_assert(test::are(refused<synced_table<"t", dt::column<"rowid", dt::text>, dt::column<"OID", dt::text>, dt::column<"_rowid_", dt::text>>>,
                        code::DL_UNSUPPORTED));

// ---- Copies of a parent's columns

struct parent : dt::table<"odd \"p\"", dt::column<"x", dt::bigint>, dt::column<"y", dt::bigint>, dt::column<"it's", dt::text>,
                          dt::column<"n", dt::bigint, dt::null>, dt::primary_key<"x", "y">> {};
template <class... Parts>
using line_of = dt::table<"line", dt::column<"px", dt::bigint>, dt::column<"py", dt::bigint>, dt::index<"by", "px", "py">,
                          dt::foreign_key<"of", dt::columns<"px", "py">, dt::references<"odd \"p\"", "x", "y">>, Parts...>;
struct without_copies : dt::schema<"1", line_of<>, parent> {};
struct add_copies : dt::expand<without_copies, dt::gradual_denormalise<"line", "of", dt::synced<"it's">, dt::synced<"m", "n">>> {};
struct with_copies : dt::after<"2", add_copies> {};
constexpr dt::ddl_script copied = dt::up<dialect, add_copies>;
static_assert(copied.size() == 11 && copied[7].text == R"(CREATE TRIGGER "line_of_sync insert" AFTER INSERT ON "line" BEGIN)" "\n"
              R"(  UPDATE "line" SET "it's" = (SELECT "it's" FROM "odd ""p""" WHERE "odd ""p"""."x" = "line"."px" AND "odd ""p"""."y" = "line"."py"), )"
              R"("m" = (SELECT "n" FROM "odd ""p""" WHERE "odd ""p"""."x" = "line"."px" AND "odd ""p"""."y" = "line"."py") WHERE rowid = NEW.rowid AND )"
              R"(("it's" IS NOT (SELECT "it's" FROM "odd ""p""" WHERE "odd ""p"""."x" = "line"."px" AND "odd ""p"""."y" = "line"."py") COLLATE BINARY OR )"
              R"("m" IS NOT (SELECT "n" FROM "odd ""p""" WHERE "odd ""p"""."x" = "line"."px" AND "odd ""p"""."y" = "line"."py") COLLATE BINARY);)" "\nEND");
static_assert(copied[8].text.substr(0, 84) == R"(CREATE TRIGGER "line_of_sync update" AFTER UPDATE OF "it's", "m", "px", "py" ON "lin)");
static_assert(copied[9].table == "odd \"p\"" && copied[9].text == R"(CREATE TRIGGER "line_of_sync parent" AFTER UPDATE OF "it's", "n" ON "odd ""p""" BEGIN)" "\n"
              R"(  UPDATE "line" SET "it's" = NEW."it's", "m" = NEW."n" WHERE "px" = NEW."x" AND "py" = NEW."y" AND )"
              R"(("it's" IS NOT NEW."it's" COLLATE BINARY OR "m" IS NOT NEW."n" COLLATE BINARY);)" "\nEND");
static_assert(dt::down<dialect, add_copies>[3].text == R"(DROP TRIGGER "line_of_sync parent")");
// Each table made anew has the triggers of the other set aside.
template <dt::fixed_string Table, dt::fixed_string Column>
struct loosen : dt::migration<with_copies, dt::step<dt::drop_not_null<Table, Column>, dt::set_not_null<Table, Column>>> {};
template <class Migration>
constexpr bool sets_aside(dt::text_view trigger, std::size_t count) {
  constexpr const dt::ddl_script& script = dt::up<dialect, Migration>;
  std::size_t dropped = 0;
  std::size_t made = 0;
  for (const dt::statement& s : script) {
    if (s.text.substr(0, 13) == "DROP TRIGGER ") {
      if (made != 0 || (count == 1 && !(s.text.substr(13, s.text.size() - 13) == trigger))) return false;
      ++dropped;
    }
    made += s.text.substr(0, 15) == "CREATE TRIGGER ";
  }
  return dropped == count && made == 3;
}
static_assert(sets_aside<loosen<"line", "py">>("\"line_of_sync parent\"", 1));
static_assert(sets_aside<loosen<"odd \"p\"", "it's">>({}, 2));
template <class... Tables>
constexpr std::size_t trigger_position = [] {
  std::size_t i = 0;
  while (!(script<Tables...>[i].text.substr(0, 15) == "CREATE TRIGGER ")) ++i;
  return i;
}();
using copied_name = dt::copies<"s", dt::columns<"px", "py">, dt::references<"odd \"p\"", "x", "y">, dt::newer<dt::synced<"it's">>>;
static_assert(!dialect::refuses(dt::moved<"s", dt::columns<"px", "py">, dt::references<"odd \"p\"", "x", "y">, dt::newer<dt::synced<"it's">>>::value,
                                line_of<>::value).empty(), "columns that move");
static_assert(trigger_position<line_of<dt::column<"it's", dt::text>, copied_name>, parent> == 4, "behind all tables");

// ---- Aliases: a view, and what is written through it

struct visitor : dt::table<"odd \"visitor\"", dt::column<"id", dt::bigint, dt::identity>, dt::column<"a", dt::text, dt::default_value<"it's">>,
                           dt::column<"b", dt::bigint, dt::default_sql<"1 + 1">>, dt::column<"g", dt::bigint, dt::generated_virtual<"b * 2">>,
                           dt::primary_key<"id">> {};
template <class... Parts>
using bare = dt::table<"t", dt::column<"a", dt::text, dt::null>, dt::column<"n", dt::bigint, dt::null>, Parts...>;
constexpr dt::ddl_script aliased = script<dt::alias<"it's", visitor>, visitor>;
static_assert(aliased.size() == 7);
static_assert(aliased[3].text == R"(CREATE TRIGGER "it's instead of INSERT" INSTEAD OF INSERT ON "it's" BEGIN)" "\n"
              R"(  INSERT INTO "odd ""visitor""" ("id", "a", "b") VALUES (NEW."id", coalesce(NEW."a", 'it''s'), )"
              R"(coalesce(NEW."b", (1 + 1)));)" "\nEND");
static_assert(aliased[4].text == R"(CREATE TRIGGER "it's instead of UPDATE" INSTEAD OF UPDATE ON "it's" BEGIN)" "\n"
              R"(  UPDATE "odd ""visitor""" SET "id" = NEW."id", "a" = NEW."a", "b" = NEW."b" WHERE "id" IS OLD."id";)" "\nEND");
static_assert(script<dt::alias<"u", bare<>>, bare<>>[5].text ==
              R"(CREATE TRIGGER "u instead of DELETE" INSTEAD OF DELETE ON "u" BEGIN)" "\n"
              R"(  DELETE FROM "t" WHERE "a" IS OLD."a" AND "n" IS OLD."n";)" "\nEND");
struct with_visitor : dt::schema<"1", visitor> {};
struct rename_visitor : dt::expand<with_visitor, dt::gradual_rename_table<"odd \"visitor\"", "guest">> {};
constexpr dt::ddl_script behind = dt::up<dialect, rename_visitor>;
static_assert(behind.size() == 7 && behind[1].text == R"(ALTER TABLE "odd ""visitor""" RENAME TO "guest")");
static_assert(dt::down<dialect, rename_visitor>.size() == 4 &&
              dt::down<dialect, rename_visitor>[1].text == R"(DROP VIEW "odd ""visitor""")");
using kept = dt::column<"k", dt::bigint, dt::null, dt::default_value<7>>;
static_assert(test::are(refused<dt::alias<"u", bare<kept>>, bare<kept>>, code::DL_UNSUPPORTED));
template <dt::fixed_string Name>
using named = dt::table<Name, dt::column<"a", dt::text>>;
static_assert(test::are(refused<dt::alias<"u", named<"OLD">>, named<"OLD">>, code::DL_UNSUPPORTED) &&
              refused<dt::alias<"old", named<"u">>, named<"u">>.empty());

}  // namespace

// ---- Rows, in batches

using dt::model::assignment;
constexpr assignment set_note[]{{"odd \"note\"", "lower(\"name\")"}};
constexpr assignment set_id[]{{"id", "id + 1"}};
template <class... Parts>
struct rows_of : dt::schema<"1", dt::table<"odd \"t\"", dt::column<"odd \"note\"", dt::text, dt::null>, Parts...>> {};
template <class... Parts>
using rows_script = test::rows_script<dialect, rows_of<Parts...>>;
using id = dt::column<"id", dt::bigint, dt::identity>;

static_assert([] {
  const rows_script<id, dt::primary_key<"id">> s("odd \"t\"", set_note, "n > 0");
  return s.script.size() == 2 &&
         s[0] == R"(SELECT last FROM (SELECT rowid AS last FROM "odd ""t""" WHERE rowid >= )"
                 R"(coalesce($1 + 1, -9223372036854775808) ORDER BY rowid LIMIT 1000) ORDER BY last DESC LIMIT 1)" &&
         s[1] == R"(UPDATE "odd ""t""" SET "odd ""note""" = (lower("name")) WHERE rowid >= )"
                 R"(coalesce($1 + 1, -9223372036854775808) AND rowid <= $2 AND (n > 0) RETURNING 1)" &&
         s.facts(0).batch_key == 1 && s.facts(1).lock == dt::lock_mode::database && s.facts(1).idempotent &&
         s.facts(1).transaction == dt::transaction_mode::outside;
}());
static_assert(!rows_script<id>("odd \"t\"", set_note, "").facts(1).idempotent);
// A column may have the name of the number, in any case of letters.
using rowid = dt::column<"RowId", dt::text>;
using oid = dt::column<"oid", dt::text>;
using other = dt::column<"_rowid_", dt::text>;
static_assert(rows_script<rowid>("odd \"t\"", set_note, "")[0].substr(25, 7) == "_rowid_");
static_assert(rows_script<rowid, other>("odd \"t\"", set_note, "")[0].substr(25, 3) == "oid");
static_assert(rows_script<dt::column<"rowid ; --", dt::text>>("odd \"t\"", set_note, "")[0].substr(25, 5) == "rowid");
static_assert([] {
  const rows_script<rowid, oid, other> s("odd \"t\"", set_note, "n > 0");
  return s.script.size() == 3 && s[0] == "BEGIN IMMEDIATE" && s.facts(1).scans && s.facts(1).batch_key == 0 &&
         s[1] == R"(UPDATE "odd ""t""" SET "odd ""note""" = (lower("name")) WHERE (n > 0))";
}());
static_assert(rows_script<id, dt::primary_key<"id">>("odd \"t\"", set_id, "").script.size() == 3,
              "the number that the rows go by is set");

// ---- Rows, and SQL of the user

struct text_keyed : dt::table<"odd \"t\"", dt::column<"k", dt::text>, dt::column<"b", dt::boolean, dt::null>,
                         dt::column<"d", dt::numeric<4, 2>, dt::null>, dt::primary_key<"k">> {};
struct keyed_version : dt::schema<"1", text_keyed> {};
template <class Forward, class Inverse>
struct change_rows : dt::migration<keyed_version, dt::step<Forward, Inverse>> {};
using inserted =
    change_rows<dt::insert_rows<"odd \"t\"", dt::columns<"k", "b", "d">, dt::row<"it's \\", true, "-1.50">,
                                dt::row<"'; --", false, dt::null{}>, dt::row<"c", dt::null{}, "2">>,
                dt::delete_rows<"odd \"t\"", dt::columns<"k">, dt::row<"c">, dt::row<"it's \\">, dt::row<"'; --">>>;
static_assert(dt::up<dialect, inserted>.size() == 3 && dt::up<dialect, inserted>[0].text == "BEGIN IMMEDIATE");
static_assert(dt::up<dialect, inserted>[1].text ==
              R"(INSERT INTO "odd ""t""" ("k", "b", "d") VALUES ('it''s \', 1, -1.50), ('''; --', 0, NULL), )"
              R"(('c', NULL, 2))");
static_assert(dt::down<dialect, inserted>[1].text ==
              R"(DELETE FROM "odd ""t""" WHERE "k" = 'c' OR "k" = 'it''s \' OR "k" = '''; --')");
static_assert(dt::up<dialect, inserted>[1].lock == dt::lock_mode::database);

template <class... Options>
using opaque =
    change_rows<dt::run_sql<"a", "SELECT 1", Options...>, dt::run_sql<"b", "SELECT 2", dt::for_sqlite<"SELECT 3">>>;
static_assert(dt::up<dialect, opaque<>>.size() == 3 && dt::up<dialect, opaque<>>[1].text == "SELECT 1");
static_assert(dt::down<dialect, opaque<>>[1].text == "SELECT 3");
static_assert(dt::up<dialect, opaque<dt::outside_transaction>>.size() == 1 &&
              dt::up<dialect, opaque<dt::outside_transaction>>[0].transaction == dt::transaction_mode::outside);
static_assert([] {
  const dt::statement& s = dt::up<dialect, opaque<dt::rewrites_table, dt::run_again>>[1];
  return s.rewrites && s.scans && s.idempotent && s.lock == dt::lock_mode::database;
}());
