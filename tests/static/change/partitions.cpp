// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/partitions.hpp>

#include <cstdint>

#include <dovetail/change/alter_column.hpp>
#include <dovetail/change/cascade.hpp>
#include <dovetail/change/columns.hpp>
#include <dovetail/change/constraints.hpp>
#include <dovetail/change/enumerations.hpp>
#include <dovetail/change/extract.hpp>
#include <dovetail/change/gradual.hpp>
#include <dovetail/change/indexes.hpp>
#include <dovetail/change/views.hpp>
#include <dovetail/diagnose/predicates.hpp>
#include <dovetail/rollout/losses.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity>;
using number = dt::column<"n", dt::integer>;
using note = dt::column<"note", dt::text, dt::null>;
template <class... Parts>
using measure = dt::table<"measure", id, number, note, dt::primary_key<"id", "n">, dt::index<"measure_note_idx", "note">,
                          dt::check<"positive", "n > 0">, Parts...>;
using by_n = dt::partitioned_by_range<"n">;
using low = dt::range_partition<"low", dt::from<>, dt::until<10>>;
using high = dt::range_partition<"high", dt::from<10>, dt::until<>>;
using rest = dt::default_partition<"rest">;
struct v1 : dt::schema<"1", measure<by_n, low>> {};

// ---- create_partition, drop_partition

constexpr const dt::model::change& created = dt::create_partition<"measure", high>::value;
static_assert(test::makes<measure<by_n, low, high>>(v1::value, created));
static_assert(test::does(v1::value, created, "add_part measure.high"));
static_assert(test::comes_back(v1::value, created) && !test::destroys(v1::value, created));
template <class Partition>
constexpr const dt::model::change& creating = dt::create_partition<"measure", Partition>::value;
static_assert(test::raises(v1::value, creating<low>, code::MG_EXISTS));
static_assert(test::raises(v1::value, creating<dt::range_partition<"measure_note_idx", dt::from<10>, dt::until<>>>, code::MG_EXISTS));
static_assert(test::raises(v1::value, creating<dt::range_partition<"a", dt::from<9>, dt::until<20>>>, code::SC_PARTITION) &&
              test::raises(v1::value, creating<dt::list_partition<"a", 20>>, code::SC_PARTITION));
struct plain : dt::schema<"plain", measure<>> {};
static_assert(test::says(plain::value, created, code::MG_TARGET, "measure", "", "partition key: the table is not partitioned") &&
              test::raises(v1::value, dt::create_partition<"measures", high>::value, code::MG_TARGET));

constexpr const dt::model::change& dropped = dt::drop_partition<"measure", "low">::value;
static_assert(test::makes<measure<by_n>>(v1::value, dropped) && test::comes_back(v1::value, dropped) && test::destroys(v1::value, dropped));
static_assert(test::says(v1::value, dt::drop_partition<"measure", "high">::value, code::MG_TARGET, "measure", "high", "partition"));
struct nulls : dt::schema<"nulls", dt::table<"measure", dt::column<"n", dt::integer, dt::null>, by_n, rest>> {};
static_assert(test::raises(nulls::value, dt::drop_partition<"measure", "rest">::value, code::SC_PARTITION), "NULL has no partition then");

// ---- attach_partition, detach_partition

template <class... Parts>
using alone = dt::table<"high", dt::column<"id", dt::bigint>, note, number, dt::primary_key<"id", "n">, dt::index<"high_note_idx", "note">, Parts...>;
using positive = dt::check<"positive", "n > 0">;
struct apart : dt::schema<"apart", measure<by_n, low>, alone<positive>> {};
struct together : dt::schema<"together", measure<by_n, low, high>> {};
constexpr const dt::model::change& attached = dt::attach_partition<"measure", high>::value;
constexpr const dt::model::change& detached = dt::detach_partition<"measure", alone<positive>>::value;
static_assert(test::makes<measure<by_n, low, high>>(apart::value, attached) && test::does(apart::value, attached, "add_part measure.high"));
static_assert(test::applied(apart::value, attached).draft.find("high") == nullptr);
static_assert(test::comes_back(apart::value, attached) && !test::destroys(apart::value, attached));
static_assert(test::makes<measure<by_n, low>, alone<positive>>(together::value, detached) && test::does(together::value, detached, "drop_part measure.high"));
static_assert(test::comes_back(together::value, detached) && !test::destroys(together::value, detached));

template <class Table, class... Others>
struct beside : dt::schema<"beside", measure<by_n, low>, Table, Others...> {};
template <class... Parts>
constexpr dt::array_view<dt::finding> unlike = [] {
  struct of {
    static constexpr void into(dt::list<dt::finding>& out) {
      const test::applied done(beside<dt::table<"high", Parts...>>::value, attached);
      out.append(done.draft.findings.all());
    }
  };
  return dt::detail::static_findings<of>::value;
}();
using its_key = dt::primary_key<"id", "n">;
using its_index = dt::index<"i", "note">;
using bare_id = dt::column<"id", dt::bigint>;
static_assert(unlike<bare_id, number, note, its_key, its_index, positive>.empty());
static_assert(test::are(unlike<id, number, note, its_key, its_index, positive>, code::MG_PARTITION), "an identity column");
static_assert(test::are(unlike<bare_id, number, its_key, positive>, code::MG_PARTITION, code::MG_PARTITION), "a column and an index too few");
static_assert(unlike<bare_id, number, its_key, positive>[0].object == "note" && unlike<bare_id, number, its_key, positive>[0].table == "high" &&
              unlike<bare_id, number, its_key, positive>[0].other == "measure" && unlike<bare_id, number, its_key, positive>[1].object == "measure_note_idx");
static_assert(test::are(unlike<bare_id, dt::column<"n", dt::bigint>, note, its_key, its_index, positive>, code::MG_PARTITION, code::MG_PARTITION),
              "another type, as each of the two says");
static_assert(test::are(unlike<bare_id, number, note, its_key, its_index, dt::check<"other", "n > 0">>, code::MG_PARTITION, code::MG_PARTITION),
              "a check has its own name");
static_assert(test::are(unlike<bare_id, number, note, its_key, its_index, positive, dt::unique<"u", "note", "n">>, code::MG_PARTITION));
static_assert(test::are(unlike<bare_id, number, note, its_key, its_index, positive, dt::comment<"said">>, code::MG_PARTITION));
static_assert(test::are(unlike<bare_id, dt::column<"n", dt::integer, dt::comment<"said">>, note, its_key, its_index, positive>, code::MG_PARTITION));
static_assert(test::raises(v1::value, attached, code::MG_TARGET) && test::raises(plain::value, attached, code::MG_TARGET));
using refers = dt::table<"child", number, bare_id, dt::foreign_key<"child_fkey", dt::columns<"id", "n">, dt::references<"high", "id", "n">>>;
static_assert(test::says(beside<alone<positive>, refers>::value, attached, code::MG_DEPENDENT, "high", "", "child_fkey", "foreign key"));
static_assert(test::raises(beside<alone<positive>>::value, dt::attach_partition<"measure", dt::range_partition<"high", dt::from<5>, dt::until<>>>::value,
                           code::SC_PARTITION));
static_assert(test::raises(v1::value, detached, code::MG_TARGET) && test::raises(together::value, dt::detach_partition<"measure", alone<>>::value, code::MG_PARTITION));

// ---- partition_table, unpartition_table

constexpr const dt::model::change& parted = dt::partition_table<"measure", by_n, low, high>::value;
static_assert(test::makes<measure<by_n, low, high>>(plain::value, parted));
static_assert(test::does(plain::value, parted, "add_part measure. to low"), "one operation, which names what becomes of the rows");
static_assert(test::comes_back(plain::value, parted) && !test::destroys(plain::value, parted));
constexpr const dt::model::change& whole = dt::unpartition_table<"measure", "high">::value;
static_assert(test::makes<measure<>>(together::value, whole) && test::comes_back(together::value, whole) && !test::destroys(together::value, whole));
static_assert(test::does(together::value, whole, "drop_part measure. to high"));
static_assert(test::raises(together::value, parted, code::MG_EXISTS) && test::raises(plain::value, whole, code::MG_TARGET) &&
              test::raises(together::value, dt::unpartition_table<"measure", "none">::value, code::MG_TARGET));
struct keyed : dt::schema<"keyed", dt::table<"measure", number, bare_id, dt::primary_key<"id">>> {};
static_assert(test::says(keyed::value, parted, code::SC_PARTITION, "measure", "primary key", "n",
                         "it is looked after in each partition by itself: let it have each column of the partition key"));
struct referred : dt::schema<"referred", measure<>, dt::table<"child", number, bare_id,
    dt::foreign_key<"child_fkey", dt::columns<"id", "n">, dt::references<"measure", "id", "n">>>> {};
static_assert(test::says(referred::value, parted, code::MG_DEPENDENT, "measure", "", "child_fkey", "foreign key"));
struct viewed : dt::schema<"viewed", measure<>, dt::view<"seen", dt::query<"SELECT n FROM measure">, number>> {};
static_assert(test::raises(viewed::value, parted, code::MG_DEPENDENT));

// ---- What a partition key needs

struct no_pk : dt::schema<"no key", dt::table<"measure", number, bare_id, by_n>> {};
static_assert(test::raises(no_pk::value, dt::drop_column<"measure", "n">::value, code::MG_DEPENDENT) &&
              test::first_finding(no_pk::value, dt::drop_column<"measure", "n">::value).other == "partition key");
static_assert(test::raises(v1::value, dt::set_type<"measure", "n", dt::bigint>::value, code::MG_DEPENDENT), "the server refuses another type");
static_assert(test::makes<dt::table<"measure", id, dt::column<"m", dt::integer>, note, dt::primary_key<"id", "m">, dt::index<"measure_note_idx", "note">,
                                    dt::check<"positive", "\"m\" > 0">, dt::partitioned_by_range<"m">, low>>(
                  v1::value, dt::rename_column<"measure", "n", "m">::value) &&
              test::comes_back(v1::value, dt::rename_column<"measure", "n", "m">::value));
static_assert(test::raises(v1::value, dt::add_constraint<"measure", dt::unique<"u", "note">>::value, code::SC_PARTITION) &&
              test::raises(v1::value, dt::drop_not_null<"measure", "n">::value, code::SC_KEY, code::SC_PARTITION));
static_assert(test::raises(v1::value, dt::rename_table<"measure", "low">::value, code::MG_EXISTS), "the name of a partition is taken");
static_assert(test::raises(v1::value, dt::drop_constraint<"measure", "low">::value, code::MG_TARGET), "a partition is no constraint");
static_assert(test::raises(no_pk::value, dt::drop_primary_key<"measure">::value, code::MG_TARGET), "nor is a partition key a primary key");
struct hue : dt::enumeration<"hue", "red", "blue"> {};
struct only_red : dt::enumeration<"hue", "red"> {};
struct hued : dt::schema<"hued", dt::table<"t", dt::column<"hue", hue>, dt::partitioned_by_list<"hue">, dt::list_partition<"a", "red">>> {};
static_assert(test::raises(hued::value, dt::drop_label<only_red, "blue">::value, code::MG_DEPENDENT));
struct small : dt::schema<"small", dt::table<"t", number, dt::column<"k", dt::integer>, by_n, low>> {};
struct widen : dt::expand<small, dt::gradual_widen_column<"t", "k", dt::bigint>> {};
static_assert(test::are(dt::findings<dt::reversibility<widen>>, code::MG_DEPENDENT) && dt::findings<dt::reversibility<widen>>[0].other == "partition key",
              "the indexes of its partitions would have to be exchanged one by one");

struct referring : dt::schema<"referring", dt::table<"whole", number, dt::column<"k", dt::integer>, dt::primary_key<"n">, dt::unique<"k_key", "k">>,
    dt::table<"t", number, by_n, low, dt::foreign_key<"t_fkey", dt::columns<"n">, dt::references<"whole", "n">>>> {};
struct widen_whole : dt::expand<referring, dt::gradual_widen_column<"whole", "n", dt::bigint>> {};
static_assert(test::are(dt::findings<dt::reversibility<widen_whole>>, code::MG_DEPENDENT) &&
              dt::findings<dt::reversibility<widen_whole>>[0].other == "t_fkey" && dt::findings<dt::reversibility<widen_whole>>[0].object == "n",
              "no foreign key of a partitioned table is added first and looked at later");
struct widen_other : dt::expand<referring, dt::gradual_widen_column<"whole", "k", dt::bigint>> {};
static_assert(dt::reversible<widen_other>);

struct both : dt::schema<"both", dt::table<"t", number, bare_id, dt::primary_key<"id", "n">, by_n, low>> {};
struct drop_n : dt::cascade_column<both, "t", "n", "it is not needed"> {};
constexpr dt::finding in_the_way = dt::findings<dt::reversibility<drop_n>>[0];
static_assert(in_the_way.what == code::MG_DEPENDENT && in_the_way.object == "n" && in_the_way.other == "partition key", "it does not go with a column");

struct taken_out : dt::expand<both, dt::gradual_extract_table<"t", "u", "n">> {};
static_assert(dt::findings<dt::reversibility<taken_out>>[1].what == code::MG_DEPENDENT &&
              dt::findings<dt::reversibility<taken_out>>[1].other == "partition key");

// ---- A rollout

struct more : dt::migration<v1, dt::step<dt::create_partition<"measure", high>, dt::drop_partition<"measure", "high">>> {};
struct seen { std::int32_t n; };
struct sees : dt::release<"8", dt::inserts<"measure", seen, dt::refines<"n", dt::between<1, 9>>>> {};
struct reads : dt::release<"9", dt::reads<"measure", seen>> {};
template <class... Events>
constexpr dt::array_view<dt::finding> losing = dt::losses<dt::rollout<Events...>>;
static_assert(test::are(losing<dt::live<v1, sees>, dt::migrate<more>>, code::DT_LOST) &&
              losing<dt::live<v1, sees>, dt::migrate<more>>[0].table == "measure", "rows of any partition");
static_assert(losing<dt::live<v1, reads>, dt::migrate<more>>.empty());

}  // namespace
