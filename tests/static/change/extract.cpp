// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/extract.hpp>

#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity>;
using name = dt::column<"name", dt::text>;
using street = dt::column<"street", dt::text, dt::null>;
using city = dt::column<"city", dt::varchar<40>, dt::null, dt::collate<"C">>;
using key = dt::primary_key<"id">;
using city_check = dt::check<"city_check", "city <> ''">;
template <class... Parts>
using customer = dt::table<"customer", id, name, key, Parts...>;
struct v1 : dt::schema<"1", customer<street, city, city_check>> {};
using extracting = dt::gradual_extract_table<"customer", "address", "street", "city">;
struct expand : dt::expand<v1, extracting> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, extracting> {};
struct v3 : dt::after<"3", fill> {};
struct contract : dt::contract<v3, extracting> {};
struct v4 : dt::after<"4", contract> {};
static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);

template <class... Parts>
using address = dt::table<"address", dt::column<"id", dt::bigint>, key,
                          dt::foreign_key<"address_fkey", dt::columns<"id">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>,
                                          dt::on_update<dt::cascade>>, Parts...>;
struct in_full : dt::schema<"4", customer<>, address<street, city, city_check,
                                                     dt::check<"address_check", "\"street\" IS NOT NULL OR \"city\" IS NOT NULL">>> {};
static_assert(dt::same<v4, in_full>);

// The columns come back with their values.
static_assert([] {
  for (const dt::reversal each : dt::reversals<fill>)
    if (each != dt::reversal::exact) return false;
  const auto back = dt::reversals<contract>;
  return back[back.size() - 1] == dt::reversal::restoring && back[0] == dt::reversal::exact;
}());

// Until then it is none of its own.
static_assert(test::says(v2::value, dt::rename_table<"address", "place">::value, code::MG_TARGET, "address", "",
                         "table (it is a view of another one while a gradual change is under way)"));

// One column alone is not null.
struct nicknames : dt::schema<"1", customer<dt::column<"nickname", dt::text, dt::null>>> {};
using one = dt::gradual_extract_table<"customer", "nickname", "nickname">;
struct expand_one : dt::expand<nicknames, one> {};
struct one_2 : dt::after<"2", expand_one> {};
struct fill_one : dt::fill<one_2, one> {};
struct one_3 : dt::after<"3", fill_one> {};
struct contract_one : dt::contract<one_3, one> {};
struct one_4 : dt::after<"4", contract_one> {};
struct one_in_full : dt::schema<"4", customer<>, dt::table<"nickname", dt::column<"id", dt::bigint>, dt::column<"nickname", dt::text>, key,
    dt::foreign_key<"nickname_fkey", dt::columns<"id">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>, dt::on_update<dt::cascade>>>> {};
static_assert(dt::reversible<contract_one> && dt::same<one_4, one_in_full>);

// Indexes go along; until the table has taken the view's place, its own have other names.
struct indexed_1 : dt::schema<"1", customer<street, city, dt::unique<"one_city", "city">, dt::index<"by_street", "street", "id">,
                                            dt::unique_index<"one_street", "street", "city">>> {};
struct indexed_expand : dt::expand<indexed_1, extracting> {};
struct indexed_2 : dt::after<"2", indexed_expand> {};
struct indexed_fill : dt::fill<indexed_2, extracting> {};
struct indexed_3 : dt::after<"3", indexed_fill> {};
struct indexed_contract : dt::contract<indexed_3, extracting> {};
struct indexed_4 : dt::after<"4", indexed_contract> {};
static_assert(dt::reversible<indexed_expand> && dt::reversible<indexed_fill> && dt::reversible<indexed_contract> && dt::lossless<indexed_4>);
constexpr bool has_unique(const dt::model::table& t, dt::text_view name) {
  return t.find(dt::model::part_kind::unique, dt::identifier(name)) != nullptr;
}
static_assert(has_unique(*indexed_3::value.find("address_new"), "one_city_new") && has_unique(*indexed_3::value.find("customer"), "one_city"));
struct indexed_in_full : dt::schema<"4", customer<>, address<street, city, dt::unique<"one_city", "city">, dt::index<"by_street", "street", "id">,
    dt::unique_index<"one_street", "street", "city">, dt::check<"address_check", "\"street\" IS NOT NULL OR \"city\" IS NOT NULL">>> {};
static_assert(dt::same<indexed_4, indexed_in_full>);
using indexed_merging = dt::gradual_merge_table<"customer", "address", "street", "city">;
struct indexed_expand_back : dt::expand<indexed_4, indexed_merging> {};
struct indexed_5 : dt::after<"5", indexed_expand_back> {};
struct indexed_fill_back : dt::fill<indexed_5, indexed_merging> {};
struct indexed_6 : dt::after<"6", indexed_fill_back> {};
struct indexed_contract_back : dt::contract<indexed_6, indexed_merging> {};
struct indexed_7 : dt::after<"7", indexed_contract_back> {};
static_assert(dt::reversible<indexed_expand_back> && dt::reversible<indexed_fill_back> && dt::reversible<indexed_contract_back>);
static_assert(dt::same<indexed_5, indexed_3> && dt::same<indexed_6, indexed_2> && dt::same<indexed_7, indexed_1>);

// ---- Releases.

struct whole { std::string name; std::optional<std::string> street; std::optional<std::string> city; };
struct bare { std::string name; };
struct found { std::int64_t id; };
struct place { std::int64_t id; std::optional<std::string> street; std::optional<std::string> city; };
struct town { std::int64_t id; std::optional<std::string> city; };
struct old_app : dt::release<"old", dt::reads<"customer", whole>, dt::inserts<"customer", whole>, dt::deletes<"customer", found>> {};
struct new_app : dt::release<"new", dt::reads<"address", place, dt::single<"id">>, dt::inserts<"address", place>,
                             dt::updates<"address", town, dt::key<"id">>, dt::deletes<"address", found>, dt::inserts<"customer", bare>,
                             dt::deletes<"customer", found>> {};
static_assert(dt::compatible<old_app, v1, v2, v3> && dt::compatible<new_app, v2, v3, v4>);
static_assert(dt::safe<dt::rollout<dt::live<v1, old_app>, dt::migrate<expand>, dt::start<new_app>, dt::migrate<fill>, dt::stop<old_app>,
                                   dt::migrate<contract>>>);
struct too_early : dt::rollout<dt::live<v1, old_app>, dt::migrate<expand>, dt::migrate<fill>, dt::migrate<contract>, dt::stop<old_app>> {};
static_assert(test::count(dt::findings<dt::safety<too_early>>, code::RO_STOP_FIRST) == 4);
struct before_it : dt::rollout<dt::live<v1, old_app>, dt::start<new_app>, dt::migrate<expand>> {};
static_assert(test::count(dt::findings<dt::safety<before_it>>, code::RO_MIGRATE_FIRST) == 4);
// A foreign key to the old table that is not the new table's own is news to who deletes.
struct others : dt::migration<v3, dt::step<dt::create_table<dt::table<"note", dt::column<"id", dt::bigint>,
    dt::foreign_key<"of", dt::columns<"id">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>>>>, dt::drop_table<"note">>> {};
struct with_note : dt::after<"note", others> {};
static_assert(test::are(dt::findings<dt::compatibility<new_app, v3, with_note>>, code::WR_CASCADE));

// What the view cannot do and the table can.
template <class... Units>
struct app : dt::release<"8", Units...> {};
template <class V, class... Units>
constexpr dt::array_view<dt::finding> on = dt::findings<dt::compatibility<app<Units...>, V>>;
using upsert = dt::upserts<"address", place, dt::conflict<"id">>;
static_assert(test::are(on<v2, upsert>, code::WR_EXTRACTED));
static_assert(on<v4, upsert>.empty());
struct by_city { std::optional<std::string> city; };
using of_one_city = dt::reads<"address", place, dt::single<"city">>;
static_assert(test::are(on<indexed_3, of_one_city>, code::RD_CARD) && on<indexed_4, of_one_city>.empty());
static_assert(test::are(on<v3, dt::deletes<"address", by_city>>, code::WR_EXTRACTED));
static_assert(on<v4, dt::deletes<"address", by_city>>.empty());
static_assert(test::are(on<v3, dt::updates<"address", town, dt::key<"city">>>, code::WR_EXTRACTED));
static_assert(on<v4, dt::updates<"address", town, dt::key<"city">>>.empty());
static_assert(test::are(on<v2, dt::inserts<"address", by_city>>, code::WR_REQUIRED));
static_assert(test::are(on<v2, dt::deletes<"address_write", found>>, code::WR_TABLE_MISSING));
struct sure { std::int64_t id; std::string city; };
static_assert(test::are(on<v2, dt::reads<"address", sure>>, code::RD_NULL));
// Who writes the one name writes the other, so that no list of writers of the one says what may be stored.
struct sure_insert { std::string name; std::string street; };
struct sure_read { std::string street; };
struct writer : dt::release<"w", dt::inserts<"customer", sure_insert>, dt::inserts<"address", place>> {};
struct reader : dt::release<"r", dt::reads<"customer", sure_read>> {};
static_assert(dt::compatible<reader, dt::closed<v1, dt::release<"w", dt::inserts<"customer", sure_insert>>>>);
static_assert(test::are(dt::findings<dt::compatibility<reader, dt::closed<v2, writer>>>, code::RD_NULL));

// ---- What is in the way is said before the first phase.

template <class Recipe, class From>
struct first_phase : dt::expand<From, Recipe> {};
template <class Recipe, class From>
constexpr dt::array_view<dt::finding> first = dt::reversibility<first_phase<Recipe, From>>::findings;
template <class... Parts>
struct shop : dt::schema<"1", customer<Parts...>> {};
using of_city = dt::gradual_extract_table<"customer", "address", "city">;
static_assert(first<of_city, shop<city>>.empty());
static_assert(test::are(first<of_city, shop<>>, code::MG_TARGET));
static_assert(test::are(first<dt::gradual_extract_table<"custmer", "address", "city">, shop<city>>, code::MG_TARGET));
static_assert(test::are(first<of_city, shop<dt::column<"city", dt::text>>>, code::MG_EXTRACTED));
static_assert(test::are(first<of_city, shop<dt::column<"city", dt::text, dt::null, dt::default_value<"">>>>, code::MG_EXTRACTED));
static_assert(test::are(first<of_city, shop<dt::column<"city", dt::text, dt::null, dt::generated_stored<"upper(name)">>>>, code::MG_EXTRACTED));
static_assert(test::are(first<of_city, shop<dt::column<"city", dt::json, dt::null>>>, code::MG_EXTRACTED));
static_assert(test::are(first<dt::gradual_extract_table<"customer", "address", "id">, shop<city>>, code::MG_EXTRACTED));
struct no_key : dt::schema<"1", dt::table<"customer", name, city>> {};
static_assert(test::are(first<of_city, no_key>, code::MG_EXTRACTED));
static_assert(first<of_city, shop<city, dt::index<"by_city", "id", "city">, dt::unique<"one_city", "city">>>.empty());
static_assert(test::are(first<of_city, shop<city, dt::index<"by_city", "city", "name">>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::unique<"one_city", "name", "city">>>, code::MG_DEPENDENT));
// Rows of NULL, which the new table does not have, count for these; and its trigger looks at one row at a time.
static_assert(test::are(first<of_city, shop<city, dt::unique_on<"one_city", dt::columns<"city">, dt::nulls_not_distinct>>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::unique_index_on<"one_city", dt::element_sql<"coalesce(city, '')">>>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::unique_on<"one_city", dt::columns<"city">, dt::deferrable>>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::check<"both", "city <> name">>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::column<"upper", dt::text, dt::null, dt::generated_stored<"upper(city)">>>>, code::MG_DEPENDENT));
static_assert(test::are(first<of_city, shop<city, dt::trigger<"touch", "BEFORE UPDATE OF city", "FOR EACH ROW EXECUTE FUNCTION touch()">>>,
                        code::MG_DEPENDENT));
struct viewed : dt::schema<"1", customer<city>, dt::view<"cities", dt::query<"SELECT city FROM customer">, dt::column<"city", dt::text, dt::null>>> {};
static_assert(test::are(first<of_city, viewed>, code::MG_DEPENDENT));
struct named : dt::schema<"1", customer<city>, dt::table<"address", dt::column<"id", dt::bigint>>> {};
static_assert(test::are(first<of_city, named>, code::MG_EXISTS));
// A phase before its time.
struct fill_first : dt::fill<v1, extracting> {};
static_assert(!dt::findings<dt::reversibility<fill_first>>.empty());
struct contract_first : dt::contract<v2, extracting> {};
static_assert(test::are(dt::findings<dt::reversibility<contract_first>>, code::MG_TARGET));

// ---- While it is a view nothing refers to it, and the table keeps what it shows.

template <class Change, class Inverse>
struct then : dt::migration<v3, dt::step<Change, Inverse>> {};
template <class Change, class Inverse = dt::drop_column<"customer", "x">>
constexpr dt::array_view<dt::finding> after = dt::reversibility<then<Change, Inverse>>::findings;
static_assert(test::count(after<dt::drop_column<"customer", "city">>, code::MG_DEPENDENT) > 0);
static_assert(test::count(after<dt::rename_column<"customer", "city", "town">>, code::MG_DEPENDENT) > 0);
static_assert(test::count(after<dt::set_type<"customer", "city", dt::text>>, code::MG_DEPENDENT) > 0);
static_assert(test::count(after<dt::rename_table<"customer", "client">>, code::MG_DEPENDENT) > 0);
static_assert(test::count(after<dt::drop_primary_key<"customer">>, code::MG_DEPENDENT) > 0);
using to_address = dt::foreign_key<"of", dt::columns<"id">, dt::references<"address", "id">>;
static_assert(test::are(after<dt::create_table<dt::table<"visit", dt::column<"id", dt::bigint>, to_address>>, dt::drop_table<"visit">>,
                        code::SC_FK_TARGET));

// ---- Servers.

static_assert(!dt::up<dt::postgresql<12>, contract>.empty() && !dt::ddl<dt::postgresql<15>, v3>.empty());
static_assert(test::count(dt::findings<dt::migratability<dt::sqlite<3, 40>, expand>>, code::DL_UNSUPPORTED) > 0);

}  // namespace

namespace {

// ---- The opposite.

using merging = dt::gradual_merge_table<"customer", "address", "street", "city">;
struct expand_back : dt::expand<in_full, merging> {};
struct back_2 : dt::after<"5", expand_back> {};
struct fill_back : dt::fill<back_2, merging> {};
struct back_3 : dt::after<"6", fill_back> {};
struct contract_back : dt::contract<back_3, merging> {};
struct back_4 : dt::after<"7", contract_back> {};
static_assert(dt::reversible<expand_back> && dt::reversible<fill_back> && dt::reversible<contract_back> && dt::lossless<back_4>);
static_assert(dt::same<back_2, v3> && dt::same<back_3, v2> && dt::same<back_4, v1>);
static_assert(dt::safe<dt::rollout<dt::live<in_full, new_app>, dt::migrate<expand_back>, dt::start<old_app>, dt::migrate<fill_back>,
                                   dt::stop<new_app>, dt::migrate<contract_back>>>);
using merging_one = dt::gradual_merge_table<"customer", "nickname", "nickname">;
struct expand_one_back : dt::expand<one_in_full, merging_one> {};
struct one_back_2 : dt::after<"5", expand_one_back> {};
static_assert(dt::reversible<expand_one_back> && dt::same<one_back_2, one_3>);

template <class... Parts>
struct with : dt::schema<"1", customer<>, dt::table<"address", dt::column<"id", dt::bigint>, key, Parts...>> {};
using way = dt::foreign_key<"address_fkey", dt::columns<"id">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>, dt::on_update<dt::cascade>>;
using sure_city = dt::column<"city", dt::text>;
using back = dt::gradual_merge_table<"customer", "address", "city">;
using both = dt::gradual_merge_table<"customer", "address", "street", "city">;
using any = dt::check<"any", "street IS NOT NULL OR city IS NOT NULL">;
static_assert(first<back, with<sure_city, way>>.empty() && first<both, with<street, city, way, any>>.empty());
static_assert(test::are(first<back, with<sure_city>>, code::MG_EXTRACTED));
static_assert(test::are(first<back, with<sure_city, dt::foreign_key<"f", dt::columns<"id">, dt::references<"customer", "id">>>>, code::MG_DEPENDENT,
                        code::MG_EXTRACTED));
static_assert(test::are(first<back, with<city, way>>, code::MG_EXTRACTED));
static_assert(test::are(first<both, with<street, city, way>>, code::MG_EXTRACTED));
static_assert(test::are(first<both, with<street, sure_city, way, any>>, code::MG_EXTRACTED));
static_assert(test::are(first<back, with<sure_city, street, way>>, code::MG_EXTRACTED));
static_assert(test::count(first<both, with<sure_city, way>>, code::MG_TARGET) == 1);
static_assert(first<back, with<sure_city, way, dt::index<"by_city", "city">, dt::unique<"one_city", "city", "id">>>.empty());
static_assert(test::are(first<back, with<sure_city, way, dt::index<"by_id", "id">>>, code::MG_DEPENDENT));
static_assert(test::are(first<back, with<sure_city, way, dt::unique_on<"one_city", dt::columns<"city">, dt::nulls_not_distinct>>>, code::MG_DEPENDENT));
static_assert(test::are(first<back, v1>, code::MG_TARGET));
struct referred : dt::schema<"1", customer<>, dt::table<"address", dt::column<"id", dt::bigint>, key, sure_city, way>,
                             dt::table<"visit", dt::column<"of", dt::bigint>, dt::foreign_key<"f", dt::columns<"of">, dt::references<"address", "id">>>> {};
static_assert(test::are(first<back, referred>, code::MG_DEPENDENT));
struct taken : dt::schema<"1", customer<city>, dt::table<"address", dt::column<"id", dt::bigint>, key, sure_city, way>> {};
static_assert(test::count(first<back, taken>, code::MG_EXISTS) > 0);

}  // namespace
