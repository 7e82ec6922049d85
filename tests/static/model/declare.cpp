// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/declare.hpp>

namespace dt = dovetail;
using dt::model::default_kind;
using dt::model::identity_kind;
using dt::model::part_kind;

namespace {

// ---- Columns

constexpr const dt::model::column& id = dt::column<"id", dt::bigint, dt::identity>::value;
static_assert(id.kind == part_kind::column && id.name == dt::identifier("id") && id.type == dt::bigint::type);
static_assert(id.identity == identity_kind::always && !id.nullable && id.value.kind == default_kind::none);
static_assert(dt::column<"id", dt::bigint, dt::identity_by_default>::value.identity == identity_kind::by_default);

constexpr const dt::model::column& note = dt::column<"note", dt::text, dt::null, dt::default_value<"it's">>::value;
static_assert(note.nullable && note.value.kind == default_kind::text && note.value.text == "it's");
static_assert(dt::column<"note", dt::text>::value.value.kind == default_kind::none);

template <dt::detail::literal Value>
constexpr dt::model::default_value given = dt::column<"c", dt::text, dt::default_value<Value>>::value.value;
static_assert(given<0>.kind == default_kind::number && given<0>.text == "0");
static_assert(given<-1>.text == "-1" && given<10>.text == "10" && given<42u>.text == "42" && given<9>.text == "9");
static_assert(given<INT64_MAX>.text == "9223372036854775807" && given<INT64_MIN>.text == "-9223372036854775808");
static_assert(given<UINT64_MAX>.text == "18446744073709551615" && given<UINT64_MAX>.kind == default_kind::number);
static_assert(given<true>.kind == default_kind::boolean && given<true>.text == "true" && given<false>.text == "false");
static_assert(given<"">.kind == default_kind::text && given<"">.text.empty());
static_assert(given<"a\0b">.text.size() == 3, "for validation to see");
static_assert(dt::column<"c", dt::text, dt::default_sql<"now()">>::value.value.kind == default_kind::expression);
static_assert(dt::column<"c", dt::text, dt::default_sql<"now()">>::value.value.text == "now()");

// ---- Constraints and indexes

static_assert(dt::primary_key<"a", "b">::value.kind == part_kind::primary_key);
static_assert(dt::primary_key<"a", "b">::value.name.empty() && dt::primary_key<"a", "b">::value.columns.size() == 2);
static_assert(dt::unique<"u", "a">::value.kind == part_kind::unique);
static_assert(dt::unique<"u", "a">::value.name == dt::identifier("u"));

using linked = dt::foreign_key<"f", dt::columns<"a", "b">, dt::references<"t", "x", "y">, dt::on_delete<dt::cascade>,
                               dt::on_update<dt::set_null>>;
constexpr const dt::model::foreign_key& f = linked::value;
static_assert(f.kind == part_kind::foreign_key && f.name == dt::identifier("f") && f.target == dt::identifier("t"));
static_assert(f.columns[1] == dt::identifier("b") && f.target_columns[1] == dt::identifier("y"));
static_assert(f.on_delete == dt::referential_action::cascade && f.on_update == dt::referential_action::set_null);
// The actions of the language of SQL, in either order, or none. `restrict` alone is a keyword of C's, not of C++'s.
constexpr const dt::model::foreign_key& g =
    dt::foreign_key<"g", dt::columns<"a">, dt::references<"t", "x">, dt::on_update<dt::referential_action::restrict>,
                    dt::on_delete<dt::set_default>>::value;
static_assert(g.on_update == dt::referential_action::restrict && g.on_delete == dt::referential_action::set_default);
constexpr const dt::model::foreign_key& h = dt::foreign_key<"h", dt::columns<"a">, dt::references<"t", "x">>::value;
static_assert(h.on_update == dt::referential_action::no_action && h.on_delete == dt::referential_action::no_action);

static_assert(dt::check<"c", "a > 0">::value.kind == part_kind::check);
static_assert(dt::check<"c", "a > 0">::value.expression == "a > 0");
static_assert(dt::index<"i", "a">::value.kind == part_kind::index && !dt::index<"i", "a">::value.unique);
static_assert(dt::unique_index<"i", "a">::value.kind == part_kind::index && dt::unique_index<"i", "a">::value.unique);

// ---- Tables and versions

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
struct shop : dt::schema<"1", customer, product> {};
struct nothing : dt::schema<"0"> {};

static_assert(customer::value.name == dt::identifier("customer") && customer::value.parts.size() == 2);
static_assert(customer::value.parts[0] == &dt::column<"id", dt::bigint>::value, "in the order of the declaration");
static_assert(customer::value.parts[0] == product::value.parts[0], "the same declaration is the same value");
static_assert(shop::value.version == dt::identifier("1") && shop::value.tables.size() == 2);
static_assert(shop::value.tables[1] == &product::value);
static_assert(nothing::value.tables.empty());

}  // namespace
