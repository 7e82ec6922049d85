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
}  // namespace shop
BOOST_HANA_ADAPT_STRUCT(shop::person, id, name);

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
static_assert(dt::field<&card::full_name, "name">::member == dt::identifier("full_name"));
static_assert(dt::field<&card::full_name, "name">::column == dt::identifier("name"));

// The key of an update, wherever it stands among the options.
template <class Unit>
constexpr bool has_key(dt::text_view a, dt::text_view b = {}) {
  const dt::view<dt::identifier> key = Unit::value.key;
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
