// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/schema.hpp>

#include <dovetail/model/declare.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::part_kind;

namespace {

using id = dt::column<"id", dt::bigint>;
using name = dt::column<"name", dt::text>;

struct customer : dt::table<"customer", id, name, dt::primary_key<"id">, dt::index<"name", "name">> {};
struct turned : dt::table<"customer", dt::index<"name", "name">, dt::primary_key<"id">, name, id> {};
struct changed : dt::table<"customer", id, dt::column<"name", dt::text, dt::null>, dt::primary_key<"name">,
                           dt::check<"c", "id > 0">> {};
struct product : dt::table<"product", id> {};

// ---- Finding

static_assert(customer::value.find_column("name") == &name::value);
static_assert(customer::value.find_column("Name") == nullptr && customer::value.find_column("") == nullptr);
static_assert(customer::value.find(part_kind::index, "name") == customer::value.parts[3], "of one name with a column");
static_assert(customer::value.find(part_kind::unique, "name") == nullptr);
static_assert(customer::value.primary_key() == &dt::primary_key<"id">::value);
static_assert(product::value.primary_key() == nullptr);

struct shop : dt::schema<"1", customer, product> {};
static_assert(shop::value.find("product") == &product::value && shop::value.find("Product") == nullptr);

// ---- Comparing tables

struct difference {
  dt::text_view name;
  dt::text_view how;
};
constexpr dt::list<difference> differences(const dt::model::table& a, const dt::model::table& b) {
  dt::list<difference> all;
  compare(a, b, [&](const dt::model::part& p, dt::text_view how) { all.push_back({p.name, how}); });
  return all;
}
static_assert(differences(customer::value, customer::value).empty());
static_assert(differences(customer::value, turned::value).empty(), "the order of parts does not count");
static_assert(differences(turned::value, customer::value).empty());
static_assert([] {
  const dt::list<difference> all = differences(customer::value, changed::value);
  return all.size() == 4 && all[0].name == "name" && all[0].how == "null or not null" && all[1].name == "" &&
         all[1].how == "columns" && all[2].name == "name" && all[2].how == "missing" && all[3].name == "c" &&
         all[3].how == "extra";
}());
static_assert([] {
  const dt::list<difference> all = differences(product::value, customer::value);
  return all.size() == 3 && all[0].how == "extra" && all[1].how == "extra" && all[2].how == "extra";
}());
static_assert([] {
  const dt::list<difference> all = differences(customer::value, product::value);
  return all.size() == 3 && all[0].how == "missing" && all[2].how == "missing";
}());
// Parts that changed places, with one that is new before them.
struct shifted
    : dt::table<"customer", dt::column<"new", dt::text>, id, name, dt::primary_key<"id">, dt::index<"name", "name">> {};
static_assert([] {
  const dt::list<difference> all = differences(customer::value, shifted::value);
  return all.size() == 1 && all[0].name == "new" && all[0].how == "extra";
}());
static_assert([] {
  const dt::list<difference> all = differences(shifted::value, customer::value);
  return all.size() == 1 && all[0].name == "new" && all[0].how == "missing";
}());

// ---- Comparing versions

template <class A, class B>
struct compared {
  static constexpr void into(dt::list<dt::finding>& out) {
    dt::finding proto;
    proto.what = code::SC_DIFFERS;
    proto.version = B::value.version;
    compare(A::value, B::value, proto, out);
  }
  static constexpr dt::array_view<dt::finding> findings = dt::detail::static_findings<compared>::value;
};
struct shop_turned : dt::schema<"shop", product, turned> {};
struct shop_changed : dt::schema<"2", changed, dt::table<"invoice", id>> {};
static_assert(compared<shop, shop>::findings.empty() && compared<shop, shop_turned>::findings.empty());

constexpr dt::array_view<dt::finding> found = compared<shop, shop_changed>::findings;
static_assert(found.size() == 6 && test::count(found, code::SC_DIFFERS) == 6);
static_assert(found[0].table == "customer" && found[0].object == "name" && found[0].other == "column");
static_assert(found[0].detail == "null or not null" && found[0].version == "2");
static_assert(found[1].object == "primary key" && found[1].other == "primary key" && found[1].detail == "columns");
static_assert(found[2].object == "name" && found[2].other == "index" && found[2].detail == "missing");
static_assert(found[3].object == "c" && found[3].other == "check constraint" && found[3].detail == "extra");
static_assert(found[4].table == "product" && found[4].other == "table" && found[4].detail == "missing");
static_assert(found[5].table == "invoice" && found[5].other == "table" && found[5].detail == "extra");

// A view is no table, and is what its query says.
template <dt::fixed_string Query, class... Columns>
struct with_view : dt::schema<"3", dt::view<"names", dt::query<Query>, Columns...>> {};
using of_names = with_view<"SELECT name FROM customer", name>;
using of_others = with_view<"SELECT name FROM product", name>;
using of_shorter = with_view<"SELECT name FROM customer", dt::column<"name", dt::varchar<9>>>;
struct names_table : dt::table<"names", name> {};
struct with_table : dt::schema<"3", names_table> {};
struct with_function : dt::schema<"3", dt::function<"names", dt::query<"SELECT name FROM customer">, name>> {};
constexpr bool differ(dt::array_view<dt::finding> found, dt::text_view other, dt::text_view detail) {
  return found.size() == 1 && found[0].table == "names" && found[0].other == other && found[0].detail == detail;
}
static_assert(compared<of_names, of_names>::findings.empty());
static_assert(differ(compared<of_names, of_others>::findings, "view", "query"));
static_assert(differ(compared<of_names, with_table>::findings, "view", "table, view, function, routine or sequence"));
static_assert(differ(compared<with_function, of_names>::findings, "function", "table, view, function, routine or sequence"));
static_assert(differ(compared<of_names, of_shorter>::findings, "column", "type"));

// ---- What a column stores

struct ruled
    : dt::table<"ruled", dt::column<"n", dt::integer>, dt::column<"text", dt::text, dt::null>,
                dt::check_values<"c1", "n", dt::between<-5, 1000>>, dt::check_values<"c2", "n", dt::between<1, 2000>>,
                dt::check_values<"c3", "text", dt::one_of<"a", "b">>, dt::check<"c4", "n > 500">> {};
constexpr dt::domain n = ruled::value.domain_of(*ruled::value.find_column("n"));
static_assert(!n.null && n.low.magnitude == 1 && !n.low.negative && n.high.magnitude == 1000, "what all rules leave");
constexpr dt::domain text = ruled::value.domain_of(*ruled::value.find_column("text"));
static_assert(text.null && text.closed && text.labels.size() == 2);
constexpr dt::domain plain = customer::value.domain_of(name::value);
static_assert(!plain.null && !plain.closed && plain.length == dt::domain::unlimited);

// ---- What it shares with other tables

struct status : dt::enumeration<"status", "open"> {};
struct labelled : dt::table<"labelled", dt::column<"states", dt::array<status>>> {};
constexpr bool may_share(const dt::model::table& t, dt::identifier shared) {
  return (t.shared_names & dt::model::table::bit_of(shared)) != 0;
}
static_assert(may_share(customer::value, "name") && product::value.shared_names == 0, "an index, and nothing");
static_assert(may_share(labelled::value, "status"), "the enumeration of an array");
static_assert(may_share(*of_names::value.tables[0], "customer") && may_share(*of_names::value.tables[0], "whatever"));

}  // namespace
