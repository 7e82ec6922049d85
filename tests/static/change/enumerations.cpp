// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/enumerations.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

template <dt::fixed_string... Labels>
struct state : dt::enumeration<"state", Labels...> {};
using two = state<"open", "paid">;
using three = state<"open", "sent", "paid">;

/// Three columns of the enumeration, in two tables, and one of another.
template <class State, class Default = dt::default_value<"open">>
struct item : dt::table<"item", dt::column<"s", State, Default>, dt::column<"t", State, dt::null>,
                        dt::column<"text", dt::text, dt::default_value<"open">>, dt::check<"c", "text <> ''">> {};
template <class State>
struct purchase : dt::table<"purchase", dt::column<"s", State>, dt::primary_key<"s">,
                            dt::column<"u", dt::enumeration<"unit", "open">>> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", item<two>, purchase<two>, product> {};
struct v2 : dt::schema<"2", item<three>, purchase<three>, product> {};

constexpr bool says(const dt::model::schema& before, const dt::model::change& c, code what, dt::text_view object,
                    dt::text_view other, dt::text_view detail = {}) {
  return test::says(before, c, what, "", object, other, detail);
}
constexpr dt::text_view no_enumeration = "enumeration in a column of a table";

// ---- add_label

template <class After, dt::fixed_string Label>
constexpr const dt::model::change& added = dt::add_label<After, Label>::value;
constexpr const dt::model::change& add_sent = added<three, "sent">;
static_assert(add_sent.kind == &kind_of<changes::add_label> && add_sent.object == dt::identifier("sent") &&
              add_sent.table.empty());

static_assert(test::makes<item<three>, purchase<three>, product>(v1::value, add_sent));
static_assert(test::does(v1::value, add_sent, "set_labels state") && !test::destroys(v1::value, add_sent));
static_assert([] {
  const test::applied done(v1::value, add_sent);
  const dt::model::operation& o = done.draft.operations()[0];
  return *o.labels_before == *two::type.labels && *o.labels_after == *three::type.labels &&
         done.draft.find("product") == &product::value &&
         done.draft.find("purchase")->find_column("u") == purchase<two>::value.find_column("u");
}());
// At the end, at the beginning, and whatever its name.
static_assert(test::comes_back(v1::value, add_sent) &&
              test::comes_back(v1::value, added<state<"open", "paid", "sent">, "sent">) &&
              test::comes_back(v1::value,
                               added<state<"'; DROP TYPE state; --", "open", "paid">, "'; DROP TYPE state; --">));
static_assert(natural_inverse(add_sent, v1::value).kind == &kind_of<changes::drop_label>);

struct bare : dt::schema<"3", product> {};
static_assert(says(bare::value, add_sent, code::MG_TARGET, "state", no_enumeration));
static_assert(says(v2::value, add_sent, code::MG_EXISTS, "sent", "state", "label"));
constexpr bool is_another(const dt::model::change& c, dt::text_view label, dt::text_view why) {
  return says(v1::value, c, code::MG_LABELS, label, "state", why);
}
static_assert(is_another(added<state<"open", "sent">, "sent">, "sent", "it is not what was there and the new label"));
static_assert(is_another(added<state<"paid", "open", "sent">, "sent">, "sent",
                         "it is not what was there and the new label"),
              "in another order");
static_assert(is_another(added<two, "sent">, "sent", "it is not what was there and the new label"));
static_assert(is_another(added<state<"open", "paid", "a", "b">, "a">, "a",
                         "it is not what was there and the new label"),
              "two at once");
static_assert(test::raises(v1::value, added<state<"open", "paid", "">, "">, code::SC_NAME, code::SC_NAME,
                           code::SC_NAME),
              "of each column");

// What no server changes with it.
struct seen : dt::schema<"4", item<two>, dt::view<"states", dt::query<"SELECT s FROM item">, dt::column<"v", two>>> {};
static_assert(test::says(seen::value, add_sent, code::MG_DEPENDENT, "states", "v", "states", "view"));
struct listed : dt::schema<"5", item<two>, dt::table<"lists", dt::column<"l", dt::array<two>>>> {};
static_assert(test::says(listed::value, add_sent, code::MG_DEPENDENT, "lists", "l", "l", "column of an array of it"));

// ---- drop_label

template <class After, dt::fixed_string Label>
constexpr const dt::model::change& dropped = dt::drop_label<After, Label>::value;
constexpr const dt::model::change& drop_sent = dropped<two, "sent">;
static_assert(drop_sent.kind == &kind_of<changes::drop_label> && drop_sent.object == dt::identifier("sent"));

static_assert(test::makes<item<two>, purchase<two>, product>(v2::value, drop_sent));
static_assert(test::does(v2::value, drop_sent, "set_labels state"));
static_assert(!test::destroys(v2::value, drop_sent), "the server refuses it while a row has the label");
static_assert(test::comes_back(v2::value, drop_sent) &&
              natural_inverse(drop_sent, v2::value).kind == &kind_of<changes::add_label>);

static_assert(says(bare::value, drop_sent, code::MG_TARGET, "state", no_enumeration));
static_assert(says(v1::value, drop_sent, code::MG_TARGET, "sent", "label"));
static_assert(says(v2::value, dropped<state<"open">, "sent">, code::MG_LABELS, "sent", "state",
                   "it is not what was there without the label"));
static_assert(says(v2::value, dropped<three, "sent">, code::MG_LABELS, "sent", "state",
                   "it is not what was there without the label"));
// The default of a column is one of its labels.
static_assert([] {
  const test::applied done(v2::value, dropped<state<"sent", "paid">, "open">);
  if (!test::are(done.draft.findings.all(), code::SC_DEFAULT)) return false;
  const dt::finding& f = done.draft.findings[0];
  return f.table == "item" && f.object == "s" && f.other == "open" && f.detail == "it is none of the labels" &&
         *f.column_type == state<"sent", "paid">::type && done.draft.operations().empty();
}());
// The columns are written anew, under checks and foreign keys that no longer fit.
template <class... Parts>
struct held
    : dt::schema<"6",
                 dt::table<"item", dt::column<"s", three>, dt::column<"t", three>, dt::unique<"key", "s">, Parts...>> {
};
static_assert(test::says(held<dt::check<"c", "s <> 'paid'">>::value, drop_sent, code::MG_DEPENDENT, "item", "s", "c",
                         "check constraint"));
static_assert(test::comes_back(held<dt::check<"c", "x <> 'paid'">>::value, drop_sent), "of another column");
template <class... Each>
struct held_by_index : held<dt::index_on<"i", dt::element<"s">, Each...>> {};
static_assert(test::says(held_by_index<dt::where<"s <> 'paid'">>::value, drop_sent, code::MG_DEPENDENT, "item", "s", "i",
                         "index"));
static_assert(test::raises(held_by_index<dt::element_sql<"s = 'paid'">>::value, drop_sent, code::MG_DEPENDENT));
static_assert(test::comes_back(held_by_index<dt::include<"t">>::value, drop_sent));
using generated = dt::column<"g", dt::text, dt::generated_stored<"CASE s WHEN 'paid' THEN 'x' END">, dt::null>;
static_assert(test::says(held<generated>::value, drop_sent, code::MG_DEPENDENT, "item", "s", "g", "column"));
struct of_generated : dt::schema<"8", dt::table<"item", dt::column<"a", dt::text>,
                                                dt::column<"s", three, dt::generated_stored<"CAST(a AS state)">>>> {};
static_assert(test::says(of_generated::value, drop_sent, code::MG_GENERATED, "item", "s"));
using to_itself = dt::foreign_key<"f", dt::columns<"t">, dt::references<"item", "s">>;
static_assert(test::says(held<to_itself>::value, drop_sent, code::MG_DEPENDENT, "item", "t", "f", "foreign key"));
// A new label does not mind them; only its inverse does.
using lost = state<"open", "sent", "paid", "lost">;
struct held_by_both : held<to_itself, dt::check<"c", "s <> 'paid'">> {};
static_assert(test::does(held_by_both::value, added<lost, "lost">, "set_labels state"));
static_assert([] {
  test::applied done(held_by_both::value, added<lost, "lost">);
  apply(done.draft, natural_inverse(added<lost, "lost">, held_by_both::value));
  return test::are(done.draft.findings.all(), code::MG_DEPENDENT, code::MG_DEPENDENT);
}());

// ---- rename_label

template <class After, dt::fixed_string Label, dt::fixed_string NewLabel>
constexpr const dt::model::change& renamed = dt::rename_label<After, Label, NewLabel>::value;
constexpr const dt::model::change& rename = renamed<state<"new", "paid">, "open", "new">;
static_assert(rename.kind == &kind_of<changes::rename_label> && rename.object == dt::identifier("open") &&
              rename.renamed == dt::identifier("new"));

// A default that is the label has the new name as well; a text of the same letters, or another enumeration, does not.
static_assert(test::makes<item<state<"new", "paid">, dt::default_value<"new">>, purchase<state<"new", "paid">>>(
    v1::value, rename));
static_assert(test::does(v1::value, rename, "set_labels state") && !test::destroys(v1::value, rename));
static_assert(test::comes_back(v1::value, rename) &&
              test::comes_back(v1::value, renamed<state<"open", "it's">, "paid", "it's">));

static_assert(says(bare::value, rename, code::MG_TARGET, "state", no_enumeration));
static_assert(says(v1::value, renamed<state<"open", "new">, "sent", "new">, code::MG_TARGET, "sent", "label"));
static_assert(says(v1::value, renamed<state<"paid", "paid">, "open", "paid">, code::MG_EXISTS, "paid", "state",
                   "label"));
static_assert(says(v1::value, renamed<two, "open", "open">, code::MG_EXISTS, "open", "state", "label"));
static_assert(is_another(renamed<state<"paid", "new">, "open", "new">, "open",
                         "it is not what was there with the label renamed"),
              "in another place");
static_assert(is_another(renamed<state<"new">, "open", "new">, "open",
                         "it is not what was there with the label renamed"));
// A check of such a column may name the label.
static_assert(test::says(held<dt::check<"c", "s <> 'sent'">>::value, renamed<state<"open", "x", "paid">, "sent", "x">,
                         code::MG_DEPENDENT, "item", "s", "c", "check constraint"));
static_assert(test::raises(held_by_index<dt::where<"s <> 'sent'">>::value,
                           renamed<state<"open", "x", "paid">, "sent", "x">, code::MG_DEPENDENT));
static_assert(test::comes_back(held<to_itself, dt::check<"c", "x <> 'sent'">>::value,
                               renamed<state<"open", "x", "paid">, "sent", "x">));
static_assert(test::says(listed::value, rename, code::MG_DEPENDENT, "lists", "l", "l", "column of an array of it"));

}  // namespace
