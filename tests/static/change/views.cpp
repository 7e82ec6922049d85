// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/views.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
struct status : dt::enumeration<"status", "open"> {};
struct item : dt::table<"item", id, dt::column<"status", status>, dt::index<"item_idx", "id">> {};
struct first : dt::view<"first", dt::query<"SELECT id FROM item">, id> {};
struct v1 : dt::schema<"1", item, first> {};

// ---- create_view

template <class View>
constexpr const dt::model::change& created = dt::create_view<View>::value;
template <dt::fixed_string Name, dt::fixed_string Query = "SELECT id FROM item", class... Columns>
using view = dt::view<Name, dt::query<Query>, id, Columns...>;

using second = view<"second">;
static_assert(created<second>.kind == &kind_of<changes::create_view> &&
              created<second>.table == dt::identifier("second") && created<second>.created == &second::value);
static_assert([] {
  const test::applied done(v1::value, created<second>);
  const dt::model::table* v = done.draft.find("second");
  return done.draft.findings.empty() && v->kind == dt::model::source_kind::view && v->query == "SELECT id FROM item" &&
         done.draft.find_table("second") == nullptr && done.draft.find("item") == &item::value;
}());
static_assert(test::does(v1::value, created<second>, "create_table second") &&
              !test::destroys(v1::value, created<second>));
static_assert(test::comes_back(v1::value, created<second>) &&
              test::comes_back(v1::value, created<view<"\"; DROP TABLE item; --">>) &&
              test::comes_back(v1::value, created<dt::function<"f", dt::query<"SELECT 1">, id>>) &&
              test::comes_back(v1::value,
                               created<view<"s", "SELECT id, status FROM item", dt::column<"status", status>>>));
static_assert(natural_inverse(created<second>, v1::value).kind == &kind_of<changes::drop_view>);

static_assert(test::says(v1::value, created<item>, code::MG_TARGET, "item", "",
                         "view, function or routine (it is a table: create_table makes it)"));
static_assert(test::says(v1::value, created<first>, code::MG_EXISTS, "first", "", "table"));
static_assert(test::raises(v1::value, created<view<"item">>, code::MG_EXISTS), "a table's name");
static_assert(test::says(v1::value, created<view<"item_idx">>, code::MG_EXISTS, "item_idx", "", "item", "index"));
// What a declaration raises.
static_assert(test::raises(v1::value, created<view<"">>, code::SC_NAME));
static_assert(test::raises(v1::value, created<dt::view<"v", dt::query<"SELECT 1">>>, code::SC_EMPTY));
static_assert(test::raises(v1::value, created<view<"v", "SELECT id FROM item; DROP TABLE item">>, code::SC_EXPRESSION));
static_assert(test::raises(v1::value, created<view<"v", "SELECT * FROM item">>, code::SC_QUERY));
static_assert(test::raises(v1::value,
                           created<view<"v", "SELECT 1, 2", dt::column<"s", dt::enumeration<"status", "x">>>>,
                           code::SC_TYPE));

// ---- drop_view

template <dt::fixed_string View>
constexpr const dt::model::change& dropped = dt::drop_view<View>::value;
static_assert(dropped<"first">.kind == &kind_of<changes::drop_view> &&
              dropped<"first">.table == dt::identifier("first"));
static_assert(test::does(v1::value, dropped<"first">, "drop_table first"));
static_assert(!test::destroys(v1::value, dropped<"first">), "it stores nothing");
static_assert(test::comes_back(v1::value, dropped<"first">));
static_assert(natural_inverse(dropped<"first">, v1::value).created == &first::value);

static_assert(test::says(v1::value, dropped<"second">, code::MG_TARGET, "second", "", "view, function or routine"));
static_assert(test::says(v1::value, dropped<"item">, code::MG_TARGET, "item", "", "view (it is a table, which drop_table drops)"));
struct over : dt::schema<"2", item, first, dt::function<"over", dt::query<"SELECT id FROM First">, id>> {};
static_assert(test::says(over::value, dropped<"first">, code::MG_DEPENDENT, "first", "", "over", "function"));
static_assert(test::comes_back(over::value, dropped<"over">));

// ---- What a view needs is free for a change while the view is gone

static_assert(
    [] {
      test::applied done(v1::value, dropped<"first">);
      apply(done.draft, created<dt::view<"first", dt::query<"SELECT id FROM item WHERE id > 0">, id>>);
      dt::detail::prove_restored(done.draft);
      const dt::list<dt::finding>& all = done.draft.findings;
      return test::are(all.all(), code::MG_INVERSE) && all[0].table == "first" && all[0].detail == "query";
    }(),
    "another query is another view");
static_assert([] {
  test::applied done(v1::value, dropped<"first">);
  apply(done.draft, dt::create_table<dt::table<"first", id>>::value);
  dt::detail::prove_restored(done.draft);
  const dt::list<dt::finding>& all = done.draft.findings;
  return test::are(all.all(), code::MG_INVERSE) && all[0].detail == "table, view, function, routine or sequence";
}());

// ---- replace_view

template <class View>
constexpr const dt::model::change& replaced = dt::replace_view<View>::value;
using other_first = view<"first", "SELECT id FROM item WHERE id > 9">;
using wider_first = view<"first", "SELECT id, status FROM item", dt::column<"status", status>>;
static_assert(test::does(v1::value, replaced<other_first>, "drop_table first; create_table first") &&
              !test::destroys(v1::value, replaced<other_first>));
static_assert([] {
  const test::applied done(v1::value, replaced<wider_first>);
  return done.draft.find("first")->parts.size() == 2 && done.draft.operations()[0].with_next &&
         !done.draft.operations()[1].with_next;
}());
static_assert(test::comes_back(v1::value, replaced<other_first>) && test::comes_back(v1::value, replaced<wider_first>));
static_assert(test::raises(v1::value, replaced<first>, code::MG_NO_CHANGE));
static_assert(test::raises(v1::value, replaced<second>, code::MG_TARGET));
static_assert(test::raises(v1::value, replaced<item>, code::MG_TARGET));
static_assert(test::raises(v1::value, replaced<view<"first", "SELECT id FROM item)">>, code::SC_EXPRESSION));
struct on_first : dt::schema<"2", item, first, view<"of_first", "SELECT id FROM first">> {};
static_assert(test::says(on_first::value, replaced<other_first>, code::MG_DEPENDENT, "first", "", "of_first", "view"));

}  // namespace
