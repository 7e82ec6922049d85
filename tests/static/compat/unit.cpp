// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/unit.hpp>

#include <cstdint>
#include <string>

#include <boost/hana/adapt_struct.hpp>

namespace dt = dovetail;
using dt::model::unit_kind;

struct card {
  std::int64_t id;
  std::string full_name;
  std::string mail;
};
namespace shop {
struct person {
  explicit person(std::int64_t n) : id(n) {}
  std::int64_t id;
  std::string name;
};
struct regular : person {
  using person::person;
  std::string since;
};
}  // namespace shop
BOOST_HANA_ADAPT_STRUCT(shop::person, id, name);
BOOST_HANA_ADAPT_STRUCT(shop::regular, id, since);

namespace {

/// The columns of a unit, each followed by a space.
template <class Unit>
constexpr bool names(dt::text_view wanted) {
  dt::text_buffer out;
  for (const dt::identifier& each : Unit::value.columns) out << each.text() << ' ';
  return out.all() == wanted && Unit::value.columns.size() == Unit::value.fields->fields.size();
}

using read = dt::reads<"customer", card>;
static_assert(read::value.kind == unit_kind::reads && read::value.table == dt::identifier("customer"));
static_assert(!read::value.writes() && read::value.key.empty() && read::value.fields == &dt::detail::row_of<card>);
static_assert(names<read>("id full_name mail "));
static_assert(std::is_same_v<read::row_type, card>);

static_assert(dt::inserts<"customer", card>::value.kind == unit_kind::inserts &&
              dt::inserts<"customer", card>::value.writes());

// A field may be bound to a column of another name; a name is a whole word.
static_assert(names<dt::reads<"customer", card, dt::field<&card::full_name, "name">>>("id name mail "));
static_assert(names<dt::reads<"customer", card, dt::field<&card::mail, "E-Mail">, dt::field<&card::id, "nr">>>(
    "nr full_name E-Mail "));
// Two that change places.
static_assert(
    names<dt::inserts<"customer", card, dt::field<&card::mail, "full_name">, dt::field<&card::full_name, "mail">>>(
        "id mail full_name "));
static_assert(names<dt::reads<"customer", shop::person, dt::field<&shop::person::name, "full_name">>>("id full_name "));
// Members of a base class that Hana has adapted with the others.
static_assert(names<dt::reads<"customer", shop::regular, dt::field<&shop::regular::id, "nr">>>("nr since "));

// A member that stands for no column, whatever its type.
struct session {
  std::int64_t id;
  card* cached;
  std::string token;
};
using started = dt::inserts<"session", session, dt::ignore<&session::cached>>;
static_assert(started::value.columns[1].empty() && names<started>("id  token "));
static_assert(started::value.origins.empty());

// ---- Structs inside of the row

struct place {
  double x, y;
};
struct address {
  std::string street;
  place at;
};
struct contact {
  std::int64_t id;
  address home;
  std::string mail;
};
static_assert(names<dt::reads<"contact", contact>>("id home_street home_at_x home_at_y mail "));
using dt::prefix;
static_assert(names<dt::reads<"contact", contact, prefix<&contact::home, "">>>("id street at_x at_y mail "));
static_assert(
    names<dt::reads<"contact", contact, prefix<&address::at, "gps">>>("id home_street home_gpsx home_gpsy mail "));
static_assert(names<dt::reads<"contact", contact, prefix<&address::at, "">, prefix<&contact::home, "h_">>>(
    "id h_street h_x h_y mail "));
// A member of one is bound by its own struct, to the whole name of a column.
static_assert(names<dt::reads<"contact", contact, dt::field<&address::street, "road">, dt::field<&contact::mail, "e">>>(
    "id road home_at_x home_at_y e "));
static_assert(names<dt::reads<"contact", contact, prefix<&contact::home, "h_">, dt::field<&place::x, "lon">>>(
    "id h_street lon h_at_y mail "));
static_assert(names<dt::reads<"contact", contact, dt::ignore<&address::at>>>("id home_street   mail "));
static_assert(names<dt::reads<"contact", contact, dt::ignore<&contact::home>>>("id    mail "));
static_assert(names<dt::reads<"contact", contact, dt::ignore<&place::y>, prefix<&address::at, "">>>(
    "id home_street home_x  mail "));

// A struct of one field is bound as a whole.
struct order_id {
  std::int64_t number;
};
struct receipt {
  order_id of, parent;
};
static_assert(names<dt::reads<"receipt", receipt>>("of_number parent_number "));
static_assert(names<dt::reads<"receipt", receipt, dt::field<&receipt::of, "order_id">>>("order_id parent_number "));

// Where a struct stands twice, both are ignored and prefixed alike; neither is bound (see below).
struct letter {
  address to, from;
};
static_assert(names<dt::reads<"letter", letter, dt::ignore<&address::at>>>("to_street   from_street   "));
static_assert(names<dt::reads<"letter", letter, prefix<&address::at, "">, prefix<&letter::from, "">>>(
    "to_street to_x to_y street x y "));

// ---- Joins and expressions: where each field comes from

constexpr bool comes_from(const dt::model::unit& u, std::size_t a, std::size_t b, std::size_t c) {
  return u.origins.size() == 3 && u.origins[0].source == a && u.origins[1].source == b && u.origins[2].source == c;
}
using joined = dt::reads<"purchase", card, dt::left_join<"customer", dt::on<"buyer_id", "id">, "buyer">,
                         dt::join<"customer", dt::on<"seller_id", "id">, "seller">,
                         dt::field<&card::mail, "mail", "seller">, dt::field<&card::full_name, "name", "buyer">>;
static_assert(names<joined>("id name mail ") && comes_from(joined::value, 0, 1, 2));
static_assert(joined::value.joins.size() == 2 && joined::value.joins[1]->alias == "seller");
// A whole struct from another source.
struct sale {
  std::int64_t id;
  place shop;
};
using sold = dt::reads<"sale", sale, dt::join<"shop", dt::on<"shop_id", "id">>, prefix<&sale::shop, "", "shop">>;
static_assert(names<sold>("id x y ") && comes_from(sold::value, 0, 1, 1));
using sum = dt::reads<"sale", sale, dt::computed<"shop_x", dt::double_precision, dt::expression<"x + 1">>>;
static_assert(names<sum>("id shop_x shop_y ") && comes_from(sum::value, 0, 0, 0));
static_assert(sum::value.computed_of(0) == nullptr && sum::value.computed_of(1)->expression == "x + 1" &&
              sum::value.computed_of(2) == nullptr);

// ---- Options that speak of what is not there (SC_FIELD)

template <class Row, class... Options>
constexpr dt::text_view missing = dt::detail::unit_columns<Row, Options...>::all.missing;
static_assert(missing<contact, dt::field<&contact::mail, "m">, dt::field<&place::x, "x">, prefix<&contact::home, "">,
                      dt::ignore<&address::at>>.empty());
static_assert(missing<card, dt::field<&contact::mail, "m">> == "mail", "a member of another struct");
static_assert(missing<card, dt::ignore<&contact::id>> == "id");
static_assert(missing<contact, dt::field<&contact::home, "home">> == "home", "it stands for several columns");
static_assert(missing<contact, prefix<&contact::mail, "m_">> == "mail", "it is no struct");
static_assert(missing<contact, prefix<&letter::to, "">> == "to");
static_assert(missing<letter, dt::field<&address::street, "road">> == "street", "which of the two?");
static_assert(missing<card, dt::field<&card::mail, "mail", "customer">> == "customer", "a source that is not joined");
static_assert(missing<sale, prefix<&sale::shop, "", "shop">> == "shop");
static_assert(missing<card, dt::computed<"total", dt::bigint>> == "total");

// The key of an update, wherever it stands among the options.
template <class Unit>
constexpr bool has_key(dt::text_view a, dt::text_view b = {}) {
  const dt::array_view<dt::identifier> key = Unit::value.key;
  return key.size() == (b.empty() ? 1U : 2U) && key[0].text() == a && (b.empty() || key[1].text() == b);
}
using update = dt::updates<"customer", card, dt::key<"id">>;
static_assert(update::value.kind == unit_kind::updates && update::value.writes() && has_key<update>("id"));
static_assert(has_key<dt::updates<"customer", card, dt::key<"id", "mail">>>("id", "mail"));
using renamed_key =
    dt::updates<"customer", card, dt::field<&card::id, "nr">, dt::key<"nr">, dt::field<&card::mail, "m">>;
static_assert(has_key<renamed_key>("nr") && names<renamed_key>("nr full_name m "));
static_assert(dt::updates<"customer", card>::value.key.empty());

// The struct is lowered once, for all its units.
static_assert(read::value.fields == update::value.fields);

struct app_7 : dt::release<"7", read, update> {};
struct idle : dt::release<"8"> {};
static_assert(app_7::value.name == dt::identifier("7") && app_7::value.units.size() == 2);
static_assert(app_7::value.units[0] == &read::value && app_7::value.units[1] == &update::value);
static_assert(idle::value.units.empty());

}  // namespace
