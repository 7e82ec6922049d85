// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/syncs.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
using old_name = dt::column<"full_name", dt::text>;
using new_name = dt::column<"display_name", dt::text, dt::null>;
struct customer : dt::table<"customer", id, old_name, dt::column<"note", dt::text, dt::null>> {};
struct v1 : dt::schema<"1", customer> {};

template <class Stale = dt::detail::not_stale>
using naming = dt::sync<"customer_name", dt::older<dt::synced<"full_name">>, dt::newer<dt::synced<"display_name">>, Stale>;
using new_stale = naming<dt::stale<dt::newer<>>>;
using old_stale = naming<dt::stale<dt::older<>>>;
using note = dt::column<"note", dt::text, dt::null>;
template <class Sync, class OldName = old_name>
struct both : dt::table<"customer", id, OldName, note, new_name, Sync> {};
template <class... Tables>
struct version : dt::schema<"1", Tables...> {};

// ---- A declaration

static_assert(naming<>::value.older[0].column == dt::identifier("full_name") &&
              naming<>::value.older[0].expression == "\"display_name\"");
static_assert(naming<>::value.newer[0].expression == "\"full_name\"" && naming<>::value.stale_side().empty());
static_assert(new_stale::value.stale_side() == new_stale::value.newer && old_stale::value.stale == dt::model::sync_side::older);
using split = dt::sync<"s", dt::older<dt::synced<"full_name", "a || b">>, dt::newer<dt::synced<"a", "x">, dt::synced<"b", "y">>>;
static_assert(split::value.older[0].expression == "a || b" && split::value.newer.size() == 2 &&
              split::value.newer[1].expression == "y");
static_assert(both<new_stale>::value.has_syncs && !customer::value.has_syncs);
static_assert(both<new_stale>::value.is_stale("display_name") && !both<new_stale>::value.is_stale("full_name") &&
              !both<new_stale>::value.is_stale("note") && both<old_stale>::value.is_stale("full_name") &&
              !both<naming<>>::value.is_stale("display_name"));
static_assert(both<naming<>>::value.find_sync_of("full_name") == &naming<>::value &&
              both<naming<>>::value.find_sync_of("note") == nullptr);
static_assert(dt::model::difference(naming<>::value, new_stale::value) == "what is filled");

constexpr bool declared_raises(const dt::model::table& t, auto... codes) {
  dt::list<dt::finding> found;
  const dt::model::table* const only[]{&t};
  const dt::model::schema s{dt::identifier("1"), only};
  dt::model::validate(t, [&](const dt::identifier& n) { return s.find(n); }, dt::finding(), found);
  return test::are(found.all(), codes...);
}
template <class Sync, class... Columns>
constexpr dt::model::table with = dt::table<"t", Columns..., Sync>::value;
template <class A, class B>
using sync = dt::sync<"s", A, B>;
using a = dt::column<"a", dt::integer, dt::null>;
using b = dt::column<"b", dt::integer, dt::null>;
using a_to_b = sync<dt::older<dt::synced<"a">>, dt::newer<dt::synced<"b">>>;
static_assert(declared_raises(with<a_to_b, a, b>));
static_assert(declared_raises(with<sync<dt::older<>, dt::newer<dt::synced<"b", "a + 1">>>, a, b>), "one that fills in");
static_assert(declared_raises(with<a_to_b, a>, code::SC_NO_COLUMN));
static_assert(declared_raises(with<sync<dt::older<dt::synced<"a">>, dt::newer<>>, a>, code::SC_NO_COLUMN, code::SC_SYNC));
static_assert(declared_raises(with<sync<dt::older<>, dt::newer<dt::synced<"b">>>, a, b>, code::SC_SYNC), "no expression");
static_assert(declared_raises(with<sync<dt::older<dt::synced<"a">>, dt::newer<dt::synced<"a">>>, a, b>, code::SC_DUPLICATE,
                              code::SC_DUPLICATE));
static_assert(declared_raises(with<sync<dt::older<dt::synced<"a", "b">>, dt::newer<dt::synced<"b", "a)">>>, a, b>,
                              code::SC_EXPRESSION));
static_assert(declared_raises(with<a_to_b, a, dt::column<"b", dt::integer, dt::identity>>, code::SC_SYNC));
static_assert(declared_raises(with<a_to_b, a, dt::column<"b", dt::integer, dt::null, dt::default_value<1>>>, code::SC_SYNC));
static_assert(declared_raises(with<a_to_b, a, dt::column<"b", dt::integer, dt::default_value<1>>>), "never NULL");
static_assert(declared_raises(dt::table<"t", a, b, a_to_b,
                                        dt::sync<"other", dt::older<dt::synced<"b">>, dt::newer<dt::synced<"c">>>,
                                        dt::column<"c", dt::integer, dt::null>>::value,
                              code::SC_SYNC, code::SC_SYNC), "b is kept twice");
static_assert(declared_raises(with<dt::sync<"s", dt::older<>, dt::newer<dt::synced<"b", "a">>, dt::stale<dt::older<>>>, a, b>,
                              code::SC_SYNC), "no such side");

// ---- add_sync and drop_sync

using added = dt::add_sync<"customer", new_stale, new_name>;
static_assert(test::makes<both<new_stale>>(v1::value, added::value));
static_assert(test::does(v1::value, added::value, "add_part customer.display_name; add_part customer.customer_name"));
static_assert(test::comes_back(v1::value, added::value) && !test::destroys(v1::value, added::value));
static_assert(test::makes<both<naming<>>>(version<dt::table<"customer", id, old_name, note, new_name>>::value,
                                          dt::add_sync<"customer", naming<>>::value), "both sides are there");
static_assert(test::says(v1::value, dt::add_sync<"client", new_stale, new_name>::value, code::MG_TARGET, "client",
                         "customer_name", "table"));
static_assert(test::raises(v1::value, dt::add_sync<"customer", new_stale>::value, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, dt::add_sync<"customer", new_stale, dt::column<"display_name", dt::text>>::value,
                           code::MG_REQUIRED));
static_assert(test::raises(version<both<new_stale>>::value, added::value, code::MG_EXISTS));
struct of_its_name : dt::view<"customer_name", dt::query<"SELECT 1">, dt::column<"a", dt::integer>> {};
static_assert(test::says(version<customer, of_its_name>::value, added::value, code::MG_EXISTS, "customer", "customer_name",
                         "customer_name", "view"));

using dropped = dt::drop_sync<"customer", "customer_name">;
static_assert(test::makes<customer>(version<both<new_stale>>::value, dropped::value));
static_assert(test::does(version<both<new_stale>>::value, dropped::value,
                         "drop_part customer.customer_name; drop_part customer.display_name"));
static_assert(!test::destroys(version<both<new_stale>>::value, dropped::value), "the other side says it all");
static_assert(test::comes_back(version<both<new_stale>>::value, dropped::value));
static_assert(test::makes<dt::table<"customer", id, old_name, note, new_name>>(version<both<naming<>>>::value, dropped::value));
static_assert(test::comes_back(version<both<naming<>>>::value, dropped::value));
using bare = dt::column<"full_name", dt::text, dt::null>;
static_assert(test::makes<dt::table<"customer", id, note, new_name>>(version<both<old_stale, bare>>::value, dropped::value));
static_assert(test::comes_back(version<both<old_stale, bare>>::value, dropped::value));
static_assert(test::says(v1::value, dropped::value, code::MG_TARGET, "customer", "customer_name", "sync"));
using indexed = dt::table<"customer", id, old_name, new_name, new_stale, dt::index<"i", "display_name">>;
static_assert(test::says(version<indexed>::value, dropped::value, code::MG_DEPENDENT, "customer", "display_name", "i", "index"));

// What a sync names stays, and it is no constraint.
static_assert(test::says(version<both<naming<>>>::value, dt::drop_column<"customer", "full_name">::value,
                         code::MG_DEPENDENT, "customer", "full_name", "customer_name", "sync"));
static_assert(test::says(version<both<naming<>>>::value, dt::rename_column<"customer", "full_name", "name">::value,
                         code::MG_DEPENDENT, "customer", "full_name", "customer_name", "sync"));
static_assert(test::raises(version<both<naming<>>>::value, dt::drop_constraint<"customer", "customer_name">::value,
                           code::MG_TARGET));

// ---- fill_sync and retire_sync

using filled = dt::fill_sync<"customer", "customer_name">;
static_assert(test::makes<both<naming<>>>(version<both<new_stale>>::value, filled::value));
static_assert(test::does(version<both<new_stale>>::value, filled::value, "alter_part customer.customer_name to customer_name"));
static_assert(test::comes_back(version<both<new_stale>>::value, filled::value));
static_assert(test::raises(version<both<naming<>>>::value, filled::value, code::MG_NO_CHANGE));
static_assert(test::says(v1::value, filled::value, code::MG_TARGET, "customer", "customer_name", "sync"));

using retired = dt::retire_sync<"customer", "customer_name", dt::older<>>;
static_assert(test::makes<both<old_stale>>(version<both<naming<>>>::value, retired::value));
static_assert(test::comes_back(version<both<naming<>>>::value, retired::value));
static_assert(test::raises(version<both<new_stale>>::value, retired::value, code::MG_NO_CHANGE));

// ---- add_twin

constexpr dt::model::change twin_of(const dt::model::part& p, dt::text_view name) {
  return {&dt::model::kind_of<changes::add_twin>, dt::identifier("customer"), dt::identifier("customer_name"), &p, nullptr,
          dt::identifier(name)};
}
using by_name = dt::index_on<"by_name", dt::element<"full_name">, dt::where<"full_name <> ''">>;
using by_new_name = dt::index_on<"by_name_new", dt::element<"display_name">, dt::where<"\"display_name\" <> ''">>;
using not_empty = dt::check_values<"not_empty", "full_name", dt::at_most<9>>;
template <class... Parts>
using keyed = version<dt::table<"customer", id, old_name, new_name, naming<>, Parts...>>;
static_assert(test::makes<dt::table<"customer", id, old_name, new_name, naming<>, by_name, by_new_name>>(
    keyed<by_name>::value, twin_of(by_name::value, "by_name_new")));
static_assert(test::comes_back(keyed<by_name>::value, twin_of(by_name::value, "by_name_new")));
static_assert(test::comes_back(keyed<not_empty>::value, twin_of(not_empty::value, "not_empty_new")));
static_assert(test::raises(keyed<by_name>::value, twin_of(by_name::value, "by_name"), code::MG_EXISTS));

// ---- swap

constexpr dt::model::assignment of_number[]{{"number_new", "\"number\""}};
constexpr dt::model::sync follows(dt::model::sync_side stale) {
  return {{dt::model::part_kind::sync, "number_sync"}, {}, of_number, stale, true};
}
template <dt::model::sync_side Stale = dt::model::sync_side::none>
struct following {
  static constexpr dt::model::sync value = follows(Stale);
};
constexpr dt::model::change swapped{&dt::model::kind_of<changes::swap>, "customer", "number_sync", nullptr, nullptr, "number"};
using number = dt::column<"number", dt::integer, dt::identity, dt::comment<"since 2003">>;
using wide_number = dt::column<"number", dt::bigint, dt::identity, dt::comment<"since 2003">>;
using shadow = dt::column<"number_new", dt::bigint>;
using narrow_shadow = dt::column<"number_new", dt::integer>;
template <class Number, class Shadow, class... Parts>
using numbered = dt::table<"customer", Number, Shadow, old_name, Parts...>;
template <class... Parts>
using before_swap = version<numbered<number, shadow, following<>, Parts...>, dt::table<"purchase", dt::column<"customer", dt::integer>,
                            dt::foreign_key<"customer_fkey", dt::columns<"customer">, dt::references<"customer", "number">>>>;
using every_part = before_swap<dt::primary_key<"number">, dt::unique<"k", "full_name", "number">, dt::check<"positive", "number > 0">>;
static_assert(test::makes<numbered<wide_number, narrow_shadow, following<>, dt::primary_key<"number">,
                                   dt::unique<"k", "full_name", "number">, dt::check<"positive", "number > 0">>>(every_part::value, swapped));
static_assert(test::comes_back(every_part::value, swapped) && !test::destroys(every_part::value, swapped));
static_assert(test::does(every_part::value, swapped, "alter_part customer.number to number to number_new"));
// Which of the two may be NULL is exchanged, too.
using with_null = numbered<dt::column<"number", dt::integer, dt::null>, shadow, following<>>;
static_assert(test::makes<numbered<dt::column<"number", dt::bigint>, dt::column<"number_new", dt::integer, dt::null>, following<>>>(
    version<with_null>::value, swapped));
static_assert(test::raises(version<numbered<number, dt::column<"number_new", dt::bigint, dt::null>, following<>, dt::primary_key<"number">>>::value,
                           swapped, code::SC_IDENTITY, code::SC_KEY), "a shadow that is no NOT NULL yet");

static_assert(test::says(version<numbered<number, dt::column<"number_new", dt::bigint, dt::null>, following<dt::model::sync_side::newer>>>::value, swapped,
                         code::MG_TARGET, "customer", "number_sync", "sync of a shadow that is filled"));
static_assert(test::says(version<numbered<dt::column<"nr", dt::integer>, shadow, following<>>>::value, swapped, code::MG_TARGET,
                         "customer", "number", "column"));
static_assert(test::says(v1::value, swapped, code::MG_TARGET, "customer", "number_sync", "sync"));
constexpr dt::model::change swapped_names{&dt::model::kind_of<changes::swap>, "customer", "customer_name", nullptr, nullptr, "full_name"};
static_assert(test::says(version<both<naming<>>>::value, swapped_names, code::MG_TARGET, "customer", "customer_name",
                         "sync of a shadow that is filled"), "both are written");
// What cannot follow: it mentions one of the two, and the server knows columns by their places.
template <class... More>
constexpr bool cannot(dt::text_view object, dt::text_view other, dt::text_view what) {
  return test::says(version<numbered<number, shadow, following<>>, More...>::value, swapped, code::MG_DEPENDENT, "customer",
                    object, other, what);
}
static_assert(cannot<dt::view<"v", dt::query<"SELECT number FROM customer">, dt::column<"n", dt::integer>>>("number", "v", "view"));
static_assert(cannot<dt::view<"v", dt::query<"SELECT number_new FROM customer">, dt::column<"n", dt::integer>>>("number_new", "v", "view"));
template <class Part>
constexpr bool cannot_with(dt::text_view object, dt::text_view what) {
  return test::says(before_swap<Part>::value, swapped, code::MG_DEPENDENT, "customer", object, Part::value.name, what);
}
static_assert(cannot_with<dt::column<"twice", dt::integer, dt::generated_stored<"number * 2">>>("number", "generated column"));
static_assert(cannot_with<dt::index<"i", "number_new">>("number_new", "index"));
static_assert(cannot_with<dt::sync<"other", dt::older<>, dt::newer<dt::synced<"full_name", "number::text">>>>("number", "sync"));
static_assert(test::raises(before_swap<dt::check<"c", "NUMBER > 0">>::value, swapped, code::MG_DEPENDENT), "in which case it is the same");
static_assert(test::raises(version<numbered<dt::column<"number", dt::varchar<9>>, dt::column<"number_new", dt::varchar<10>>, following<>, dt::unique<"k", "number">>,
                                   dt::table<"purchase", dt::column<"customer", dt::varchar<9>>, dt::foreign_key<"f", dt::columns<"customer">, dt::references<"customer", "number">>>>::value,
                           swapped, code::SC_FK_TYPE), "validated as they will be");
static_assert(test::raises(version<numbered<dt::column<"number", dt::integer, dt::generated_stored<"1">>, shadow, following<>>>::value,
                           swapped, code::MG_GENERATED));
static_assert(dt::model::difference(following<>::value, dt::model::sync{{dt::model::part_kind::sync, "number_sync"}, {}, of_number}) ==
              "what follows");

}  // namespace
