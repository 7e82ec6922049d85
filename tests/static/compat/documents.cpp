// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/documents.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>
#include <dovetail/fields.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

/// Of three releases, each with a member more; the second and the third have said what they have of the ones before.
struct theme_1 {};
struct theme_2 {};
struct theme_3 {};
struct any_theme {};
template <>
struct dt::field_traits<theme_1> {
  static constexpr dt::field_type type = dt::document_like<theme_1>();
};
template <>
struct dt::field_traits<theme_2> {
  static constexpr dt::field_type type = dt::document_like<theme_2, theme_1>();
};
template <>
struct dt::field_traits<theme_3> {
  static constexpr dt::field_type type = dt::document_like<theme_3, theme_1, theme_2>();
};
template <>
struct dt::field_traits<any_theme> {
  static constexpr dt::field_type type = dt::document_like<any_theme, dt::value::json>();
};

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"theme", dt::jsonb>,
                            dt::column<"old_theme", dt::jsonb, dt::null>, dt::primary_key<"id">> {};
struct themes : dt::view<"themes", dt::query<"SELECT theme FROM customer">, dt::column<"theme", dt::jsonb>> {};
struct v1 : dt::schema<"1", customer, themes> {};

template <class T>
struct themed {
  std::int64_t id;
  T theme;
};
template <class T>
using reads = dt::reads<"customer", themed<dt::checked<T>>>;
template <class T>
using updates = dt::updates<"customer", themed<T>, dt::key<"id">>;
template <class T>
using inserts = dt::inserts<"customer", themed<T>>;

template <class... Units>
struct app : dt::release<"7", Units...> {};
template <class... Units>
struct other : dt::release<"8", Units...> {};
/// What the one drops of what the other writes.
template <class One, class Other>
constexpr dt::array_view<dt::finding> dropped = dt::compatibility<One, dt::closed<v1, One, Other>>::findings;

// ---- A type that does not know the other's

constexpr dt::array_view<dt::finding> lost = dropped<app<reads<theme_1>, updates<theme_1>>, other<inserts<theme_2>>>;
static_assert(test::are(lost, code::DT_LOST));
static_assert(lost[0].release == "7" && lost[0].other == "8" && lost[0].detail == "theme_2" && lost[0].field == "theme" &&
              lost[0].table == "customer" && lost[0].object == "theme" && lost[0].version == "1" &&
              lost[0].subject == dt::subject_kind::writer && lost[0].type->spelled == "theme_1");
static_assert(test::are(dropped<app<reads<theme_2>, updates<theme_2>>, other<updates<theme_3>>>, code::DT_LOST));
static_assert(test::are(dropped<app<reads<theme_1>, updates<theme_1>>, other<updates<dt::value::json>>>, code::DT_LOST),
              "a document of any type");
static_assert(test::are(dropped<app<reads<theme_3>, updates<theme_3>>, other<updates<any_theme>>>, code::DT_LOST));
static_assert(test::are(dropped<app<reads<theme_1>, updates<theme_1>, inserts<theme_2>>, other<>>, code::DT_LOST),
              "of what it writes itself");

// ---- One that does

static_assert(dropped<app<reads<theme_2>, updates<theme_2>>, other<inserts<theme_1>>>.empty());
static_assert(dropped<app<reads<theme_3>, updates<theme_3>>, other<inserts<theme_1>, updates<theme_2>>>.empty());
static_assert(dropped<app<reads<theme_1>, updates<theme_1>>, other<inserts<theme_1>>>.empty());
static_assert(dropped<app<reads<any_theme>, updates<any_theme>>, other<inserts<theme_2>, updates<dt::value::json>>>.empty());

// ---- Nothing is written back

static_assert(dropped<app<reads<theme_1>, inserts<theme_1>>, other<inserts<theme_2>>>.empty(), "into a row that is new");
static_assert(dropped<app<updates<theme_1>>, other<inserts<theme_2>>>.empty(), "it is not read");
static_assert(dropped<app<dt::reads<"customer", themed<dt::value::json>>, updates<theme_1>>, other<inserts<theme_2>>>.empty(),
              "it is read whole");
static_assert(dropped<app<reads<theme_1>, updates<dt::value::json>>, other<inserts<theme_2>>>.empty());
static_assert(dropped<app<reads<theme_1>, updates<dt::approximate<theme_1>>>, other<inserts<theme_2>>>.empty(), "it is meant");
static_assert(dropped<app<reads<theme_1>, updates<theme_1>>, other<dt::reads<"customer", themed<dt::checked<theme_2>>>>>.empty());

template <class T>
struct past {
  std::int64_t id;
  std::optional<T> old_theme;
};
static_assert(dropped<app<dt::reads<"customer", past<dt::checked<theme_1>>>, updates<theme_1>>, other<inserts<theme_2>>>.empty(),
              "another column");
static_assert(test::are(dropped<app<dt::reads<"customer", past<dt::checked<theme_1>>>,
                                    dt::updates<"customer", past<theme_1>, dt::key<"id">>>,
                                other<dt::updates<"customer", past<theme_2>, dt::key<"id">>>>,
                        code::DT_LOST));
using merges = dt::upserts<"customer", themed<theme_1>, dt::conflict<"id">>;
using keeps = dt::upserts<"customer", themed<theme_1>, dt::conflict<"id">, dt::set<>>;
static_assert(test::are(dropped<app<reads<theme_1>, merges>, other<inserts<theme_2>>>, code::DT_LOST) &&
              dropped<app<reads<theme_1>, keeps>, other<inserts<theme_2>>>.empty());

// ---- What of it is asked of any version: only what the release itself writes

// ---- A document under two names, while a gradual change is under way

struct page : dt::table<"page", dt::column<"id", dt::bigint>, dt::primary_key<"id">,
                        dt::foreign_key<"page_fkey", dt::columns<"id">, dt::references<"customer", "id">>> {};
struct g1 : dt::schema<"g1", customer, page> {};
template <dt::fixed_string Table, class T>
using puts_old = dt::updates<Table, past<T>, dt::key<"id">>;
template <class T>
struct recent {
  std::int64_t id;
  std::optional<T> look;
};
struct reader_7 : dt::release<"7", dt::reads<"customer", past<dt::checked<theme_1>>>, puts_old<"customer", theme_1>> {};
template <class Recipe, class Unit>
struct meanwhile {
  struct expand : dt::expand<g1, Recipe> {};
  struct g2 : dt::after<"g2", expand> {};
  struct newer : dt::release<"8", Unit> {};
  static constexpr dt::array_view<dt::finding> drops = dt::compatibility<reader_7, dt::closed<g2, reader_7, newer>>::findings;
};
using renamed = dt::gradual_rename_column<"customer", "old_theme", "look">;
using retyped = dt::gradual_retype_column<"customer", dt::synced<"old_theme", "look::jsonb">, dt::twin<dt::column<"look", dt::jsonb, dt::null>, "old_theme">>;
using moves = dt::gradual_move_column<"customer", "page", "page_fkey", dt::synced<"look", "old_theme">>;
using extracts = dt::gradual_extract_table<"customer", "theme_of", "old_theme">;
template <class T>
struct extracted {
  std::int64_t id;
  T old_theme;
};
static_assert(test::are(meanwhile<renamed, dt::updates<"customer", recent<theme_2>, dt::key<"id">>>::drops, code::DT_LOST));
static_assert(test::are(meanwhile<retyped, dt::updates<"customer", recent<theme_2>, dt::key<"id">>>::drops, code::DT_LOST));
static_assert(test::are(meanwhile<moves, dt::updates<"page", recent<theme_2>, dt::key<"id">>>::drops, code::DT_LOST));
static_assert(test::are(meanwhile<extracts, dt::updates<"theme_of", extracted<theme_2>, dt::key<"id">>>::drops, code::DT_LOST));
// A name in quotes, with a quote in it.
struct odd_customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"the \"theme\"", dt::jsonb, dt::null>, dt::primary_key<"id">> {};
struct odd_1 : dt::schema<"odd_1", odd_customer> {};
using odd_rename = dt::gradual_rename_column<"customer", "the \"theme\"", "look">;
struct odd_expand : dt::expand<odd_1, odd_rename> {};
struct odd_2 : dt::after<"odd_2", odd_expand> {};
template <class T>
struct odd_past {
  std::int64_t id;
  std::optional<T> theme;
};
template <class T>
using odd_theme = dt::field<&odd_past<T>::theme, "the \"theme\"">;
struct odd_reader : dt::release<"7", dt::reads<"customer", odd_past<dt::checked<theme_1>>, odd_theme<dt::checked<theme_1>>>,
                                dt::updates<"customer", odd_past<theme_1>, dt::key<"id">, odd_theme<theme_1>>> {};
struct odd_newer : dt::release<"8", dt::updates<"customer", recent<theme_2>, dt::key<"id">>> {};
static_assert(test::are(dt::compatibility<odd_reader, dt::closed<odd_2, odd_reader, odd_newer>>::findings, code::DT_LOST));

static_assert(meanwhile<renamed, dt::updates<"customer", recent<theme_1>, dt::key<"id">>>::drops.empty() &&
              meanwhile<moves, dt::updates<"page", recent<theme_1>, dt::key<"id">>>::drops.empty() &&
              meanwhile<moves, updates<theme_2>>::drops.empty(), "another column");

static_assert(dt::compatibility<app<reads<theme_1>, updates<theme_1>>, v1>::findings.empty());

// ---- A document of the other type is one of this, too

static_assert(dt::compatibility<app<dt::reads<"customer", themed<theme_2>>>, dt::closed<v1, other<inserts<theme_1>>>>::findings.empty());
static_assert(dt::compatibility<app<dt::reads<"customer", themed<theme_2>>>,
                                dt::closed<v1, other<inserts<theme_2>, inserts<theme_1>>>>::findings.empty());
static_assert(dt::compatibility<app<dt::reads<"customer", themed<theme_3>>>,
                                dt::closed<v1, other<inserts<theme_1>, inserts<theme_2>>>>::findings.empty());
static_assert(test::are(dt::compatibility<app<dt::reads<"customer", themed<theme_1>>>,
                                          dt::closed<v1, other<inserts<theme_1>, inserts<theme_2>>>>::findings,
                        code::RD_RANGE));
static_assert(test::are(dt::compatibility<app<dt::reads<"customer", themed<any_theme>>>,
                                          dt::closed<v1, other<inserts<theme_1>>>>::findings,
                        code::RD_RANGE),
              "it may refuse a document");
static_assert(test::are(dt::compatibility<app<dt::reads<"customer", themed<any_theme>>>,
                                          dt::closed<v1, other<inserts<any_theme>, inserts<dt::value::json>>>>::findings,
                        code::RD_RANGE));
