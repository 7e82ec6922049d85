// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/inverse.hpp>

namespace dt = dovetail;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
using note = dt::column<"note", dt::text, dt::null>;
using positive = dt::check<"positive", "id > 0">;

// Every kind has the name that users write; those that differ in what they are given are one.
template <class Change>
constexpr dt::text_view name = Change::value.kind->name;
static_assert(name<dt::create_table<customer>> == "create_table" && name<dt::drop_table<"t">> == "drop_table" &&
              name<dt::rename_table<"t", "u">> == "rename_table");
static_assert(name<dt::add_column<"t", note>> == "add_column" && name<dt::drop_column<"t", "c">> == "drop_column" &&
              name<dt::rename_column<"t", "c", "d">> == "rename_column");
static_assert(name<dt::set_column_default<"t", "c", dt::default_value<0>>> == "set_column_default" &&
              name<dt::set_not_null<"t", "c">> == "set_not_null" &&
              name<dt::drop_not_null<"t", "c">> == "drop_not_null");
static_assert(name<dt::set_identity<"t", "c", dt::identity>> == "set_identity" &&
              name<dt::set_type<"t", "c", dt::text>> == "set_type");
static_assert(name<dt::add_constraint<"t", positive>> == "add_constraint" &&
              name<dt::drop_constraint<"t", "c">> == "drop_constraint" &&
              name<dt::rename_constraint<"t", "c", "d">> == "rename_constraint");
static_assert(name<dt::add_index<"t", dt::index<"i", "c">>> == "add_index" &&
              name<dt::drop_index<"t", "i">> == "drop_index" &&
              name<dt::rename_index<"t", "i", "j">> == "rename_index");
static_assert(name<dt::create_view<customer>> == "create_view" && name<dt::drop_view<"v">> == "drop_view");
static_assert(name<dt::create_sequence<customer>> == "create_sequence" && name<dt::drop_sequence<"s">> == "drop_sequence" &&
              name<dt::rename_sequence<"s", "t">> == "rename_sequence" && name<dt::alter_sequence<customer>> == "alter_sequence");
using unit = dt::enumeration<"unit", "m">;
static_assert(name<dt::add_label<unit, "a">> == "add_label" && name<dt::drop_label<unit, "a">> == "drop_label" &&
              name<dt::rename_label<unit, "a", "b">> == "rename_label");

// Changes build on each other within one draft.
static_assert([] {
  dt::model::draft d(v1::value, {});
  apply(d, dt::add_column<"customer", note>::value);
  apply(d, dt::add_index<"customer", dt::index<"i", "note">>::value);
  apply(d, dt::drop_column<"customer", "note">::value);  // the index needs it
  const bool held =
      d.findings.size() == 1 && d.findings[0].what == dt::code::MG_DEPENDENT && d.findings[0].other == "i";
  apply(d, dt::drop_index<"customer", "i">::value);
  apply(d, dt::drop_column<"customer", "note">::value);
  apply(d, dt::drop_table<"customer">::value);
  apply(d, dt::create_table<customer>::value);
  apply(d, dt::add_column<"customer", note>::value);
  return held && d.findings.size() == 1 && d.find("customer")->parts.size() == 2;
}());
static_assert([] {
  dt::model::draft d(v1::value, {});
  apply(d, dt::add_column<"customer", note>::value);
  apply(d, dt::add_constraint<"customer", dt::check<"c", "note <> ''">>::value);
  apply(d, dt::rename_table<"customer", "client">::value);
  apply(d, dt::rename_column<"client", "note", "remark">::value);
  apply(d, dt::set_type<"client", "remark", dt::varchar<9>>::value);
  apply(d, dt::rename_column<"client", "remark", "word">::value);
  apply(d, dt::rename_constraint<"client", "c", "word_check">::value);
  const dt::model::table& t = *d.find("client");
  const auto* check = dt::model::as_check(t.find(dt::model::part_kind::check, "word_check"));
  return d.findings.empty() && t.parts.size() == 3 && t.find_column("word")->type.length == 9 &&
         t.find_column("word")->nullable && check->expression == "\"word\" <> ''" && d.find("customer") == nullptr;
}());

// A natural inverse knows what stood there.
static_assert(natural_inverse(dt::add_column<"customer", note>::value, v1::value).kind ==
              &kind_of<changes::drop_column>);
static_assert(natural_inverse(dt::drop_column<"customer", "id">::value, v1::value).declared ==
              customer::value.parts[0]);
static_assert(natural_inverse(dt::create_table<customer>::value, v1::value).kind == &kind_of<changes::drop_table>);
static_assert(natural_inverse(dt::drop_table<"customer">::value, v1::value).created == &customer::value);
static_assert(natural_inverse(dt::add_index<"customer", dt::index<"i", "id">>::value, v1::value).kind ==
              &kind_of<changes::drop_index>);
static_assert(natural_inverse(dt::drop_index<"customer", "i">::value, v1::value).kind == &kind_of<changes::add_index>);
static_assert(natural_inverse(dt::add_constraint<"customer", positive>::value, v1::value).object ==
              dt::identifier("positive"));
static_assert(natural_inverse(dt::set_type<"customer", "id", dt::integer>::value, v1::value).declared ==
              customer::value.parts[0]);
static_assert(natural_inverse(dt::rename_table<"customer", "client">::value, v1::value).table ==
              dt::identifier("client"));

// Of a change that cannot be done, any inverse is right, and none is looked for beyond the tables.
static_assert(natural_inverse(dt::drop_constraint<"client", "c">::value, v1::value).declared == nullptr &&
              natural_inverse(dt::set_column_default<"client", "c", dt::default_value<0>>::value, v1::value).declared ==
                  nullptr &&
              natural_inverse(dt::set_identity<"customer", "nr", dt::identity>::value, v1::value).declared == nullptr);

}  // namespace
