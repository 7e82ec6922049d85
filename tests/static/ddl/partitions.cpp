// SPDX-License-Identifier: BSL-1.0
#include <dovetail/ddl/partitions.hpp>

#include <dovetail/ddl/postgresql.hpp>
#include <dovetail/ddl/sqlite.hpp>
#include <dovetail/diagnose/ddl.hpp>
#include <dovetail/diagnose/predicates.hpp>
#include <dovetail/partitions.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using dialect = dt::postgresql<15>;
using by_n = dt::partitioned_by_range<"n">;
using low = dt::range_partition<"low", dt::from<>, dt::until<10>>;
using high = dt::range_partition<"high", dt::from<10>, dt::until<>>;
using rest = dt::default_partition<"rest">;
template <class... Parts>
using t = dt::table<"t", dt::column<"n", dt::integer>, Parts...>;
template <class... Tables>
struct version : dt::schema<"1", Tables...> {};

// ---- A whole version

template <std::size_t Number, class... Parts>
constexpr dt::text_view made = dt::ddl<dialect, version<dt::table<"t", Parts...>>>[3 + Number].text;
using n = dt::column<"n", dt::integer>;
using word = dt::column<"word", dt::text, dt::null>;
static_assert(made<0, n, by_n, low> == "CREATE TABLE \"t\" (\n  \"n\" integer NOT NULL\n) PARTITION BY RANGE (\"n\")");
static_assert(made<1, n, by_n, low> == "CREATE TABLE \"low\" PARTITION OF \"t\" FOR VALUES FROM (MINVALUE) TO (10)");
static_assert(made<1, n, by_n, rest> == "CREATE TABLE \"rest\" PARTITION OF \"t\" DEFAULT");
static_assert(made<0, n, word, dt::partitioned_by_list<"word">> ==
              "CREATE TABLE \"t\" (\n  \"n\" integer NOT NULL,\n  \"word\" text\n) PARTITION BY LIST (\"word\")");
static_assert(made<1, n, word, dt::partitioned_by_list<"word">, dt::list_partition<"p\"", "it's", dt::null{}, "a\\b">> ==
              "CREATE TABLE \"p\"\"\" PARTITION OF \"t\" FOR VALUES IN ('it''s', NULL, E'a\\\\b')");
static_assert(made<1, n, dt::partitioned_by_hash<"n">, dt::hash_partition<"h", 4, 3>> ==
              "CREATE TABLE \"h\" PARTITION OF \"t\" FOR VALUES WITH (MODULUS 4, REMAINDER 3)");

// ---- Steps

template <class From, class Step>
struct one_step : dt::migration<From, Step> {};
template <class From, class Step, int Major = 15>
constexpr dt::ddl_script up = dt::up<dt::postgresql<Major>, one_step<From, Step>>;
template <class From, class Step, int Major = 15>
constexpr dt::ddl_script down = dt::down<dt::postgresql<Major>, one_step<From, Step>>;
constexpr bool has(const dt::ddl_script& script, dt::text_view text) {
  for (const dt::statement& s : script)
    if (s.text == text) return true;
  return false;
}
using high_step = dt::step<dt::create_partition<"t", high>, dt::drop_partition<"t", "high">>;
using v1 = version<t<by_n, low>>;
using with_rest = version<t<by_n, low, rest>>;
static_assert(up<v1, high_step>.size() == 6);
static_assert(up<v1, high_step>[3].text == "CREATE TABLE \"high\" (LIKE \"t\" INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)");
static_assert(up<v1, high_step>[4].text == "ALTER TABLE \"t\" ATTACH PARTITION \"high\" FOR VALUES FROM (10) TO (MAXVALUE)" &&
              up<v1, high_step>[4].lock == dt::lock_mode::share_update_exclusive && up<v1, high_step>[4].also.empty() &&
              !up<v1, high_step>[4].scans);
// The default partition is looked through beforehand.
static_assert(has(up<with_rest, high_step>, "ALTER TABLE \"rest\" ADD CONSTRAINT \"dovetail partition \" CHECK (NOT (\"n\" IS NOT NULL AND "
                                            "((\"n\" >= 10)))) NOT VALID"));
static_assert(has(up<with_rest, high_step>, "ALTER TABLE \"rest\" VALIDATE CONSTRAINT \"dovetail partition \"") &&
              has(up<with_rest, high_step>, "ALTER TABLE \"rest\" DROP CONSTRAINT \"dovetail partition \""));

constexpr dt::text_view concurrently = "ALTER TABLE \"t\" DETACH PARTITION \"high\" CONCURRENTLY";
constexpr dt::text_view at_once = "ALTER TABLE \"t\" DETACH PARTITION \"high\"";
static_assert(has(down<v1, high_step>, concurrently) && !has(down<v1, high_step>, at_once) && has(down<v1, high_step>, "DROP TABLE \"high\""));
static_assert(has(down<with_rest, high_step>, at_once) && !has(down<with_rest, high_step>, concurrently), "not beside a default partition");
static_assert(has(down<v1, high_step, 13>, at_once) && !has(down<v1, high_step, 13>, concurrently), "nor before 14");

struct alone : dt::table<"high", n> {};
using high_table = dt::step<dt::attach_partition<"t", high>, dt::detach_partition<"t", alone>>;
using apart = version<t<by_n, low>, alone>;
static_assert(has(up<apart, high_table>, "ALTER TABLE \"high\" ADD CONSTRAINT \"dovetail partition \" CHECK (\"n\" IS NOT NULL AND ((\"n\" >= 10))) NOT VALID"));
static_assert(has(down<apart, high_table>, concurrently) && !has(down<apart, high_table>, "DROP TABLE \"high\""));

using index_step = dt::step<dt::add_index<"t", dt::index<"i", "n">>, dt::drop_index<"t", "i">>;
static_assert(has(up<v1, index_step>, "CREATE INDEX \"i\" ON ONLY \"t\" (\"n\")") &&
              has(up<v1, index_step>, "CREATE INDEX CONCURRENTLY \"low i \" ON \"low\" (\"n\")") &&
              has(up<v1, index_step>, "ALTER INDEX \"i\" ATTACH PARTITION \"low i \""));
static_assert(has(up<version<t<>>, index_step>, "CREATE INDEX CONCURRENTLY \"i\" ON \"t\" (\"n\")"));
using convert = dt::step<dt::partition_table<"t", by_n, low, high>, dt::unpartition_table<"t", "low">>;
static_assert(has(up<version<t<>>, convert>, "ALTER TABLE \"t\" RENAME TO \"low\"") &&
              has(down<version<t<>>, convert>, "INSERT INTO \"low\" (\"n\") SELECT \"n\" FROM \"high\""));

// ---- What a server does not have

template <class Dialect, class... Parts>
constexpr dt::array_view<dt::finding> refused = dt::findings<dt::creatability<Dialect, version<t<Parts...>>>>;
static_assert(test::are(refused<dt::sqlite<3, 40>, by_n, low>, code::DL_UNSUPPORTED) && refused<dialect, by_n, low>.empty());
using excluded = dt::exclude<"e", dt::element<"n", dt::with<"=">>>;
static_assert(test::are(refused<dialect, by_n, low, excluded>, code::DL_UNSUPPORTED) &&
              refused<dt::postgresql<17>, by_n, low, excluded>.empty() && refused<dialect, excluded>.empty());
using touched = dt::trigger<"g", "BEFORE INSERT", "FOR EACH ROW EXECUTE FUNCTION f()">;
static_assert(test::are(refused<dt::postgresql<12>, by_n, low, touched>, code::DL_UNSUPPORTED) && refused<dialect, by_n, low, touched>.empty());
static_assert(test::are(refused<dialect, by_n, dt::range_partition<"pg_low", dt::from<>, dt::until<10>>>, code::DL_UNSUPPORTED));

}  // namespace
