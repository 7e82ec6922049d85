// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/extract_rows.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity>;
using name = dt::column<"name", dt::text>;
using key = dt::primary_key<"id">;
using home_phone = dt::column<"home_phone", dt::varchar<40>, dt::null, dt::collate<"C">>;
using work_phone = dt::column<"work_phone", dt::varchar<40>, dt::null, dt::collate<"C">>;
template <class... Parts>
using customer = dt::table<"customer", id, name, key, Parts...>;
struct v1 : dt::schema<"1", customer<home_phone, work_phone>> {};
using kind = dt::column<"kind", dt::text>;
using home = dt::row_of<"home", "home_phone">;
using work = dt::row_of<"work", "work_phone">;
using extracting = dt::gradual_extract_rows<"customer", "phone", kind, dt::columns<"number">, home, work>;
struct expand : dt::expand<v1, extracting> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, extracting> {};
struct v3 : dt::after<"3", fill> {};
struct contract : dt::contract<v3, extracting> {};
struct v4 : dt::after<"4", contract> {};
static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);

template <dt::fixed_string Name>
using to_customer = dt::foreign_key<Name, dt::columns<"id">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>, dt::on_update<dt::cascade>>;
struct in_full : dt::schema<"4", customer<>, dt::table<"phone", dt::column<"id", dt::bigint>, kind,
    dt::column<"number", dt::varchar<40>, dt::collate<"C">>, dt::primary_key<"id", "kind">, to_customer<"phone_fkey">,
    dt::check_values<"phone_kind_check", "kind", dt::one_of<"home", "work">>>> {};
static_assert(dt::same<v4, in_full>);

// The columns come back with their values.
static_assert([] {
  for (const dt::reversal each : dt::reversals<fill>)
    if (each != dt::reversal::exact) return false;
  const auto back = dt::reversals<contract>;
  return back[back.size() - 1] == dt::reversal::restoring && back[0] == dt::reversal::exact;
}());

// Several columns to a row, which may be null but not all of them; and rows that have numbers.
using home_street = dt::column<"home_street", dt::text, dt::null>;
using work_street = dt::column<"work_street", dt::text, dt::null>;
using home_zip = dt::column<"home_zip", dt::integer, dt::null>;
using work_zip = dt::column<"work_zip", dt::integer, dt::null>;
struct streets : dt::schema<"1", customer<home_street, work_street, home_zip, work_zip>> {};
using place = dt::column<"place", dt::smallint>;
using addresses = dt::gradual_extract_rows<"customer", "address", place, dt::columns<"street", "zip">,
                                           dt::row_of<1, "home_street", "home_zip">, dt::row_of<-2, "work_street", "work_zip">>;
struct expand_streets : dt::expand<streets, addresses> {};
struct streets_2 : dt::after<"2", expand_streets> {};
struct fill_streets : dt::fill<streets_2, addresses> {};
struct streets_3 : dt::after<"3", fill_streets> {};
struct contract_streets : dt::contract<streets_3, addresses> {};
struct streets_4 : dt::after<"4", contract_streets> {};
struct streets_in_full : dt::schema<"4", customer<>, dt::table<"address", dt::column<"id", dt::bigint>, place,
    dt::column<"street", dt::text, dt::null>, dt::column<"zip", dt::integer, dt::null>, dt::primary_key<"id", "place">, to_customer<"address_fkey">,
    dt::check<"address_check", "\"street\" IS NOT NULL OR \"zip\" IS NOT NULL">, dt::check<"address_place_check", "\"place\" IN (1, -2)">>> {};
static_assert(dt::reversible<contract_streets> && dt::same<streets_4, streets_in_full>);

// ---- Releases.

enum class which { home, work };
struct whole { std::string name; std::optional<std::string> home_phone; std::optional<std::string> work_phone; };
struct number { std::int64_t id; std::string kind; std::string number; };
struct number_of { std::int64_t id; which kind; std::string number; };
struct row_key { std::int64_t id; std::string kind; };
struct customer_key { std::int64_t id; };
struct old_app : dt::release<"old", dt::reads<"customer", whole>, dt::inserts<"customer", whole>, dt::deletes<"customer", customer_key>> {};
struct new_app : dt::release<"new", dt::reads<"phone", number>, dt::reads<"phone", number_of>, dt::inserts<"phone", number>,
                             dt::updates<"phone", number, dt::key<"id", "kind">>, dt::deletes<"phone", row_key>, dt::deletes<"phone", customer_key>,
                             dt::deletes<"customer", customer_key>> {};
static_assert(dt::compatible<old_app, v1, v2, v3> && dt::compatible<new_app, v2, v3, v4>);
static_assert(dt::safe<dt::rollout<dt::live<v1, old_app>, dt::migrate<expand>, dt::start<new_app>, dt::migrate<fill>, dt::stop<old_app>,
                                   dt::migrate<contract>>>);
struct too_early : dt::rollout<dt::live<v1, old_app>, dt::migrate<expand>, dt::migrate<fill>, dt::migrate<contract>, dt::stop<old_app>> {};
static_assert(test::count(dt::findings<dt::safety<too_early>>, code::RO_STOP_FIRST) == 4);

// What the view cannot do and the table can.
template <class... Units>
struct app : dt::release<"8", Units...> {};
template <class V, class... Units>
constexpr dt::array_view<dt::finding> on = dt::findings<dt::compatibility<app<Units...>, V>>;
using upsert = dt::upserts<"phone", number, dt::conflict<"id", "kind">>;
static_assert(test::are(on<v2, upsert>, code::WR_EXTRACTED) && on<v4, upsert>.empty());
struct by_number { std::string number; };
static_assert(test::are(on<v3, dt::deletes<"phone", by_number>>, code::WR_EXTRACTED));
struct moved { std::int64_t id; std::string kind; std::string number; };
using to_other_row = dt::updates<"phone", moved, dt::key<"id", "number">>;
static_assert(test::are(on<v3, to_other_row>, code::WR_EXTRACTED) && on<v4, to_other_row>.empty());
static_assert(test::are(on<v2, dt::inserts<"phone", by_number>>, code::WR_REQUIRED, code::WR_REQUIRED));

// ---- What is in the way is said before the first phase.

template <class Recipe, class From>
struct first_phase : dt::expand<From, Recipe> {};
template <class Recipe, class From = v1>
constexpr dt::array_view<dt::finding> first = dt::reversibility<first_phase<Recipe, From>>::findings;
template <class Kind, class Columns, class... Rows>
using rows = dt::gradual_extract_rows<"customer", "phone", Kind, Columns, Rows...>;
using one = dt::columns<"number">;
template <class Recipe>
constexpr bool says(dt::text_view object, dt::text_view why) {
  const auto found = first<Recipe>;
  return test::are(found, code::MG_EXTRACTED) && found[0].object == object && found[0].detail == why;
}
static_assert(first<extracting>.empty() && first<rows<kind, one, home>>.empty());
static_assert(says<rows<kind, dt::columns<"number", "extension">, dt::row_of<"home", "home_phone", "work_phone">, dt::row_of<"work">>>(
    "'work'", "name in row_of a column of the table for each of columns<>, in their order"));
static_assert(says<rows<kind, one, home, dt::row_of<"home", "work_phone">>>("'home'", "give each row_of a value of its own: its rows are told apart by it"));
static_assert(says<rows<kind, one, home, dt::row_of<"work", "home_phone">>>("home_phone", "name each column of the table once: what it stores is stored in one row"));
static_assert(says<rows<kind, one, home, dt::row_of<2, "work_phone">>>("2", "a number is no text"));
static_assert(says<rows<dt::column<"kind", dt::varchar<3>>, one, home>>("'home'", "longer than the column"));
static_assert(says<rows<dt::column<"kind", dt::smallint>, one, dt::row_of<40000, "home_phone">>>("40000", "not a whole number of 16 bits"));
static_assert(says<rows<dt::column<"kind", dt::boolean>, one, dt::row_of<true, "home_phone">>>(
    "kind", "make the discriminator text, varchar, smallint, integer or bigint"));
constexpr dt::text_view no_options = "declare the discriminator without options: it is NOT NULL, and whoever inserts a row says which one it is";
static_assert(says<rows<dt::column<"kind", dt::text, dt::null>, one, home>>("kind", no_options));
static_assert(says<rows<dt::column<"kind", dt::text, dt::default_value<"home">>, one, home>>("kind", no_options));
static_assert(says<rows<dt::column<"kind", dt::text, dt::collate<"C">>, one, home>>("kind", no_options));
static_assert(says<rows<dt::column<"id", dt::text>, one, home>>("id", "another name for one of them: two columns of the new table have this one"));
static_assert(says<rows<kind, dt::columns<"kind">, home>>("kind", "another name for one of them: two columns of the new table have this one"));
static_assert(says<rows<kind, dt::columns<"a", "a">, dt::row_of<"home", "home_phone", "work_phone">>>("a", "another name for one of them: two columns of the new table have this one"));
static_assert(says<rows<kind, one, home, dt::row_of<"own", "id">>>("id", "the column is of the primary key, which both tables have"));

template <class... Parts>
struct shop : dt::schema<"1", customer<home_phone, Parts...>> {};
template <class Work>
constexpr bool refuses = test::are(first<extracting, shop<Work>>, code::MG_EXTRACTED);
static_assert(refuses<dt::column<"work_phone", dt::varchar<41>, dt::null, dt::collate<"C">>>);
static_assert(refuses<dt::column<"work_phone", dt::varchar<40>, dt::null>>);
static_assert(refuses<dt::column<"work_phone", dt::varchar<40>, dt::null, dt::collate<"C">, dt::comment<"of the office">>>);
static_assert(refuses<dt::column<"work_phone", dt::varchar<40>, dt::collate<"C">>>);
static_assert(refuses<dt::column<"work_phone", dt::varchar<40>, dt::null, dt::collate<"C">, dt::default_value<"">>>);
static_assert(refuses<dt::column<"work_phone", dt::varchar<40>, dt::null, dt::generated_stored<"name">>>);
using notes = dt::gradual_extract_rows<"customer", "note", kind, dt::columns<"text">, dt::row_of<"home", "document">>;
static_assert(test::are(first<notes, shop<dt::column<"document", dt::json, dt::null>>>, code::MG_EXTRACTED));
static_assert(test::are(first<notes, shop<dt::column<"document", dt::jsonb, dt::null>>>, code::MG_EXTRACTED));
static_assert(first<notes, shop<dt::column<"document", dt::uuid, dt::null>>>.empty());
static_assert(test::are(first<extracting, shop<>>, code::MG_TARGET));
struct no_key : dt::schema<"1", dt::table<"customer", name, home_phone, work_phone>> {};
static_assert(test::are(first<extracting, no_key>, code::MG_EXTRACTED));
static_assert(test::are(first<extracting, shop<work_phone, dt::index<"by_phone", "home_phone">>>, code::MG_DEPENDENT));
static_assert(test::are(first<extracting, shop<work_phone, dt::check<"digits", "work_phone <> ''">>>, code::MG_DEPENDENT));
struct named : dt::schema<"1", customer<home_phone, work_phone>, dt::table<"phone", dt::column<"id", dt::bigint>>> {};
static_assert(test::are(first<extracting, named>, code::MG_EXISTS));
struct contract_first : dt::contract<v2, extracting> {};
static_assert(test::are(dt::findings<dt::reversibility<contract_first>>, code::MG_TARGET));

// ---- While it is a view the table keeps what it shows.

template <class Change, class Inverse>
struct then : dt::migration<v3, dt::step<Change, Inverse>> {};
template <class Change>
constexpr dt::array_view<dt::finding> after = dt::reversibility<then<Change, dt::drop_column<"customer", "x">>>::findings;
static_assert(test::count(after<dt::drop_column<"customer", "work_phone">>, code::MG_DEPENDENT) > 0);
static_assert(test::count(after<dt::rename_column<"customer", "home_phone", "phone">>, code::MG_DEPENDENT) > 0);

static_assert(test::count(dt::findings<dt::migratability<dt::sqlite<3, 40>, expand>>, code::DL_UNSUPPORTED) > 0);

}  // namespace
