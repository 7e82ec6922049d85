// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/fold.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/fields.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;
using dt::subject_kind;

template <class... Events>
constexpr dt::array_view<dt::finding> safety = dt::safety<dt::rollout<Events...>>::findings;

// ---- A history: nick is added (2), phone is added (3), nick is dropped again (4)

using nick = dt::column<"nick", dt::text, dt::null>;
using phone = dt::column<"phone", dt::text, dt::default_value<"">>;
struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};
struct add_nick : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>> {};
struct v2 : dt::after<"2", add_nick> {};
struct add_phone
    : dt::migration<v2, dt::step<dt::add_column<"customer", phone>, dt::drop_column<"customer", "phone">>> {};
struct v3 : dt::after<"3", add_phone> {};
struct drop_nick
    : dt::migration<
          v3, dt::lossy<"unread", dt::step<dt::drop_column<"customer", "nick">, dt::add_column<"customer", nick>>>> {};
struct v4 : dt::after<"4", drop_nick> {};

struct card {
  std::int64_t id;
  std::string name;
};
struct nick_card {
  std::int64_t id;
  std::optional<std::string> nick;
};
struct phone_card {
  std::int64_t id;
  std::string phone;
};
struct both_card {
  std::optional<std::string> nick;
  std::string phone;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", nick_card>> {};
struct app_9 : dt::release<"9", dt::reads<"customer", phone_card>> {};
struct app_10 : dt::release<"10", dt::reads<"customer", both_card>> {};

using dt::live;
using dt::migrate;
using dt::start;
using dt::stop;

// ---- What is safe

static_assert(safety<live<v1, app_7>>.empty() && safety<live<v1>>.empty());
static_assert(safety<live<v1, app_7>, migrate<add_nick>, start<app_8>, stop<app_7>>.empty());
static_assert(safety<live<v1, app_7>, migrate<add_nick>, start<app_8>, stop<app_7>, migrate<add_phone>, start<app_9>,
                     stop<app_8>, migrate<drop_nick>>.empty());
static_assert(
    safety<live<v3, app_8>, start<app_9>, stop<app_8>, migrate<drop_nick>, start<app_7>, stop<app_9>>.empty());
static_assert(safety<live<v1, app_7>, stop<app_7>, start<app_7>>.empty(), "a release may come back");
static_assert(safety<live<v1, app_7>, stop<app_7>>.empty());
struct deploy_8 : dt::rollout<live<v1, app_7>, migrate<add_nick>, start<app_8>, stop<app_7>> {};
static_assert(dt::safety<deploy_8>::findings.empty());

// ---- RO_BEGIN

static_assert(test::are(safety<migrate<add_nick>>, code::RO_BEGIN) && safety<migrate<add_nick>>[0].event == 1);
static_assert(test::are(safety<start<app_7>>, code::RO_BEGIN) && test::are(safety<stop<app_7>>, code::RO_BEGIN));
static_assert(test::are(safety<live<v1, app_7>, live<v1, app_8>>, code::RO_BEGIN, code::RD_COL_MISSING),
              "a second beginning, and its reader");
static_assert(safety<live<v1, app_7>, live<v1>>[0].event == 2);

// ---- RO_VERSION: a gap, a fork, an order

using gap = dt::rollout<live<v1, app_7>, migrate<add_phone>>;
static_assert(test::are(dt::safety<gap>::findings, code::RO_VERSION));
constexpr dt::finding found_gap = dt::safety<gap>::findings[0];
static_assert(found_gap.version == "1" && found_gap.other == "add_phone" && found_gap.detail == "2" &&
              found_gap.event == 2);
struct fork : dt::migration<v1, dt::step<dt::add_column<"product", nick>, dt::drop_column<"product", "nick">>> {};
static_assert(test::are(safety<live<v1, app_7>, migrate<add_nick>, migrate<fork>>, code::RO_VERSION));
static_assert(safety<live<v1, app_7>, migrate<add_nick>, migrate<fork>>[0].event == 3);
static_assert(test::are(safety<live<v1, app_7>, migrate<add_nick>, migrate<add_nick>>, code::RO_VERSION), "twice");
static_assert(test::count(safety<live<v1, app_7>, migrate<add_phone>, migrate<add_nick>>, code::RO_VERSION) == 2);
static_assert(test::are(safety<live<v2, app_7>, migrate<drop_nick>>, code::RO_VERSION));

// ---- RO_ALREADY_LIVE, RO_NOT_LIVE

static_assert(test::are(safety<live<v1, app_7>, start<app_7>>, code::RO_ALREADY_LIVE));
constexpr dt::finding twice = safety<live<v1, app_7>, start<app_7>>[0];
static_assert(twice.release == "7" && twice.event == 2 && twice.version == "1");
static_assert(test::are(safety<live<v1, app_7>, stop<app_8>>, code::RO_NOT_LIVE));
constexpr dt::finding stopped = safety<live<v1, app_7>, stop<app_8>>[0];
static_assert(stopped.release == "8" && stopped.event == 2 && stopped.version == "1");
static_assert(test::are(safety<live<v1, app_7>, stop<app_7>, stop<app_7>>, code::RO_NOT_LIVE));
static_assert(test::are(safety<live<v1, app_7>, stop<app_7>, start<app_7>, start<app_7>>, code::RO_ALREADY_LIVE));

// ---- RO_MIGRATE_FIRST: a migration that comes later would mend it

using too_early = dt::rollout<live<v1, app_7>, start<app_8>, migrate<add_nick>, stop<app_7>>;
static_assert(test::are(dt::safety<too_early>::findings, code::RO_MIGRATE_FIRST));
constexpr dt::finding early = dt::safety<too_early>::findings[0];
static_assert(early.release == "8" && early.row == "nick_card" && early.field == "nick" && early.table == "customer" &&
              early.object == "nick" && early.other == "add_nick" && early.version == "1" && early.event == 2 &&
              early.subject == subject_kind::reader);
// The first migration after which the release works.
using far_too_early = dt::rollout<live<v1, app_7>, start<app_9>, migrate<add_nick>, migrate<add_phone>>;
static_assert(test::count(dt::safety<far_too_early>::findings, code::RO_MIGRATE_FIRST) == 1);
static_assert(dt::safety<far_too_early>::findings[0].other == "add_phone");
// Every finding of the release, of the order.
static_assert(test::count(safety<live<v1>, start<app_10>, migrate<add_nick>, migrate<add_phone>>,
                          code::RO_MIGRATE_FIRST) == 2);
// No migration mends it: what it is that does not fit.
static_assert(safety<live<v1, app_7>, start<app_9>, migrate<add_nick>>[0].what == code::RD_COL_MISSING);
static_assert(test::are(safety<live<v4, app_7>, start<app_8>>, code::RD_COL_MISSING));
constexpr dt::finding plain = safety<live<v4, app_7>, start<app_8>>[0];
static_assert(plain.release == "8" && plain.version == "4" && plain.event == 2 && plain.object == "nick");

// ---- RO_STOP_FIRST: a release breaks that is stopped later

using too_late = dt::rollout<live<v3, app_8>, start<app_9>, migrate<drop_nick>, stop<app_8>>;
static_assert(test::are(dt::safety<too_late>::findings, code::RO_STOP_FIRST));
constexpr dt::finding late = dt::safety<too_late>::findings[0];
static_assert(late.release == "8" && late.row == "nick_card" && late.field == "nick" && late.table == "customer" &&
              late.object == "nick" && late.migration == "drop_nick" && late.version == "3" && late.event == 3);
// It is never stopped: what breaks.
static_assert(test::are(safety<live<v3, app_8>, migrate<drop_nick>>, code::RD_COL_MISSING));
constexpr dt::finding breaks = safety<live<v3, app_8>, migrate<drop_nick>>[0];
static_assert(breaks.migration == "drop_nick" && breaks.version == "3" && breaks.event == 2 && breaks.release == "8");
// Two releases, one of them is stopped.
static_assert(test::are(safety<live<v3, app_8, app_10>, migrate<drop_nick>, stop<app_8>>, code::RO_STOP_FIRST,
                        code::RD_COL_MISSING));

// ---- Writers go through the same

struct signup {
  std::string name;
};
struct app_w : dt::release<"w", dt::inserts<"customer", signup>> {};
struct renamed_signup {
  std::string nick;
};
struct app_n : dt::release<"n", dt::inserts<"customer", renamed_signup>> {};
static_assert(safety<live<v1, app_w>, migrate<add_nick>, migrate<add_phone>, migrate<drop_nick>>.empty());
static_assert(test::are(safety<live<v1, app_n>>, code::WR_COL_MISSING, code::WR_REQUIRED), "at the beginning");
static_assert(safety<live<v1, app_n>>[0].event == 1 && safety<live<v1, app_n>>[0].version == "1" &&
              safety<live<v1, app_n>>[0].subject == subject_kind::writer &&
              safety<live<v1, app_n>>[0].row == "renamed_signup");

// A table that is dropped while it is read.
struct product_card {
  std::int64_t id;
};
struct app_p : dt::release<"p", dt::reads<"product", product_card>> {};
struct drop_product
    : dt::migration<v1, dt::lossy<"so", dt::step<dt::drop_table<"product">, dt::create_table<product>>>> {};
static_assert(test::are(safety<live<v1, app_p>, migrate<drop_product>>, code::RD_TABLE_MISSING));
static_assert(test::are(safety<live<v1, app_p>, migrate<drop_product>, stop<app_p>>, code::RO_STOP_FIRST));
static_assert(safety<live<v1, app_7>, migrate<drop_product>>.empty(), "who does not read it does not mind");

// ---- The versions and migrations of a rollout are sound, too

struct broken : dt::schema<"9", dt::table<"a">> {};
static_assert(test::are(safety<live<broken>>, code::SC_EMPTY));
struct no_way_back : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_index<"customer", "i">>> {};
static_assert(test::are(safety<live<v1, app_7>, migrate<no_way_back>>, code::MG_TARGET));

// All findings of all events, in their order.
static_assert(test::are(safety<live<v1, app_8>, stop<app_9>, start<app_8>, migrate<fork>>, code::RD_COL_MISSING,
                        code::RO_NOT_LIVE, code::RO_ALREADY_LIVE, code::RD_COL_MISSING));

// ---- What a rollout says of itself

static_assert(test::are(safety<start<app_7>, live<v1, app_7>>, code::RO_BEGIN, code::RO_BEGIN), "and nothing is read from nowhere");

// A release that fails already is not the next migration's doing.
struct needs_both { std::string name; std::optional<std::string> nick_1; std::optional<std::string> nick_2; };
struct app_both : dt::release<"both", dt::reads<"customer", needs_both>> {};
struct first_of_two : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<"nick_1", dt::text, dt::null>>,
                                                 dt::drop_column<"customer", "nick_1">>> {};
struct between : dt::after<"between", first_of_two> {};
struct second_of_two : dt::migration<between, dt::step<dt::add_column<"customer", dt::column<"nick_2", dt::text, dt::null>>,
                                                       dt::drop_column<"customer", "nick_2">>> {};
static_assert(test::are(safety<live<v1>, start<app_both>, migrate<first_of_two>, migrate<second_of_two>, stop<app_both>>,
                        code::RO_MIGRATE_FIRST, code::RO_MIGRATE_FIRST));

// A version in full and the same one derived are one version.
struct customer_2 : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>, nick> {};
struct v2_in_full : dt::schema<"2", customer_2, product> {};
struct to_full : dt::migration<v1, dt::to<v2_in_full>,
                               dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>> {};
static_assert(safety<live<v1, app_7>, migrate<to_full>, migrate<add_phone>>.empty());

// ---- What a migration makes tighter, it makes tighter for the releases that are live

using by_name = dt::unique_index<"by_name", "name">;
struct unique_name
    : dt::migration<v1, dt::step<dt::add_index<"customer", by_name>, dt::drop_index<"customer", "by_name">>> {};
struct careful_w : dt::release<"c", dt::inserts<"customer", signup, dt::satisfies<"by_name">>> {};
static_assert(test::are(safety<live<v1, app_w>, migrate<unique_name>>, code::WR_UNIQUE));
constexpr dt::finding tighter = safety<live<v1, app_w>, migrate<unique_name>>[0];
static_assert(tighter.release == "w" && tighter.row == "signup" && tighter.object == "by_name" && tighter.event == 2 &&
              tighter.migration == "unique_name" && tighter.version == "1");
static_assert(test::are(safety<live<v1, app_w>, migrate<unique_name>, stop<app_w>>, code::RO_STOP_FIRST));
static_assert(safety<live<v1, app_w>, start<careful_w>, stop<app_w>, migrate<unique_name>>.empty() &&
              safety<live<v1, app_7>, migrate<unique_name>>.empty());
static_assert(safety<live<v1>, migrate<unique_name>, start<app_w>>.empty(), "who comes later knows it");
// A new table holds on to rows of one that was there.
struct with_key : dt::schema<"k", dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">>> {};
template <class... Actions>
struct purchase : dt::table<"purchase", dt::column<"customer_id", dt::bigint>,
                            dt::foreign_key<"to_customer", dt::columns<"customer_id">,
                                            dt::references<"customer", "id">, Actions...>> {};
template <class... Actions>
struct add_purchase
    : dt::migration<with_key, dt::step<dt::create_table<purchase<Actions...>>, dt::drop_table<"purchase">>> {};
struct app_d : dt::release<"d", dt::deletes<"customer", product_card>> {};
static_assert(test::are(safety<live<with_key, app_d>, migrate<add_purchase<>>>, code::WR_RESTRICT) &&
              test::are(safety<live<with_key, app_d>, migrate<add_purchase<dt::on_delete<dt::cascade>>>>,
                        code::WR_CASCADE));
static_assert(safety<live<with_key, app_d>, migrate<add_purchase<>>>[0].detail == "purchase");
// A reader of one row loses its key.
struct named
    : dt::schema<"n", dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, by_name>> {};
struct drop_index
    : dt::migration<named, dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>> {};
struct app_one : dt::release<"o", dt::reads<"customer", card, dt::single<"name">>> {};
struct app_up : dt::release<"u", dt::upserts<"customer", card, dt::conflict<"name">>> {};
static_assert(test::are(safety<live<named, app_one, app_up>, migrate<drop_index>>, code::RD_CARD, code::WR_ARBITER));

// ---- Text that a live release may write, and a shorter column refuses

struct note_1 : dt::schema<"note", dt::table<"note", dt::column<"id", dt::bigint>, dt::column<"body", dt::varchar<50>>,
                                             dt::column<"tags", dt::array<dt::varchar<50>>>, dt::primary_key<"id">>> {};
template <dt::fixed_string Column, class Type, class Old>
using retype = dt::migration<note_1, dt::step<dt::set_type<"note", Column, Type>, dt::set_type<"note", Column, Old>>>;
struct shorten : retype<"body", dt::varchar<20>, dt::varchar<50>> {};
struct lengthen : retype<"body", dt::varchar<90>, dt::varchar<50>> {};
struct shorten_tags : retype<"tags", dt::array<dt::varchar<20>>, dt::array<dt::varchar<50>>> {};
template <class Text>
struct written {
  std::int64_t id;
  Text body;
  std::vector<std::optional<std::string>> tags;
};
template <class Text, class... Options>
struct writes_note : dt::release<"30", dt::inserts<"note", written<Text>, Options...>> {};
template <class Migration, class Text, class... Options>
constexpr dt::array_view<dt::finding> with_note = safety<live<note_1, writes_note<Text, Options...>>, migrate<Migration>>;

static_assert(test::are(with_note<shorten, std::string>, code::WR_LEN));
static_assert(with_note<shorten, std::string>[0].object == "body" && with_note<shorten, std::string>[0].unlike == "note" &&
              with_note<shorten, std::string>[0].migration == "shorten" &&
              *with_note<shorten, std::string>[0].column_type == dt::varchar<20>::type);
static_assert(test::are(with_note<shorten_tags, std::string>, code::WR_LEN) && with_note<shorten_tags, std::string>[0].object == "tags");
static_assert(with_note<lengthen, std::string>.empty());
static_assert(with_note<shorten, std::string, dt::refines<"body", dt::at_most<20>>>.empty() &&
              test::are(with_note<shorten, std::string, dt::refines<"body", dt::one_of<"yes", "no">>>) &&
              with_note<shorten, dt::checked<std::string>>.empty() && with_note<shorten, dt::bounded_text<20>>.empty());
static_assert(test::are(with_note<shorten, dt::bounded_text<30>>, code::WR_LEN), "said once");
static_assert(test::are(safety<live<note_1, writes_note<std::string>>, migrate<shorten>, stop<writes_note<std::string>>>, code::RO_STOP_FIRST));

// ---- Documents that one release writes back without what another knows

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
struct paints_1_too : writes_back<"22", theme_1> {};
struct looks : dt::release<"23", dt::reads<"account", themed<dt::checked<theme_1>>>> {};

constexpr dt::array_view<dt::finding> dropped = safety<live<themed_1, paints_1>, start<paints_2>, stop<paints_1>>;
static_assert(test::are(dropped, code::DT_LOST));
static_assert(dropped[0].release == "20" && dropped[0].other == "21" && dropped[0].detail == "theme_2" && dropped[0].event == 2 &&
              dropped[0].table == "account" && dropped[0].object == "theme" && !dropped[0].inverse && dropped[0].version == "themed");
static_assert(safety<live<themed_1, paints_1>, stop<paints_1>, start<paints_2>>.empty(), "it knows what the older one wrote");
static_assert(test::are(safety<live<themed_1, paints_2>, stop<paints_2>, start<paints_1>>, code::DT_LOST), "rows outlive their writer");
static_assert(test::are(safety<live<themed_1, paints_2>, start<paints_1>, stop<paints_2>, start<paints_1_too>>, code::DT_LOST, code::DT_LOST),
              "each by itself, and once");
static_assert(test::are(safety<live<themed_1, paints_1, paints_2>>, code::DT_LOST));
static_assert(safety<live<themed_1, paints_1>, start<paints_1_too>>.empty() && safety<live<themed_1, looks>, start<paints_2>>.empty());
