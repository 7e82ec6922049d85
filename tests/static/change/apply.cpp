// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/apply.hpp>

namespace dt = dovetail;
using dt::model::change_kind;

namespace {

// Every kind is the effect of its name.
static_assert(dt::model::name_of(change_kind::add_column) == "add_column");
static_assert(dt::model::name_of(change_kind::drop_column) == "drop_column");
static_assert(dt::model::name_of(change_kind::create_table) == "create_table");
static_assert(dt::model::name_of(change_kind::drop_table) == "drop_table");
static_assert(dt::model::name_of(change_kind::add_index) == "add_index");
static_assert(dt::model::name_of(change_kind::drop_index) == "drop_index");

static_assert(dt::model::destroys(change_kind::drop_column) && dt::model::destroys(change_kind::drop_table));
static_assert(!dt::model::destroys(change_kind::add_column) && !dt::model::destroys(change_kind::create_table));
static_assert(!dt::model::destroys(change_kind::add_index) && !dt::model::destroys(change_kind::drop_index));

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
using note = dt::column<"note", dt::text, dt::null>;

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

static_assert(natural_inverse(dt::add_column<"customer", note>::value, v1::value).kind == change_kind::drop_column);
static_assert(natural_inverse(dt::drop_column<"customer", "id">::value, v1::value).declared ==
              customer::value.parts[0]);
static_assert(natural_inverse(dt::create_table<customer>::value, v1::value).kind == change_kind::drop_table);
static_assert(natural_inverse(dt::drop_table<"customer">::value, v1::value).created == &customer::value);
static_assert(natural_inverse(dt::add_index<"customer", dt::index<"i", "id">>::value, v1::value).kind ==
              change_kind::drop_index);
static_assert(natural_inverse(dt::drop_index<"customer", "i">::value, v1::value).kind == change_kind::add_index);

}  // namespace
