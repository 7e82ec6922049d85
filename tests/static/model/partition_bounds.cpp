// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/partition_bounds.hpp>

#include <cstdint>
#include <string>

#include <dovetail/diagnose/predicates.hpp>
#include <dovetail/model/partitions.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;
using dt::null;

namespace {

struct color : dt::enumeration<"color", "red", "green", "blue"> {};
using n = dt::column<"n", dt::integer>;
using day = dt::column<"day", dt::date>;
using what = dt::column<"what", dt::text, null>;
using hue = dt::column<"hue", color>;
using flag = dt::column<"flag", dt::boolean>;

template <class... Parts>
using t = dt::table<"t", n, day, what, hue, flag, Parts...>;
template <class... Parts>
struct version : dt::schema<"1", t<Parts...>> {};
template <class... Parts>
constexpr dt::array_view<dt::finding> in = dt::findings<dt::validity<version<Parts...>>>;
template <class... Parts>
constexpr bool wrong = test::are(in<Parts...>, code::SC_PARTITION);
template <class... Parts>
constexpr bool twice = test::are(in<Parts...>, code::SC_PARTITION, code::SC_PARTITION);
constexpr bool about(dt::array_view<dt::finding> found, dt::text_view object, dt::text_view other, dt::text_view detail) {
  return found[0].table == "t" && found[0].object == object && found[0].other == other && found[0].detail == detail;
}

// ---- Ranges

using by_n = dt::partitioned_by_range<"n">;
using by_day = dt::partitioned_by_range<"day">;
template <dt::fixed_string Name, auto From, auto Until>
using range = dt::range_partition<Name, dt::from<From>, dt::until<Until>>;
using upto_1 = dt::range_partition<"low", dt::from<>, dt::until<1>>;
using from_5 = dt::range_partition<"high", dt::from<5>, dt::until<>>;

static_assert(in<by_n>.empty() && in<by_n, upto_1, range<"a", 1, 5>, from_5, dt::default_partition<"d">>.empty());
static_assert(in<by_n, dt::range_partition<"all", dt::from<>, dt::until<>>>.empty());
static_assert(wrong<by_n, range<"a", 5, 5>> && wrong<by_n, range<"a", 5, -5>>);
static_assert(about(in<by_n, range<"a", 5, 5>>, "a", "", "no value is in it: let until be greater than from"));
static_assert(in<by_n, range<"a", -20, -3>>.empty(), "numbers are no text");
static_assert(twice<by_n, range<"a", 1, 5>, range<"b", 4, 6>> && twice<by_n, upto_1, range<"b", 0, 6>> &&
              twice<by_n, from_5, range<"b", 5, 6>>);
static_assert(about(in<by_n, range<"a", 1, 5>, range<"b", 4, 6>>, "a", "b", "another partition takes rows of it: let none be in two"));
static_assert(in<by_day, dt::range_partition<"a", dt::from<"2026-01-01">, dt::until<"2026-02-01">>,
                 dt::range_partition<"b", dt::from<"2026-02-01">, dt::until<"2026-03-01">>>.empty());
static_assert(twice<by_day, dt::range_partition<"a", dt::from<"2026-01-01">, dt::until<"2026-02-01">>,
                    dt::range_partition<"b", dt::from<"2026-01-31">, dt::until<"2026-03-01">>>);
static_assert(wrong<by_day, dt::range_partition<"a", dt::from<"2026-01-32">, dt::until<>>> &&
              wrong<by_n, dt::range_partition<"a", dt::from<"x">, dt::until<>>> &&
              wrong<by_n, dt::range_partition<"a", dt::from<null{}>, dt::until<>>> &&
              wrong<by_n, dt::range_partition<"a", dt::from<1, 2>, dt::until<>>>);
static_assert(in<dt::partitioned_by_range<"what">, dt::range_partition<"a", dt::from<"b">, dt::until<"a">>, dt::default_partition<"d">>.empty(),
              "the order of text is the server's");

using by_both = dt::partitioned_by_range<"n", "day">;
static_assert(in<by_both, dt::range_partition<"a", dt::from<1, "2026-02-01">, dt::until<2, "2026-01-01">>>.empty());
static_assert(wrong<by_both, dt::range_partition<"a", dt::from<1, "2026-02-01">, dt::until<1, "2026-01-01">>>);
static_assert(twice<by_both, dt::range_partition<"a", dt::from<1, "2026-02-01">, dt::until<2, "2026-01-02">>,
                    dt::range_partition<"b", dt::from<2, "2026-01-01">, dt::until<>>>);

// ---- Lists

using by_what = dt::partitioned_by_list<"what">;
static_assert(in<by_what, dt::list_partition<"a", "x", "y">, dt::list_partition<"b", null{}>>.empty());
static_assert(twice<by_what, dt::list_partition<"a", "x", "y">, dt::list_partition<"b", "y">>, "text that is the same is the same");
static_assert(wrong<dt::partitioned_by_list<"n">, dt::list_partition<"a", 1, 2, 1>> &&
              wrong<dt::partitioned_by_list<"n">, dt::list_partition<"a">> &&
              wrong<dt::partitioned_by_list<"n">, dt::list_partition<"a", null{}>> &&
              wrong<dt::partitioned_by_list<"hue">, dt::list_partition<"a", "pink">>);
static_assert(twice<dt::partitioned_by_list<"hue">, dt::list_partition<"a", "red", "blue">, dt::list_partition<"b", "blue">>);

// ---- Hashes

using by_hash = dt::partitioned_by_hash<"n", "day">;
template <dt::fixed_string Name, std::uint64_t Modulus, std::uint64_t Remainder>
using hash = dt::hash_partition<Name, Modulus, Remainder>;
static_assert(in<by_hash, hash<"a", 2, 0>, hash<"b", 4, 1>, hash<"c", 4, 3>>.empty());
static_assert(wrong<by_hash, hash<"a", 2, 2>> && wrong<by_hash, hash<"a", 0, 0>> && wrong<by_hash, dt::default_partition<"d">>);
static_assert(twice<by_hash, hash<"a", 2, 1>, hash<"b", 4, 3>> && twice<by_hash, hash<"a", 2, 1>, hash<"b", 3, 0>>);

// ---- The partition key, and the unique keys of the table

static_assert(test::are(in<dt::partitioned_by_range<"nr">, upto_1>, code::SC_NO_COLUMN));
static_assert(wrong<upto_1> && wrong<by_n, dt::list_partition<"a", 1>> && wrong<dt::partitioned_by_hash<>>);
static_assert(test::are(in<by_n, by_day>, code::SC_PARTITION) && wrong<dt::partitioned_by_range<"what">>);
static_assert(about(in<dt::partitioned_by_range<"what">>, "partition key", "what",
                    "no range takes NULL: declare the column not null, or a default_partition"));
static_assert(twice<by_n, dt::default_partition<"a">, dt::default_partition<"b">>);
static_assert(wrong<by_n, dt::primary_key<"day">> && wrong<by_n, dt::unique<"u", "day">> && wrong<by_n, dt::unique_index<"u", "day">> &&
              in<by_n, dt::index<"i", "day">, dt::primary_key<"day", "n">, dt::unique<"u", "n">>.empty());
static_assert(about(in<by_n, dt::primary_key<"day">>, "primary key", "n",
                    "it is looked after in each partition by itself: let it have each column of the partition key"));
static_assert(test::are(in<by_n, dt::list_partition<"a ", 1>>, code::SC_NAME, code::SC_PARTITION));
static_assert(test::are(in<by_n, range<"t", 1, 2>>, code::SC_DUPLICATE), "a partition is a relation");

// ---- What a writer may send

constexpr bool misses(const dt::model::table& of, dt::text_view column, const dt::domain& sent) {
  return dt::model::may_miss(of, *of.find_column(dt::identifier(column)), sent);
}
constexpr dt::domain numbers(std::int64_t low, std::int64_t high) {
  dt::domain d = dt::domains::whole(64, true);
  d.low = dt::limit(low);
  d.high = dt::limit(high);
  return d;
}
template <class... Parts>
constexpr const dt::model::table& parted = t<Parts...>::value;
constexpr const auto& three = parted<by_n, range<"b", 5, 9>, range<"a", 1, 5>>;
static_assert(!misses(three, "n", numbers(1, 8)) && misses(three, "n", numbers(0, 8)) && misses(three, "n", numbers(1, 9)));
static_assert(misses(parted<by_n, range<"a", 1, 5>, range<"b", 6, 9>>, "n", numbers(1, 8)), "a gap");
static_assert(!misses(parted<by_n, upto_1, range<"a", 1, 5>, from_5>, "n", dt::domains::whole(64, true)));
static_assert(!misses(parted<by_n, upto_1, dt::default_partition<"d">>, "n", numbers(1, 8)) && !misses(three, "day", numbers(0, 9)));
static_assert(misses(parted<by_n>, "n", numbers(1, 1)) && !misses(t<>::value, "n", numbers(1, 1)));
using listed = dt::list_partition<"a", 3, 1, 2>;
static_assert(!misses(parted<dt::partitioned_by_list<"n">, listed>, "n", numbers(1, 3)) &&
              misses(parted<dt::partitioned_by_list<"n">, listed>, "n", numbers(1, 4)));
constexpr dt::identifier two_hues[]{"red", "blue"};
constexpr dt::identifier three_hues[]{"red", "green", "blue"};
constexpr const auto& hues = parted<dt::partitioned_by_list<"hue">, dt::list_partition<"a", "blue", "red">>;
static_assert(!misses(hues, "hue", dt::domains::labels(two_hues)) && misses(hues, "hue", dt::domains::labels(three_hues)));
constexpr const auto& flags = parted<dt::partitioned_by_list<"flag">, dt::list_partition<"a", true>>;
static_assert(misses(flags, "flag", dt::domains::of(dt::family::boolean)) &&
              !misses(parted<dt::partitioned_by_list<"flag">, dt::list_partition<"a", true, false>>, "flag", dt::domains::of(dt::family::boolean)));
static_assert(misses(parted<by_hash, hash<"a", 2, 0>, hash<"b", 4, 1>>, "n", numbers(1, 1)) &&
              !misses(parted<by_hash, hash<"a", 2, 0>, hash<"b", 4, 1>, hash<"c", 4, 3>>, "n", numbers(1, 1)));
static_assert(!misses(parted<by_day, dt::range_partition<"a", dt::from<"2026-01-01">, dt::until<>>>, "day", dt::domains::of(dt::family::date)),
              "days are not told");

// A writer is told of it where it stores the column, and promises no less.
struct numbered { std::int32_t n; std::string what; };
struct found : dt::schema<"found", dt::table<"t", n, what, dt::primary_key<"n">, by_n, range<"a", 1, 5>, range<"b", 5, 9>>> {};
template <class Unit>
struct app : dt::release<"7", Unit> {};
template <class Unit>
constexpr dt::array_view<dt::finding> writing = dt::findings<dt::compatibility<app<Unit>, found>>;
static_assert(test::are(writing<dt::inserts<"t", numbered>>, code::WR_PARTITION));
static_assert(writing<dt::inserts<"t", numbered>>[0].object == "n" && writing<dt::inserts<"t", numbered>>[0].field == "n" &&
              writing<dt::inserts<"t", numbered>>[0].row == "numbered");
static_assert(writing<dt::inserts<"t", numbered, dt::refines<"n", dt::between<1, 8>>>>.empty());
static_assert(writing<dt::updates<"t", numbered, dt::key<"n">>>.empty());
static_assert(test::are(writing<dt::inserts<"a", numbered>>, code::WR_TABLE_MISSING), "a partition is no table");

}  // namespace
