// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/sequences.hpp>

#include <cstdint>
#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
template <class... Options>
using number = dt::column<"number", dt::bigint, Options...>;
template <class... Parts>
using invoice = dt::table<"invoice", id, dt::primary_key<"id">, Parts...>;
using drawing = invoice<number<dt::next_value_of<"numbers">>>;
template <class... Options>
using numbers = dt::sequence<"numbers", dt::bigint, Options...>;
using from_1000 = numbers<dt::start_with<1000>, dt::increment_by<10>>;

struct bare : dt::schema<"bare", invoice<number<>>> {};
struct v1 : dt::schema<"1", drawing, from_1000> {};
static_assert(dt::valid<v1> && dt::valid<bare>);

// ---- What is declared

template <class Sequence>
constexpr const auto& part_of = static_cast<const dt::model::sequence&>(*Sequence::value.parts[0]);
constexpr bool counts(const dt::model::sequence& s, std::int64_t start, std::int64_t min, std::int64_t max) {
  return s.start == start && s.min == min && s.max == max;
}
static_assert(counts(part_of<numbers<>>, 1, 1, INT64_MAX) && part_of<numbers<>>.increment == 1 && part_of<numbers<>>.cache == 1);
static_assert(counts(part_of<dt::sequence<"s", dt::smallint>>, 1, 1, 32767) &&
              counts(part_of<dt::sequence<"s", dt::integer, dt::min_value<5>>>, 5, 5, 2147483647));
static_assert(counts(part_of<dt::sequence<"s", dt::smallint, dt::increment_by<-1>>>, -1, -32768, -1) &&
              counts(part_of<dt::sequence<"s", dt::smallint, dt::max_value<9>, dt::increment_by<-2>>>, 9, -32768, 9));
static_assert(from_1000::value.kind == dt::model::source_kind::sequence && drawing::value.kind == dt::model::source_kind::table);

// What contradicts itself.
template <class Sequence>
constexpr bool contradicts(dt::text_view fix) {
  const dt::model::change& c = dt::create_sequence<Sequence>::value;
  return test::says(bare::value, c, code::SC_SEQUENCE, Sequence::value.name, "", "", fix);
}
static_assert(contradicts<dt::sequence<"s", dt::text>>("declare it smallint, integer or bigint"));
static_assert(contradicts<numbers<dt::increment_by<0>>>("increment it by another number than 0"));
static_assert(contradicts<numbers<dt::cache<0>>>("let it keep one number ready, or more"));
static_assert(contradicts<numbers<dt::min_value<5>, dt::max_value<5>>>("give it a minimum that is less than its maximum"));
static_assert(contradicts<dt::sequence<"s", dt::smallint, dt::max_value<32768>>>(
    "give it a minimum and a maximum that its type holds"));
static_assert(contradicts<dt::sequence<"s", dt::smallint, dt::min_value<-32769>>>(
    "give it a minimum and a maximum that its type holds"));
static_assert(contradicts<numbers<dt::start_with<0>>>("start it between its minimum and its maximum") &&
              contradicts<numbers<dt::start_with<8>, dt::max_value<7>>>("start it between its minimum and its maximum"));
constexpr const dt::model::change& owned_by_none = dt::create_sequence<numbers<dt::owned_by<"invoice", "nr">>>::value;
static_assert(test::says(bare::value, owned_by_none, code::SC_SEQUENCE, "numbers", "", "invoice",
                         "declare the column that owns it, or leave out owned_by"));
static_assert(test::raises(bare::value, dt::create_sequence<numbers<dt::owned_by<"bill", "nr">>>::value, code::SC_SEQUENCE));
static_assert(test::raises(bare::value, dt::create_sequence<dt::sequence<"", dt::bigint>>::value, code::SC_NAME));

// A default that no sequence gives, or one that gives other numbers.
template <class Column>
constexpr const dt::model::change& added = dt::add_column<"invoice", Column>::value;
static_assert(test::says(bare::value, added<dt::column<"n", dt::bigint, dt::next_value_of<"numbers">>>, code::SC_SEQUENCE,
                         "invoice", "n", "numbers", "declare the sequence of this name, or correct the name"));
static_assert(test::raises(bare::value, added<dt::column<"n", dt::bigint, dt::next_value_of<"invoice">>>, code::SC_SEQUENCE));
constexpr dt::text_view too_large =
    "give the column a type that holds each number of the sequence, or the sequence a smaller maximum";
static_assert(test::says(v1::value, added<dt::column<"n", dt::integer, dt::next_value_of<"numbers">>>, code::SC_SEQUENCE,
                         "invoice", "n", "numbers", too_large));
static_assert(test::raises(v1::value, added<dt::column<"n", dt::text, dt::next_value_of<"numbers">>>, code::SC_SEQUENCE));
static_assert(test::raises(v1::value, added<dt::column<"n", dt::bigint, dt::next_value_of<"numbers">>>) &&
              test::raises(v1::value, added<dt::column<"n", dt::numeric<19, 0>, dt::next_value_of<"numbers">>>));
static_assert(test::raises(v1::value, added<dt::column<"n", dt::bigint, dt::identity, dt::next_value_of<"numbers">>>,
                           code::SC_IDENTITY));

// ---- create_sequence, drop_sequence

constexpr const dt::model::change& created = dt::create_sequence<from_1000>::value;
static_assert(test::makes<from_1000>(bare::value, created) && test::does(bare::value, created, "create_table numbers"));
static_assert(test::comes_back(bare::value, created) && !test::destroys(bare::value, created));
static_assert(test::raises(v1::value, created, code::MG_EXISTS) &&
              test::raises(bare::value, dt::create_sequence<dt::sequence<"invoice", dt::bigint>>::value, code::MG_EXISTS));
static_assert(test::says(bare::value, dt::create_sequence<dt::table<"t", id>>::value, code::MG_TARGET, "t", "", "sequence"));

// While a default draws from it, or some SQL mentions it, it stays.
constexpr const dt::model::change& dropped = dt::drop_sequence<"numbers">::value;
static_assert(test::says(v1::value, dropped, code::MG_DEPENDENT, "numbers", "", "number", "column"));
struct spelled : dt::schema<"spelled", invoice<number<dt::default_sql<"nextval('numbers') * 2">>>, from_1000> {};
static_assert(test::says(spelled::value, dropped, code::MG_DEPENDENT, "numbers", "", "number", "column"));
using drawn = dt::routine<"drawn", dt::body<"sql", "SELECT nextval('numbers')">, dt::returns<"bigint">>;
using asked = dt::view<"asked", dt::query<"SELECT last_value FROM numbers">, dt::column<"n", dt::bigint>>;
struct in_sources : dt::schema<"in sources", invoice<>, from_1000, drawn, asked> {};
static_assert(test::raises(in_sources::value, dropped, code::MG_DEPENDENT, code::MG_DEPENDENT));
struct unused : dt::schema<"unused", invoice<number<>>, from_1000> {};
static_assert(test::comes_back(unused::value, dropped) && test::destroys(unused::value, dropped));
static_assert(test::says(bare::value, dropped, code::MG_TARGET, "numbers", "", "sequence") &&
              test::raises(bare::value, dt::drop_sequence<"invoice">::value, code::MG_TARGET));
static_assert(test::raises(unused::value, dt::drop_table<"numbers">::value, code::MG_TARGET) &&
              test::raises(unused::value, dt::drop_view<"numbers">::value, code::MG_TARGET) &&
              test::raises(bare::value, dt::create_view<from_1000>::value, code::MG_TARGET) &&
              test::raises(bare::value, dt::create_table<from_1000>::value, code::MG_TARGET));

// ---- rename_sequence: defaults follow, raw SQL does not

constexpr const dt::model::change& renamed = dt::rename_sequence<"numbers", "bill numbers">::value;
using of_bills = dt::sequence<"bill numbers", dt::bigint, dt::start_with<1000>, dt::increment_by<10>>;
static_assert(test::makes<invoice<number<dt::next_value_of<"bill numbers">>>, of_bills>(v1::value, renamed));
static_assert(test::does(v1::value, renamed, "rename_table numbers to bill numbers"));
static_assert(test::comes_back(v1::value, renamed) && !test::destroys(v1::value, renamed));
static_assert(test::raises(spelled::value, renamed, code::MG_DEPENDENT) &&
              test::raises(in_sources::value, renamed, code::MG_DEPENDENT, code::MG_DEPENDENT));
static_assert(test::raises(v1::value, dt::rename_sequence<"numbers", "invoice">::value, code::MG_EXISTS) &&
              test::raises(v1::value, dt::rename_sequence<"numbers", "">::value, code::SC_NAME) &&
              test::raises(v1::value, dt::rename_sequence<"invoice", "i">::value, code::MG_TARGET));

// ---- alter_sequence

constexpr const dt::model::change& cycling = dt::alter_sequence<numbers<dt::start_with<1000>, dt::increment_by<10>, dt::cycle>>::value;
static_assert(test::makes<numbers<dt::cycle, dt::increment_by<10>, dt::start_with<1000>>>(v1::value, cycling));
static_assert(test::does(v1::value, cycling, "alter_part numbers. to "));
static_assert(test::comes_back(v1::value, cycling) && !test::destroys(v1::value, cycling));
static_assert(test::raises(v1::value, dt::alter_sequence<from_1000>::value, code::MG_NO_CHANGE) &&
              test::raises(bare::value, cycling, code::MG_TARGET) &&
              test::raises(v1::value, dt::alter_sequence<numbers<dt::increment_by<0>>>::value, code::SC_SEQUENCE));
struct narrow : dt::schema<"narrow", invoice<dt::column<"n", dt::integer, dt::next_value_of<"numbers">>>,
                           dt::sequence<"numbers", dt::integer>> {};
static_assert(test::says(narrow::value, dt::alter_sequence<numbers<>>::value, code::SC_SEQUENCE, "invoice", "n", "numbers", too_large));
static_assert(test::raises(v1::value, dt::alter_sequence<invoice<>>::value, code::MG_TARGET));

// What differs is found.
static_assert(difference(part_of<numbers<>>, part_of<dt::sequence<"s", dt::integer>>) == "type" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::start_with<2>>>) == "start" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::increment_by<2>>>) == "increment" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::max_value<2>>>) == "minimum or maximum" &&
              difference(part_of<numbers<dt::min_value<1>>>, part_of<numbers<dt::min_value<0>, dt::start_with<1>>>) == "minimum or maximum" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::cache<2>>>) == "cache" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::cycle>>) == "cycle or not" &&
              difference(part_of<numbers<>>, part_of<numbers<dt::owned_by<"invoice", "number">>>) == "owner" &&
              difference(part_of<numbers<>>, part_of<numbers<>>) == "");

// ---- A sequence that is of a column goes with it on the server, and so the column stays.

using owned = numbers<dt::owned_by<"invoice", "number">>;
struct owning : dt::schema<"owning", owned, invoice<number<>, dt::column<"total", dt::bigint>>> {};
static_assert(dt::valid<owning>);
constexpr bool kept(const dt::model::change& c, dt::text_view object) {
  return test::says(owning::value, c, code::MG_DEPENDENT, "invoice", object, "numbers", "sequence that it owns");
}
static_assert(kept(dt::drop_table<"invoice">::value, "") && kept(dt::rename_table<"invoice", "bill">::value, ""));
static_assert(kept(dt::drop_column<"invoice", "number">::value, "number") &&
              kept(dt::rename_column<"invoice", "number", "nr">::value, "number") &&
              kept(dt::set_type<"invoice", "number", dt::numeric<30, 0>>::value, "number"));
static_assert(test::raises(owning::value, dt::drop_column<"invoice", "total">::value));
static_assert(test::comes_back(owning::value, dt::alter_sequence<numbers<>>::value));

// ---- Migrations, and what is lost

struct numbering : dt::migration<bare,
    dt::step<dt::create_sequence<from_1000>, dt::drop_sequence<"numbers">>,
    dt::step<dt::set_column_default<"invoice", "number", dt::next_value_of<"numbers">>, dt::drop_column_default<"invoice", "number">>,
    dt::step<dt::rename_sequence<"numbers", "bill numbers">, dt::rename_sequence<"bill numbers", "numbers">>> {};
struct numbered : dt::after<"numbered", numbering> {};
struct as_declared : dt::schema<"declared", invoice<number<dt::next_value_of<"bill numbers">>>, of_bills> {};
static_assert(dt::reversible<numbering> && dt::same<numbered, as_declared>);
static_assert(dt::lossless<numbered>);
static_assert(dt::reversals<numbering>[0] == dt::reversal::exact && dt::reversals<numbering>[2] == dt::reversal::exact);

struct uncounted : dt::migration<unused, dt::lossy<"nobody asks for numbers any more",
    dt::step<dt::drop_sequence<"numbers">, dt::create_sequence<from_1000>>>> {};
static_assert(dt::reversible<uncounted> && dt::reversals<uncounted>[0] == dt::reversal::lossy);
static_assert(dt::losses<uncounted>.size() == 1 && dt::losses<uncounted>[0].what == code::DT_DROPPED);
template <class Migration, code... Codes>
constexpr bool fails = test::are(dt::reversibility<Migration>::findings, Codes...);
struct unsaid : dt::migration<unused, dt::step<dt::drop_sequence<"numbers">, dt::create_sequence<from_1000>>> {};
static_assert(fails<unsaid, code::MG_LOSSY>);
// An inverse that makes it otherwise, or leaves it out, is none.
struct otherwise : dt::migration<unused, dt::lossy<"tried", dt::step<dt::drop_sequence<"numbers">, dt::create_sequence<numbers<>>>>> {};
static_assert(fails<otherwise, code::MG_INVERSE>);
struct otherwise_altered : dt::migration<unused, dt::step<dt::alter_sequence<numbers<>>, dt::alter_sequence<numbers<dt::cycle>>>> {};
static_assert(fails<otherwise_altered, code::MG_INVERSE>);

// ---- Writers may omit what a sequence numbers; nobody reads a sequence as a table.

struct draft_of_invoice { std::int64_t id; };
struct app : dt::release<"app", dt::inserts<"invoice", draft_of_invoice>> {};
static_assert(dt::compatible<app, v1>);
static_assert(test::are(dt::compatibility<app, bare>::findings, code::WR_REQUIRED));
struct last { std::int64_t last_value; };
struct peeking : dt::release<"peeking", dt::reads<"numbers", last>> {};
static_assert(test::are(dt::compatibility<peeking, v1>::findings, code::RD_TABLE_MISSING));

}  // namespace
