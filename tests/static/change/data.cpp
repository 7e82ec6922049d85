// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/data.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
namespace model = dt::model;

struct status : dt::enumeration<"status", "open", "it's"> {};
struct currency
    : dt::table<"currency", dt::column<"id", dt::bigint, dt::identity>, dt::column<"code", dt::character<3>>,
                dt::column<"digits", dt::smallint>, dt::column<"note", dt::varchar<9>, dt::null>,
                dt::column<"status", status, dt::default_value<"open">>, dt::column<"price", dt::numeric<4, 2>, dt::null>,
                dt::column<"used", dt::boolean, dt::default_value<true>>, dt::column<"data", dt::jsonb, dt::null>,
                dt::column<"area", dt::text, dt::null>,
                dt::column<"upper", dt::text, dt::null, dt::generated_stored<"upper(code)">>, dt::primary_key<"id">, dt::unique<"code_key", "code">,
                dt::unique<"area_key", "area">> {};
struct ids : dt::view<"ids", dt::query<"SELECT id FROM currency">, dt::column<"id", dt::bigint>> {};
struct product : dt::table<"product", dt::column<"code", dt::text>, dt::column<"digits", dt::smallint>,
                           dt::column<"note", dt::text, dt::null>, dt::primary_key<"code">> {};
struct v1 : dt::schema<"1", currency, ids, product> {};

/// The findings of a step of this change and this inverse.
template <class Change, class Inverse>
constexpr bool step_is(auto... codes) {
  const model::step s{Change::value, Inverse::value, false, {}, true};
  model::draft d(v1::value, test::applied::proto(v1::value));
  dt::detail::do_step(d, s);
  if (test::are(d.findings.all(), code::MG_LOSSY)) d.findings.clear();
  dt::detail::undo_step(d, s);
  return test::are(d.findings.all(), codes...);
}

// ---- backfill, clear_column and keep_rows

namespace filling {

template <dt::fixed_string Column, dt::fixed_string Expression = "lower(code)", dt::fixed_string Table = "currency">
using fill = dt::backfill<Table, Column, Expression>;
using only_used = dt::backfill<"currency", "note", "lower(code)", dt::where<"used OR digits > 0">>;

static_assert(test::does(v1::value, fill<"note">::value,
                         "update_rows currency set note = lower(code) where \"note\" IS NULL"));
static_assert(test::does(v1::value, only_used::value,
                         "update_rows currency set note = lower(code) where \"note\" IS NULL AND (used OR digits > 0)"));
static_assert(!test::destroys(v1::value, fill<"note">::value));
static_assert(test::applied(v1::value, fill<"note">::value).draft.edits().empty(), "the schema is the same");
static_assert(test::comes_back(v1::value, fill<"note">::value) && test::comes_back(v1::value, only_used::value));

struct odd : dt::schema<"odd", dt::table<"odd \"t\"", dt::column<"odd \"c\"; --", dt::text, dt::null>>> {};
static_assert(test::does(odd::value, fill<"odd \"c\"; --", "1", "odd \"t\"">::value,
                         "update_rows odd \"t\" set odd \"c\"; -- = 1 where \"odd \"\"c\"\"; --\" IS NULL"));

static_assert(test::says(v1::value, fill<"nr">::value, code::MG_TARGET, "currency", "nr", "column"));
static_assert(test::raises(v1::value, fill<"id", "1", "ids">::value, code::MG_TARGET), "a view is no table");
static_assert(test::says(v1::value, fill<"digits">::value, code::MG_NO_CHANGE, "currency", "digits", "",
                         "the column is not null: there is nothing to fill"));
static_assert(test::says(v1::value, fill<"note", "lower(code">::value, code::SC_EXPRESSION, "currency", "note",
                         "lower(code", "a bracket is not closed"));
static_assert(test::raises(v1::value, fill<"note", "">::value, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, fill<"note", "1; DROP TABLE currency">::value, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, dt::backfill<"currency", "note", "1", dt::where<"used) OR (used">>::value,
                           code::SC_EXPRESSION));

static_assert(test::says(v1::value, fill<"upper">::value, code::MG_ROWS, "currency", "upper", "",
                         "the server fills this column"));
static_assert(test::raises(v1::value, dt::clear_column<"currency", "upper">::value, code::MG_ROWS));

using clear = dt::clear_column<"currency", "note">;
static_assert(test::does(v1::value, clear::value, "update_rows currency set note = NULL where \"note\" IS NOT NULL"));
static_assert(test::destroys(v1::value, clear::value) && test::comes_back(v1::value, clear::value));
static_assert(test::says(v1::value, dt::clear_column<"currency", "digits">::value, code::MG_VALUE, "currency", "digits",
                         "NULL", "the column is not null"));
static_assert(*test::first_finding(v1::value, dt::clear_column<"currency", "digits">::value).column_type ==
              dt::smallint::type);
static_assert(test::raises(v1::value, dt::clear_column<"currency", "nr">::value, code::MG_TARGET));

using keep = dt::keep_rows<"currency">;
static_assert(test::says(v1::value, keep::value, code::MG_NO_CHANGE, "currency", "", "", "keep_rows"));
static_assert(test::raises(v1::value, dt::keep_rows<"client">::value, code::MG_TARGET));

static_assert(step_is<fill<"note">, keep>() && step_is<fill<"note">, clear>() && step_is<clear, keep>());
static_assert(step_is<clear, fill<"note">>());
static_assert(step_is<fill<"area">, clear>(code::MG_INVERSE), "of another column");
static_assert(step_is<clear, fill<"area">>(code::MG_INVERSE));
static_assert(step_is<fill<"note">, fill<"note">>(code::MG_INVERSE) && step_is<clear, clear>(code::MG_INVERSE));
static_assert(step_is<fill<"note">, dt::keep_rows<"client">>(code::MG_TARGET));
static_assert(step_is<fill<"note">, dt::keep_rows<"product">>(code::MG_INVERSE), "of another table");
static_assert(step_is<fill<"note">, dt::clear_column<"product", "note">>(code::MG_INVERSE));
static_assert(step_is<fill<"note">, dt::drop_column<"currency", "note">>(code::MG_INVERSE, code::MG_INVERSE),
              "the schema is another one as well");
static_assert(step_is<dt::add_index<"currency", dt::index<"i", "code">>, keep>(code::MG_INVERSE, code::MG_INVERSE));

}  // namespace filling

// ---- insert_rows and delete_rows

namespace rows {

using dt::columns;
using dt::row;
using needed = columns<"code", "digits">;
template <class Columns, class... Rows>
using insert = dt::insert_rows<"currency", Columns, Rows...>;
template <class Columns, class... Rows>
using remove = dt::delete_rows<"currency", Columns, Rows...>;
using euro = row<"EUR", 2>;
using yen = row<"JPY", 0>;

static_assert(euro::value.size() == 2 && euro::value[0].kind == model::default_kind::text && euro::value[0].text == "EUR");
static_assert(euro::value[1].kind == model::default_kind::number && euro::value[1].text == "2");
static_assert(row<-128, true, dt::null{}, "">::value[0].text == "-128");
static_assert(row<-128, true, dt::null{}, "">::value[1].kind == model::default_kind::boolean);
static_assert(row<-128, true, dt::null{}, "">::value[2].kind == model::default_kind::none);
static_assert(row<-128, true, dt::null{}, "">::value[3].kind == model::default_kind::text);
static_assert(row<>::value.empty());

static_assert(test::does(v1::value, insert<needed, euro, yen>::value, "insert_rows currency EUR,2 JPY,0"));
static_assert(test::does(v1::value, remove<columns<"code">, row<"EUR">>::value, "delete_rows currency EUR"));
static_assert(!test::destroys(v1::value, insert<needed, euro>::value));
static_assert(test::destroys(v1::value, remove<columns<"code">, row<"EUR">>::value));
static_assert(test::comes_back(v1::value, insert<needed, euro, yen>::value));
static_assert(test::comes_back(v1::value, remove<needed, euro, yen>::value));
static_assert(test::raises(v1::value, remove<columns<"id">, row<1>>::value), "one that the server numbers has a key");

// What a column cannot store.
template <dt::fixed_string Column, class Row>
constexpr bool is_refused(dt::text_view other, dt::text_view why) {
  return test::says(v1::value, insert<columns<"code", "digits", Column>, Row>::value, code::MG_VALUE, "currency", Column,
                    other, why);
}
template <dt::fixed_string Column, class Row>
constexpr bool is_taken = test::raises(v1::value, insert<columns<"code", "digits", Column>, Row>::value);
static_assert(is_taken<"note", row<"EUR", 2, "it's \\ ok">> && is_taken<"note", row<"EUR", 2, dt::null{}>>);
static_assert(is_refused<"note", row<"EUR", 2, "1234567890">>("1234567890", "longer than the column"));
static_assert(is_refused<"note", row<"EUR", 2, 7>>("7", "a number is no text"));
static_assert(is_taken<"status", row<"EUR", 2, "it's">>);
static_assert(is_refused<"status", row<"EUR", 2, "paid">>("paid", "not a label of the enumeration"));
static_assert(is_refused<"status", row<"EUR", 2, dt::null{}>>("", "NULL in a column that is not null"));
static_assert(is_taken<"price", row<"EUR", 2, "12.50">>);
static_assert(is_refused<"price", row<"EUR", 2, "123.5">>("123.5", "more digits before the point than the column holds"));
static_assert(is_taken<"used", row<"EUR", 2, false>>);
static_assert(is_refused<"used", row<"EUR", 2, 1>>("1", "a boolean column takes true or false"));
static_assert(is_refused<"data", row<"EUR", 2, "{}">>("{}",
                                                      "its type has no literal that all servers share: use run_sql"));
static_assert(is_taken<"data", row<"EUR", 2, dt::null{}>>);
static_assert(test::raises(v1::value, insert<needed, row<"EUR", 40000>>::value, code::MG_VALUE));
static_assert(*test::first_finding(v1::value, insert<needed, row<"EUR", 40000>>::value).column_type ==
              dt::smallint::type);

// What a check that is understood refuses; NULL none does.
using some_digits = dt::check_values<"some_digits", "digits", dt::between<0, 4>>;
using checked_digits = dt::table<"currency", dt::column<"code", dt::text>, dt::column<"digits", dt::smallint, dt::null>,
                                 dt::primary_key<"code">, some_digits>;
struct with_check : dt::schema<"1", checked_digits> {};
static_assert(test::raises(with_check::value, insert<needed, row<"EUR", 2>, row<"XAU", dt::null{}>>::value));
static_assert(test::says(with_check::value, insert<needed, row<"EUR", 2>, row<"JPY", -1>>::value, code::MG_VALUE, "currency",
                         "digits", "-1", "a check of its column refuses it"));

// Rows that do not fit.
constexpr bool unfit(const model::change& c, dt::text_view object, dt::text_view why) {
  return test::says(v1::value, c, code::MG_ROWS, "currency", object, "", why);
}
static_assert(unfit(insert<columns<"code">, row<"EUR">>::value, "digits", "they leave out a column that is required"));
static_assert(unfit(insert<columns<"id", "code", "digits">, row<1, "EUR", 2>>::value, "id",
                    "the server fills this column"));
static_assert(unfit(insert<columns<"code", "digits", "upper">, row<"EUR", 2, "EUR">>::value, "upper",
                    "the server fills this column"));
static_assert(unfit(insert<columns<"code", "digits", "code">, row<"EUR", 2, "EUR">>::value, "code",
                    "a column is named twice"));
static_assert(unfit(insert<needed>::value, "", "there are none"));
static_assert(unfit(insert<needed, euro, row<"JPY">>::value, "", "a row has not one value for each column"));
static_assert(test::says(v1::value, insert<needed, euro, yen, euro>::value, code::MG_ROWS, "currency", "code", "EUR",
                         "two rows have the same key"));
static_assert(unfit(remove<columns<"digits">, row<2>>::value, "",
                    "they name no primary key or unique constraint without NULLs, which tells them apart"));
static_assert(test::raises(v1::value, remove<columns<"area">, row<"a">>::value, code::MG_ROWS),
              "NULLs are not told apart");
static_assert(test::says(v1::value, insert<columns<"code", "digits", "nr">, row<"EUR", 2, 1>>::value, code::MG_TARGET,
                         "currency", "nr", "column"));
static_assert(test::raises(v1::value, dt::insert_rows<"ids", columns<"id">, row<1>>::value, code::MG_TARGET));

// An inverse of the same rows, in any order and with any other columns.
using both = insert<needed, euro, yen>;
static_assert(step_is<both, remove<columns<"code">, row<"JPY">, row<"EUR">>>());
static_assert(step_is<both, remove<columns<"note", "code">, row<dt::null{}, "JPY">, row<"x", "EUR">>>());
static_assert(step_is<remove<columns<"code">, row<"JPY">, row<"EUR">>, both>());
static_assert(step_is<both, remove<columns<"code">, row<"JPY">>>(code::MG_INVERSE), "one of them stays");
static_assert(step_is<both, remove<columns<"code">, row<"JPY">, row<"USD">>>(code::MG_INVERSE));
static_assert(step_is<both, remove<columns<"code">, row<"JPY">, row<"USD">, row<"EUR">>>(code::MG_INVERSE));
static_assert(step_is<both, remove<columns<"id">, row<1>, row<2>>>(code::MG_INVERSE), "by a key that the rows do not say");
static_assert(step_is<both, dt::keep_rows<"currency">>(code::MG_INVERSE));
static_assert(step_is<both, both>(code::MG_INVERSE));
static_assert(step_is<both, dt::delete_rows<"product", columns<"code">, row<"EUR">, row<"JPY">>>(code::MG_INVERSE));
static_assert(step_is<remove<columns<"code">, row<"EUR">>, dt::keep_rows<"currency">>(code::MG_INVERSE));
static_assert(step_is<filling::fill<"note">, remove<columns<"code">, row<"EUR">>>(code::MG_INVERSE));

}  // namespace rows

// ---- run_sql

namespace opaque {

template <dt::fixed_string Text, class... Options>
using sql = dt::run_sql<"a reason", Text, Options...>;
static_assert(test::does(v1::value, sql<"CREATE SEQUENCE n">::value, "run_sql  CREATE SEQUENCE n"));
static_assert(test::does(v1::value, sql<"ANALYZE currency", dt::locks<"currency", dt::lock_mode::share>>::value,
                         "run_sql currency ANALYZE currency"));
static_assert(!test::destroys(v1::value, sql<"DROP SEQUENCE n">::value));
static_assert(test::says(v1::value, sql<"SELECT 1", dt::locks<"client", dt::lock_mode::share>>::value, code::MG_TARGET,
                         "client", "", "table"));
static_assert(step_is<sql<"CREATE SEQUENCE n">, sql<"DROP SEQUENCE n">>());
static_assert(step_is<sql<"CREATE SEQUENCE n">, dt::keep_rows<"currency">>(code::MG_INVERSE));
static_assert(step_is<rows::both, sql<"SELECT 1">>(code::MG_INVERSE));

constexpr model::opaque_sql all =
    *sql<"a", dt::locks<"currency", dt::lock_mode::share>, dt::rewrites_table, dt::outside_transaction, dt::run_again,
         dt::for_postgresql<"b">, dt::for_sqlite<"c">>::value.data->sql;
static_assert(all.reason == "a reason" && all.text == "a" && all.for_postgresql == "b" && all.for_sqlite == "c" &&
              all.table == dt::identifier("currency") && all.lock == dt::lock_mode::share && all.rewrites && all.scans &&
              all.outside && all.idempotent);
constexpr model::opaque_sql none = *sql<"a", dt::scans_table>::value.data->sql;
static_assert(none.scans && !none.rewrites && !none.outside && !none.idempotent && none.lock == dt::lock_mode::none);

// It is one statement.
constexpr bool is_statement(dt::text_view text) { return model::statement_fault(text).empty(); }
static_assert(is_statement("SELECT 1") && is_statement("\n  SELECT 'it''s; BEGIN' -- ; comment\n /* ; */ + \"a;\""));
static_assert(is_statement("DO $$ BEGIN PERFORM 1; END $$") && is_statement("DO $a_1$ $$ ; $$ $a_1$"));
static_assert(is_statement("SELECT E'a\\';' || U&'d;'") && is_statement("SELECT $1 || a$b"));
static_assert(is_statement("UPDATE t SET c = '\\'") && is_statement("SELECT `a;`"));
static_assert(is_statement("TRUNCATE t") && is_statement("beginning") && is_statement("-- BEGIN\nSELECT 1"));
constexpr bool faulty(dt::text_view text, dt::text_view why) { return model::statement_fault(text) == why; }
static_assert(faulty("SELECT 1;", "it holds a semicolon") && faulty("SELECT 1; SELECT 2", "it holds a semicolon"));
static_assert(faulty("", "it is empty") && faulty(" \n\t", "it is empty") && faulty("/* */ -- x", "it is empty"));
static_assert(faulty("SELECT '", "a quote is not closed") && faulty("SELECT \"a", "a quote is not closed"));
static_assert(faulty("DO $a$ x $b$", "a quote is not closed") && faulty("SELECT E'\\'", "a quote is not closed"));
static_assert(faulty("SELECT 1 /* x", "a comment is not closed"));
static_assert(faulty("SELECT 1 /* x /* y */ */", "it holds a comment in a comment"));
static_assert(faulty({"SELECT\0 1", 9}, "it holds a NUL"));
static_assert(faulty("DO $$ $$; COMMIT", "it holds a semicolon") && faulty("SELECT a'\\'; x'", "it holds a semicolon"));
static_assert([] {
  const dt::text_view all[]{"begin", "COMMIT",      "  Rollback",       "start transaction", "END",
                            "abort", "SAVEPOINT a", "/* x */ release a"};
  for (dt::text_view each : all)
    if (!faulty(each, "it begins or ends a transaction, which the script does")) return false;
  return true;
}());
static_assert(test::says(v1::value, sql<"SELECT 1; SELECT 2">::value, code::SC_STATEMENT, "", "", "SELECT 1; SELECT 2",
                         "it holds a semicolon"));
static_assert(test::raises(v1::value, sql<"SELECT 1", dt::for_postgresql<"COMMIT">>::value, code::SC_STATEMENT));
static_assert(test::raises(v1::value, sql<"SELECT 1", dt::for_sqlite<"'">>::value, code::SC_STATEMENT));

}  // namespace opaque
