// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/literal.hpp>

#include <dovetail/model/declare.hpp>

namespace dt = dovetail;
using dt::text_view;
using dt::model::expression_fault;
using dt::model::fits_integer;
using dt::model::is_date;
using dt::model::is_day_and_time;
using dt::model::is_moment;
using dt::model::is_time_of_day;
using dt::model::mentions;
using dt::model::names_column;
using dt::model::query_fault;

namespace {

// ---- Numbers

constexpr bool is_number(text_view text, int before, int after) {
  const dt::model::decimal_shape shape = dt::model::shape_of_decimal(text);
  return shape.valid && shape.before == before && shape.after == after;
}
constexpr bool is_number(text_view text) { return dt::model::shape_of_decimal(text).valid; }
static_assert(is_number("0", 0, 0) && is_number("-0", 0, 0) && is_number("007", 1, 0));
static_assert(is_number("12.50", 2, 2) && is_number("-12.50", 2, 2) && is_number("0.125", 0, 3));
static_assert(!is_number("") && !is_number("-") && !is_number(".5") && !is_number("+5") && !is_number("1e5"));
static_assert(!is_number("1.2.3") && !is_number("--1") && !is_number(" 1") && !is_number("1 ") && !is_number("0x1"));
/// Ordered, and the same where only zeros after the point differ.
constexpr bool is_below(dt::text_view a, dt::text_view b) {
  const dt::limit x = dt::model::limit_of(a);
  const dt::limit y = dt::model::limit_of(b);
  return x <= y && !(y <= x);
}
constexpr bool is_equal(dt::text_view a, dt::text_view b) {
  const dt::limit x = dt::model::limit_of(a);
  const dt::limit y = dt::model::limit_of(b);
  return x <= y && y <= x;
}
static_assert(is_below("-2", "-1.5") && is_below("-1.5", "-1") && is_below("-0.5", "0") && is_below("0", "0.5") &&
              is_below("0.5", "1") && is_below("99", "99.01") && is_below("18446744073709551615", "123456789012345678901"));
static_assert(is_equal("1", "1.00") && is_equal("0", "-0.0") && is_equal("007", "7") && is_equal(".0", "0"));
static_assert(!is_number("NaN") && !is_number("1,5") && !is_number("1-"));

static_assert(fits_integer("32767", 16) && !fits_integer("32768", 16));
static_assert(fits_integer("-32768", 16) && !fits_integer("-32769", 16));
static_assert(fits_integer("2147483647", 32) && !fits_integer("2147483648", 32));
static_assert(fits_integer("-2147483648", 32) && !fits_integer("-2147483649", 32));
static_assert(fits_integer("9223372036854775807", 64) && !fits_integer("9223372036854775808", 64));
static_assert(fits_integer("-9223372036854775808", 64) && !fits_integer("-9223372036854775809", 64));
static_assert(!fits_integer("9999999999999999999", 64) && !fits_integer("18446744073709551616", 64));
static_assert(!fits_integer("99999999999999999999999999", 64));
static_assert(!fits_integer("1.0", 64) && !fits_integer("1.", 64) && !fits_integer("", 64) && !fits_integer("x", 64));

// ---- Days and moments

static_assert(is_date("2024-02-29") && !is_date("2023-02-29"));
static_assert(is_date("2000-02-29") && !is_date("1900-02-29"));
static_assert(is_date("0001-01-01") && !is_date("0000-01-01") && is_date("9999-12-31"));
static_assert(!is_date("2024-00-01") && !is_date("2024-13-01") && !is_date("2024-01-00") && !is_date("2024-01-32"));
static_assert(is_date("2024-04-30") && !is_date("2024-04-31") && is_date("2024-12-31"));
static_assert(!is_date("2024-1-1") && !is_date("24-01-01") && !is_date("2024/01/01") && !is_date("20240101"));
static_assert(!is_date("") && !is_date("today") && !is_date("infinity") && !is_date("2024-01-01 "));

static_assert(is_moment("2024-02-29 12:00:00+00") && is_moment("2024-02-29 23:59:59+00"));
static_assert(!is_moment("2023-02-29 12:00:00+00"));
static_assert(!is_moment("2024-02-29 24:00:00+00") && !is_moment("2024-02-29 12:60:00+00"));
static_assert(!is_moment("2024-02-29 12:00:60+00") && !is_moment("2024-02-29 12:00:00+01"));
static_assert(!is_moment("2024-02-29 12:00:00") && !is_moment("2024-02-29T12:00:00+00") && !is_moment("2024-02-29"));
static_assert(!is_moment("now") && !is_moment(""));

static_assert(is_time_of_day("00:00:00") && is_time_of_day("23:59:59") && !is_time_of_day("24:00:00"));
static_assert(!is_time_of_day("12:60:00") && !is_time_of_day("12:00:60") && !is_time_of_day("12:00"));
static_assert(!is_time_of_day("12:00:00.5") && !is_time_of_day("") && !is_time_of_day("noon"));
static_assert(is_day_and_time("2024-02-29 12:00:00") && !is_day_and_time("2023-02-29 12:00:00"));
static_assert(!is_day_and_time("2024-02-29 24:00:00") && !is_day_and_time("2024-02-29T12:00:00"));
static_assert(!is_day_and_time("2024-02-29 12:00:00+00") && !is_day_and_time("2024-02-29"));

// ---- Defaults, type by type

template <class Type, dt::detail::literal Value>
constexpr bool takes = dt::model::default_fault(dt::column<"c", Type, dt::default_value<Value>>::value).empty();
template <class Type, dt::detail::literal Value>
constexpr text_view fault = dt::model::default_fault(dt::column<"c", Type, dt::default_value<Value>>::value);

static_assert(takes<dt::smallint, 32767> && takes<dt::smallint, -32768>);
static_assert(fault<dt::smallint, 32768> == "not a whole number of 16 bits" && !takes<dt::smallint, -32769>);
static_assert(takes<dt::integer, 2147483647> && takes<dt::integer, -2147483647 - 1>);
static_assert(fault<dt::integer, 2147483648> == "not a whole number of 32 bits" && !takes<dt::integer, -2147483649>);
static_assert(takes<dt::bigint, INT64_MAX> && takes<dt::bigint, INT64_MIN> && takes<dt::bigint, 0u>);
static_assert(fault<dt::bigint, UINT64_MAX> == "not a whole number of 64 bits", "it is not -1");
static_assert(!takes<dt::bigint, UINT64_C(9223372036854775808)> && takes<dt::bigint, UINT64_C(9223372036854775807)>);
static_assert(!takes<dt::integer, "0"> && !takes<dt::integer, true>);

static_assert(takes<dt::boolean, true> && takes<dt::boolean, false>);
static_assert(!takes<dt::boolean, 1> && !takes<dt::boolean, "true">);

static_assert(takes<dt::text, ""> && takes<dt::text, "it's; -- \"fine\"">);
static_assert(fault<dt::text, 1> == "a number is no text");
static_assert(fault<dt::text, true> == "true and false are for a boolean column");

static_assert(takes<dt::varchar<3>, "abc"> && fault<dt::varchar<3>, "abcd"> == "longer than the column");
static_assert(takes<dt::varchar<3>, "äöü"> && !takes<dt::varchar<3>, "äöüß">, "characters count, not bytes");
static_assert(takes<dt::varchar<1>, "€"> && !takes<dt::varchar<1>, 1>);

static_assert(takes<dt::character<3>, "ab"> && takes<dt::character<3>, "abc"> && !takes<dt::character<3>, "abcd">);
static_assert(fault<dt::character<3>, 1> == "a number is no text");

static_assert(takes<dt::any_numeric, "1234567890123456789012.0123456789"> && takes<dt::any_numeric, 0>);
static_assert(fault<dt::any_numeric, "much"> == "not a number such as \"12.50\"");
static_assert(takes<dt::numeric<4, 2>, "12.50"> && takes<dt::numeric<4, 2>, "-99.99"> && takes<dt::numeric<4, 2>, 0>);
static_assert(takes<dt::numeric<4, 2>, 99> && takes<dt::numeric<2, 2>, "0.25"> && takes<dt::numeric<4, 2>, "0012.5">);
static_assert(fault<dt::numeric<4, 2>, "1.125"> == "more digits after the point than the column keeps");
static_assert(fault<dt::numeric<4, 2>, "100"> == "more digits before the point than the column holds");
static_assert(!takes<dt::numeric<4, 2>, 100> && !takes<dt::numeric<2, 2>, 1> && !takes<dt::numeric<4, 2>, -100>);
static_assert(fault<dt::numeric<4, 2>, "NaN"> == "not a number such as \"12.50\"" && !takes<dt::numeric<4, 2>, "">);
static_assert(takes<dt::numeric<20>, UINT64_MAX> && !takes<dt::numeric<19>, UINT64_MAX>);

static_assert(takes<dt::real, "1.5"> && takes<dt::real, 1> && !takes<dt::real, "much"> && !takes<dt::real, true>);
static_assert(takes<dt::double_precision, "-0.25"> && takes<dt::double_precision, 0>);
static_assert(!takes<dt::double_precision, "1e5">);

static_assert(takes<dt::date, "2024-02-29">);
static_assert(fault<dt::date, "2023-02-29"> == "not a day such as \"2024-02-29\"");
static_assert(!takes<dt::date, "now"> && !takes<dt::date, 20240229>);
static_assert(takes<dt::timestamptz, "2024-02-29 12:00:00+00">);
static_assert(fault<dt::timestamptz, "now"> == "not a moment such as \"2024-02-29 12:00:00+00\"");
static_assert(!takes<dt::timestamptz, "2024-02-29"> && !takes<dt::timestamptz, 0>);
static_assert(takes<dt::precise<dt::timestamptz, 0>, "2024-02-29 12:00:00+00">);
static_assert(takes<dt::timestamp, "2024-02-29 12:00:00">);
static_assert(takes<dt::precise<dt::timestamp, 3>, "2024-02-29 12:00:00">);
static_assert(fault<dt::timestamp, "2024-02-29 12:00:00+00"> ==
              "not a day and a time such as \"2024-02-29 12:00:00\"");
static_assert(!takes<dt::timestamp, 0>);
static_assert(takes<dt::time, "12:00:00"> && takes<dt::precise<dt::time, 0>, "12:00:00">);
static_assert(fault<dt::time, "noon"> == "not a time of day such as \"12:00:00\"" && !takes<dt::time, 12>);
static_assert(takes<dt::uuid, "123e4567-e89b-12d3-a456-426614174000">);
static_assert(takes<dt::uuid, "123E4567-E89B-12D3-A456-426614174000">);
static_assert(fault<dt::uuid, "123e4567e89b12d3a456426614174000"> ==
              "not of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
static_assert(!takes<dt::uuid, "g23e4567-e89b-12d3-a456-426614174000"> && !takes<dt::uuid, 0> && !takes<dt::uuid, "">);

static_assert(!takes<dt::bytea, "00"> && !takes<dt::bytea, 0> && !takes<dt::jsonb, "{}"> && !takes<dt::jsonb, true>);
static_assert(fault<dt::json, "{}"> == "its type has no literal that all servers share: use default_sql");
static_assert(!takes<dt::interval, "1 day"> && !takes<dt::array<dt::text>, "{}"> && !takes<dt::array<dt::integer>, 1>);

struct order_status : dt::enumeration<"order_status", "open", "paid"> {};
static_assert(takes<order_status, "open"> && takes<order_status, "paid">);
static_assert(fault<order_status, "sent"> == "not a label of the enumeration");
static_assert(!takes<order_status, "Open"> && !takes<order_status, ""> && !takes<order_status, 0>);

// What the server evaluates is the server's to judge.
static_assert(dt::model::default_fault(dt::column<"c", dt::smallint, dt::default_sql<"'x'">>::value).empty());
static_assert(dt::model::default_fault(dt::column<"c", dt::smallint>::value).empty());

// ---- Expressions

static_assert(expression_fault("amount >= 0").empty() && expression_fault("now()").empty());
static_assert(expression_fault("(a + b) * c[1] > 0").empty());
static_assert(expression_fault("status in ('open', 'it''s paid')").empty());
static_assert(expression_fault("\"odd \"\" name\" > 0").empty());
static_assert(expression_fault("a > -1 and b - -1 > 0 and a / b > 0").empty());
static_assert(expression_fault("note <> ';' and note <> '--' and note <> '/*' and note <> ')'").empty());
static_assert(expression_fault("status = any (array['open', 'paid'])").empty());
static_assert(expression_fault("x[(a + b)] = m[n[1]]").empty() && expression_fault("preis > '€ 5'").empty());

static_assert(expression_fault("") == "it is empty" && expression_fault("   ") == "it is empty");
static_assert(expression_fault("a = 'open") == "a quote is not closed");
static_assert(expression_fault("a = 'it''s") == "a quote is not closed");
static_assert(expression_fault("\"a = 1") == "a quote is not closed");
static_assert(expression_fault("'\"' = \"'") == "a quote is not closed");
static_assert(expression_fault("(a") == "a bracket is not closed");
static_assert(expression_fault("a[1") == "a bracket is not closed");
static_assert(expression_fault("a) or (b") == "a bracket is closed that was not opened");
static_assert(expression_fault("a]") == "a bracket is closed that was not opened");
static_assert(expression_fault("a > 0; drop table customer") == "it holds a semicolon");
static_assert(expression_fault("a > 0 -- so") == "it holds a comment");
static_assert(expression_fault("a --") == "it holds a comment");
static_assert(expression_fault("a /* so */ > 0") == "it holds a comment");
static_assert(expression_fault("a > 0 # so") == "it holds a comment");
static_assert(expression_fault("a = E'it\\'s'") == "it holds a backslash");
static_assert(expression_fault("a \\ b") == "it holds a backslash");
static_assert(expression_fault("a = $$;$$") == "it holds a dollar sign");
static_assert(expression_fault("a = $1") == "it holds a dollar sign");
static_assert(expression_fault(text_view("a\0b", 3)) == "it holds a NUL");
static_assert(expression_fault(text_view("'\0'", 3)) == "it holds a NUL");
static_assert(expression_fault("a = '$'").empty(), "in a string it is a dollar");

// Where servers read quotes differently, an expression has to end in its place for all of them. A backtick quotes on
// MySQL and SQLite, and is an operator's character on PostgreSQL.
static_assert(!expression_fault("` ); drop table customer; -- `").empty());
static_assert(!expression_fault("`a` > 0").empty());
// Square brackets hold a subscript on PostgreSQL, and a name on SQLite, which ends at the first one that closes.
static_assert(!expression_fault("[']) ; drop table customer; --[']").empty());
static_assert(!expression_fault("[\"]) ; drop table customer; --[\"]").empty());
static_assert(!expression_fault("a[(]) > 0").empty() && !expression_fault("(a[1) > 0]").empty());

// ---- Words

static_assert(mentions("amount >= 0", "amount") && mentions("0 <= amount", "amount") && mentions("amount", "amount"));
static_assert(mentions("AMOUNT >= 0", "amount") && mentions("\"amount\" >= 0", "amount"));
static_assert(mentions("abs(amount)>0", "amount") && mentions("discount_amount = amount", "amount"));
static_assert(!mentions("discount_amount >= 0", "amount") && !mentions("amounts >= 0", "amount"));
static_assert(!mentions("amount2 >= 0", "amount") && !mentions("", "amount") && !mentions("amoun", "amount"));
static_assert(mentions("kind <> 'amount'", "amount"), "a word in a string counts too: better once too often");
static_assert(mentions("\"odd name\" > 0", "odd name"));
static_assert(mentions("\"odd \"\" name\" > 0", "odd \" name"), "a quote in a name is doubled");

static_assert(names_column("a * total", "total") && names_column("TOTAL+1", "total") && names_column("\"total\"", "total"));
static_assert(names_column("x > '' AND total > 0", "total") && names_column("lower(total)", "total"));
static_assert(!names_column("'total' || a", "total") && !names_column("total (a)", "total"), "a text, a function");
static_assert(!names_column("a + subtotal", "total") && !names_column("\"Total\"", "total") &&
              !names_column("'it''s total'", "total") && !names_column("\"a\"\"b\"", "b"));
static_assert(!names_column("a IS NULL", "null") && !names_column("a IS NULL", "NULL") && !names_column("(a)", "("));
static_assert(names_column("\"a\"\"b\" > 0", "a\"b") && names_column("\"NULL\" > 0", "NULL"));
static_assert(!names_column("", "a") && !names_column("A", "A"), "which PostgreSQL folds");

// ---- Queries

static_assert(query_fault("SELECT id, amount * 2, count(*) FROM purchase").empty());
static_assert(query_fault("SELECT id, 2*amount, (a + b) * c, \"n\" * 'x' FROM purchase").empty());
static_assert(query_fault("SELECT \"select\" * 2, ' , * ' FROM t").empty(), "a name and a text in quotes are no words");
constexpr text_view star = "it selects *, and no names of columns";
static_assert(query_fault("SELECT * FROM purchase") == star && query_fault("select\n*from purchase") == star);
static_assert(query_fault("SELECT p.* FROM purchase p") == star && query_fault("SELECT \"p\" . * FROM p") == star);
static_assert(query_fault("SELECT id,* FROM purchase") == star && query_fault("SELECT DISTINCT * FROM p") == star);
static_assert(query_fault("SELECT id FROM (SELECT ALL * FROM purchase) p") == star);

}  // namespace
