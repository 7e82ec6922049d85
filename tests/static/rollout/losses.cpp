// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/losses.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/change/version.hpp>
#include <dovetail/diagnose/predicates.hpp>
#include <dovetail/fields.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

using fax = dt::column<"fax", dt::text, dt::null>;
using nick = dt::column<"nick", dt::text, dt::null>;
using by_name = dt::index<"by_name", "name">;
struct customer : dt::table<"customer", dt::column<"name", dt::text>, fax, by_name> {};
struct product : dt::table<"product", dt::column<"code", dt::text>> {};
struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};

struct clean_up
    : dt::migration<
          v1, dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>,
          dt::lossy<"no faxes", dt::step<dt::drop_column<"customer", "fax">, dt::add_column<"customer", fax>>>,
          dt::lossy<"sold out", dt::step<dt::drop_table<"product">, dt::create_table<product>>>> {};
struct v2 : dt::after<"2", clean_up> {};
struct grow : dt::migration<v2, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>,
                            dt::step<dt::create_table<invoice>, dt::drop_table<"invoice">>> {};
struct v3 : dt::after<"3", grow> {};

// ---- Of a migration: what its lossy steps destroy, and why

static_assert(dt::losses<grow>.empty());
constexpr dt::array_view<dt::finding> lost = dt::losses<clean_up>;
static_assert(test::are(lost, code::DT_DROPPED, code::DT_DROPPED), "an index is no data");
static_assert(lost[0].table == "customer" && lost[0].object == "fax" && lost[0].detail == "no faxes" &&
              lost[0].step == 2 && lost[0].migration == "clean_up" && lost[0].version == "1");
static_assert(lost[1].table == "product" && lost[1].object.empty() && lost[1].detail == "sold out" &&
              lost[1].step == 3);

// ---- Of a history: what all its migrations destroy; and where nothing may be

struct drop_invoices
    : dt::migration<v3, dt::lossy<"paid", dt::step<dt::drop_table<"invoice">, dt::create_table<invoice>>>> {};
struct v4 : dt::after<"4", drop_invoices> {};
static_assert(dt::losses<v1>.empty() && dt::losses<v2>.size() == 2 && dt::losses<v3>.size() == 2);
static_assert(dt::losses<v4>.size() == 3 && dt::losses<v4>[0].object == "fax" && dt::losses<v4>[2].table == "invoice" &&
              dt::losses<v4>[2].detail == "paid" && dt::losses<v4>[2].version == "3");
static_assert(dt::losslessness<v1>::findings.empty() && dt::losslessness<grow>::findings.empty());
static_assert(test::are(dt::losslessness<v2>::findings, code::DT_FORBIDDEN, code::DT_FORBIDDEN));
static_assert(dt::losslessness<drop_invoices>::findings[0].detail == "paid" &&
              dt::losslessness<drop_invoices>::findings[0].table == "invoice");

static_assert(dt::reversals<drop_invoices>[0] == dt::reversal::lossy && dt::reversals<grow>[0] == dt::reversal::exact);

// ---- Of a rollout: what rolling back would destroy of what its releases have written

struct profile {
  std::string name;
  std::optional<std::string> nick;
};
struct card {
  std::string name;
};
struct bill {
  std::int64_t number;
};
struct writes_nick : dt::release<"8", dt::inserts<"customer", profile>> {};
struct renames : dt::release<"9", dt::updates<"customer", profile, dt::key<"name">>> {};
struct reads_nick : dt::release<"7", dt::reads<"customer", profile>> {};
struct old : dt::release<"6", dt::inserts<"customer", card>> {};
struct bills : dt::release<"10", dt::inserts<"invoice", bill>> {};

template <class... Events>
constexpr dt::array_view<dt::finding> losing = dt::losses<dt::rollout<Events...>>;
using dt::live;
using dt::migrate;
using dt::start;
using dt::stop;

static_assert(losing<live<v2, old>, migrate<grow>, start<reads_nick>>.empty(),
              "who writes nothing of it loses nothing");
static_assert(test::are(losing<live<v2, old>, migrate<grow>, start<writes_nick>, stop<old>>, code::DT_LOST));
constexpr dt::finding nick_lost = losing<live<v2, old>, migrate<grow>, start<writes_nick>, stop<old>>[0];
static_assert(nick_lost.release == "8" && nick_lost.row == "profile" && nick_lost.field == "nick" &&
              nick_lost.table == "customer" && nick_lost.object == "nick" && nick_lost.migration == "grow" &&
              nick_lost.version == "2" && nick_lost.step == 1 && nick_lost.inverse && nick_lost.event == 2 &&
              nick_lost.subject == dt::subject_kind::writer);
static_assert(test::are(losing<live<v2>, migrate<grow>, start<renames>>, code::DT_LOST), "an update writes as well");
static_assert(test::are(losing<live<v2>, migrate<grow>, start<bills>>, code::DT_LOST));
constexpr dt::finding table_lost = losing<live<v2>, migrate<grow>, start<bills>>[0];
static_assert(table_lost.table == "invoice" && table_lost.object.empty() && table_lost.field.empty() &&
              table_lost.row == "bill");
static_assert(test::are(losing<live<v2>, migrate<grow>, start<writes_nick>, start<renames>, start<bills>>,
                        code::DT_LOST, code::DT_LOST, code::DT_LOST));
static_assert(losing<live<v2>, start<writes_nick>, stop<writes_nick>, migrate<grow>>.empty(), "it was gone before");
// What is dropped on the way is listed as well.
static_assert(test::are(losing<live<v1, old>, migrate<clean_up>, migrate<grow>>, code::DT_DROPPED, code::DT_DROPPED));

// ---- What would stop a rollback: what a release has written that the older version cannot store

namespace blocked {

struct state : dt::enumeration<"state", "open", "paid"> {};
struct state_now : dt::enumeration<"state", "open", "held", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"state", state>, dt::column<"note", dt::varchar<9>>,
                            dt::column<"count", dt::smallint>, dt::column<"area", dt::text>,
                            dt::check_values<"area_check", "area", dt::one_of<"north", "south">>> {};
struct v1 : dt::schema<"1", purchase> {};
struct widen
    : dt::migration<v1, dt::step<dt::add_label<state_now, "held">, dt::drop_label<state, "held">>,
                    dt::step<dt::set_type<"purchase", "note", dt::text>, dt::set_type<"purchase", "note", dt::varchar<9>>>,
                    dt::step<dt::set_type<"purchase", "count", dt::integer>, dt::set_type<"purchase", "count", dt::smallint>>,
                    dt::step<dt::drop_not_null<"purchase", "note">, dt::set_not_null<"purchase", "note">>,
                    dt::step<dt::drop_constraint<"purchase", "area_check">,
                             dt::add_constraint<"purchase", dt::check_values<"area_check", "area", dt::one_of<"north", "south">>>>> {};
static_assert(dt::reversible<widen>);

enum class old_state { open, paid };
enum class new_state { open, held, paid };
struct old_row { std::int64_t id; old_state state; dt::bounded_text<9> note; std::int16_t count; };
struct new_row { std::int64_t id; new_state state; std::optional<std::string> note; std::int32_t count; std::string area; };
struct some { std::int64_t id; new_state state; std::int16_t count; };
struct writes_old : dt::release<"1", dt::updates<"purchase", old_row, dt::key<"id">>> {};
struct writes_new : dt::release<"2", dt::inserts<"purchase", new_row>> {};
struct omits_note : dt::release<"3", dt::inserts<"purchase", some>> {};
struct reads_new : dt::release<"4", dt::reads<"purchase", new_row>> {};

static_assert(losing<live<v1>, migrate<widen>, start<writes_old>>.empty(), "all that it writes fits");
static_assert(losing<live<v1>, migrate<widen>, start<reads_new>>.empty());
static_assert(losing<live<v1>, start<writes_new>, stop<writes_new>, migrate<widen>>.empty(), "it was gone before");
constexpr auto found = losing<live<v1, writes_old>, migrate<widen>, start<writes_new>, stop<writes_old>>;
static_assert(test::are(found, code::DT_BLOCKED, code::DT_BLOCKED, code::DT_BLOCKED, code::DT_BLOCKED, code::DT_BLOCKED));
constexpr bool names(const dt::finding& f, dt::text_view column, dt::text_view value) {
  return f.release == "2" && f.row == "new_row" && f.field == column && f.table == "purchase" && f.object == column && f.other == value &&
         f.migration == "widen" && f.version == "1" && f.event == 2;
}
static_assert(names(found[0], "state", "held") && names(found[1], "note", "NULL") && names(found[2], "note", "longer text") &&
              names(found[3], "count", "numbers outside of its range") && found[4].object == "area");
constexpr auto omitted = losing<live<v1>, migrate<widen>, start<omits_note>>;
static_assert(test::count(omitted, code::DT_BLOCKED) == 2 && omitted[1].object == "note" && omitted[1].other == "NULL" &&
              omitted[1].field.empty());

// What stands in the way, or is lost, is an error of a rollout that is to be reversible; what is dropped on the way up is not.
using grows = dt::rollout<live<v1, writes_old>, migrate<widen>, start<writes_new>, stop<writes_old>>;
static_assert(test::are(dt::findings<dt::reversibility<grows>>, code::DT_BLOCKED, code::DT_BLOCKED, code::DT_BLOCKED,
                        code::DT_BLOCKED, code::DT_BLOCKED));
static_assert(dt::reversible<dt::rollout<live<v1>, migrate<widen>, start<writes_old>>>);
using grows_for_good = dt::rollout<live<v1, writes_old>, migrate<widen, dt::forward_only<"why">>, start<writes_new>, stop<writes_old>>;
static_assert(dt::reversible<grows_for_good> && dt::losses<grows_for_good>.size() == 5);
// The server numbers the rows, and beyond what the older type holds.
struct numbered_1 : dt::schema<"1", dt::table<"visit", dt::column<"id", dt::integer, dt::identity>, dt::column<"note", dt::text>>> {};
struct more_numbers : dt::migration<numbered_1, dt::step<dt::set_type<"visit", "id", dt::bigint>, dt::set_type<"visit", "id", dt::integer>>> {};
struct visit { std::string note; };
struct inserts_visits : dt::release<"5", dt::inserts<"visit", visit>> {};
struct updates_visits : dt::release<"6", dt::updates<"visit", visit, dt::key<"note">>> {};
constexpr auto given = losing<live<numbered_1>, migrate<more_numbers>, start<inserts_visits>, start<updates_visits>>;
static_assert(test::are(given, code::DT_BLOCKED) && given[0].release == "5" && given[0].object == "id" &&
              given[0].field.empty() && given[0].other == "numbers outside of its range");

}  // namespace blocked
static_assert(test::are(dt::findings<dt::reversibility<dt::rollout<live<v1, old>, migrate<clean_up>, migrate<grow>, start<writes_nick>>>>,
                        code::DT_LOST));
// One of two migrations is for good.
static_assert(test::are(dt::findings<dt::reversibility<dt::rollout<live<v1, old>, migrate<clean_up, dt::forward_only<"why">>, migrate<grow>,
                                                                   start<writes_nick>>>>,
                        code::DT_LOST));
static_assert(dt::reversible<dt::rollout<live<v1, old>, migrate<clean_up>, migrate<grow, dt::forward_only<"why">>, start<writes_nick>>>);

// ---- Of rows

struct keyed : dt::table<"product", dt::column<"code", dt::text>, fax, dt::primary_key<"code">> {};
struct with_key : dt::schema<"1", keyed> {};
using codes = dt::columns<"code">;
struct rows
    : dt::migration<with_key, dt::step<dt::backfill<"product", "fax", "code">, dt::clear_column<"product", "fax">>,
                    dt::step<dt::insert_rows<"product", codes, dt::row<"a">>, dt::delete_rows<"product", codes, dt::row<"a">>>,
                    dt::lossy<"old", dt::step<dt::delete_rows<"product", codes, dt::row<"b">>,
                                              dt::insert_rows<"product", codes, dt::row<"b">>>>> {};
static_assert(test::are(dt::losses<rows>, code::DT_DROPPED));
static_assert(dt::losses<rows>[0].table == "product" && dt::losses<rows>[0].detail == "old" && dt::losses<rows>[0].step == 3);

struct article {
  std::string code;
};
struct faxed_article {
  std::string code;
  std::optional<std::string> fax;
};
struct writes_code : dt::release<"1", dt::inserts<"product", article>> {};
struct writes_fax : dt::release<"2", dt::inserts<"product", faxed_article>> {};
struct sets_fax : dt::release<"3", dt::updates<"product", faxed_article, dt::key<"code">>> {};
static_assert(test::are(losing<live<with_key, writes_code>, migrate<rows>>, code::DT_DROPPED),
              "a row that it inserts is none of those that are deleted");
static_assert(test::are(losing<live<with_key, writes_fax>, migrate<rows>>, code::DT_DROPPED, code::DT_LOST));
static_assert(losing<live<with_key, writes_fax>, migrate<rows>>[1].object == "fax");
static_assert(test::are(losing<live<with_key, sets_fax>, migrate<rows>>, code::DT_DROPPED, code::DT_LOST, code::DT_LOST));
static_assert(losing<live<with_key, sets_fax>, migrate<rows>>[2].step == 2);
struct opaque : dt::migration<with_key, dt::step<dt::run_sql<"why", "ANALYZE">, dt::run_sql<"why", "SELECT 1">>> {};
static_assert(dt::reversals<rows>[0] == dt::reversal::unknown && dt::reversals<rows>[1] == dt::reversal::exact &&
              dt::reversals<rows>[2] == dt::reversal::lossy);
static_assert(dt::reversals<opaque>[0] == dt::reversal::unknown);

// ---- Documents: what an older release drops that comes back

struct theme_1 {};
struct theme_2 {};
template <>
struct dt::field_traits<theme_1> {
  static constexpr dt::field_type type = dt::document_like<theme_1>();
};
template <>
struct dt::field_traits<theme_2> {
  static constexpr dt::field_type type = dt::document_like<theme_2, theme_1>();
};
struct themed_1 : dt::schema<"themed", dt::table<"account", dt::column<"id", dt::bigint>, dt::column<"theme", dt::jsonb>,
                                                 dt::primary_key<"id">>> {};
template <class T>
struct themed {
  std::int64_t id;
  T theme;
};
template <dt::fixed_string Name, class T>
using writes_back = dt::release<Name, dt::reads<"account", themed<dt::checked<T>>>,
                                dt::updates<"account", themed<T>, dt::key<"id">>>;
struct paints_1 : writes_back<"20", theme_1> {};
struct paints_2 : writes_back<"21", theme_2> {};

constexpr dt::array_view<dt::finding> comes_back = losing<live<themed_1, paints_1>, dt::stop<paints_1>, start<paints_2>>;
static_assert(test::are(comes_back, code::DT_LOST));
static_assert(comes_back[0].release == "20" && comes_back[0].other == "21" && comes_back[0].inverse && comes_back[0].event == 3 &&
              comes_back[0].version == "themed" && comes_back[0].field == "theme");
static_assert(test::are(dt::reversibility<dt::rollout<live<themed_1, paints_1>, dt::stop<paints_1>, start<paints_2>>>::findings,
                        code::DT_LOST),
              "which is to be refused");
static_assert(losing<live<themed_1, paints_2>, dt::stop<paints_2>, start<paints_1>>.empty(), "it knows what the newer one writes");
static_assert(losing<live<themed_1, paints_1>>.empty() && losing<live<themed_1>, start<paints_2>>.empty());
