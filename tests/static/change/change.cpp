// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/change.hpp>

#include <dovetail/change/columns.hpp>
#include <dovetail/model/declare.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

struct status : dt::enumeration<"status", "open", "paid"> {};
struct status_again : dt::enumeration<"status", "open", "paid"> {};
struct status_otherwise : dt::enumeration<"status", "open"> {};

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::unique<"customer_key", "id">,
                            dt::check<"customer_check", "id > 0">> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"status", status>,
                            dt::index<"purchase_idx", "id">, dt::check<"positive", "id > 0">> {};
struct v1 : dt::schema<"1", customer, purchase> {};

/// What is said of a new part of customer, and whether it may be added.
template <class Part, class... Codes>
constexpr bool raises(Codes... codes) {
  dt::model::draft d(v1::value, {});
  const bool free = check_shared_names(d, "customer", Part::value);
  return test::are(d.findings.all(), codes...) && free == (sizeof...(codes) == 0);
}
template <class Part>
constexpr dt::finding first() {
  dt::model::draft d(v1::value, {});
  check_shared_names(d, "customer", Part::value);
  return d.findings[0];
}

static_assert(raises<dt::column<"status", dt::text>>());
static_assert(raises<dt::index<"customer_idx", "id">>());
static_assert(raises<dt::check<"positive", "id > 0">>(), "a check of another table");
static_assert(raises<dt::index<"positive", "id">>(), "an index of the name of another table's check");
static_assert(raises<dt::index<"customer_check", "id">>(code::MG_EXISTS), "of this table's");
static_assert(raises<dt::column<"purchase_idx", dt::text>>(), "a column of an index's name");

static_assert(raises<dt::index<"purchase_idx", "id">>(code::MG_EXISTS), "an index of another table");
static_assert(raises<dt::unique<"purchase_idx", "id">>(code::MG_EXISTS));
static_assert(raises<dt::index<"customer_key", "id">>(code::MG_EXISTS), "a constraint that is an index");
static_assert(first<dt::index<"purchase_idx", "id">>().table == "customer" &&
              first<dt::index<"purchase_idx", "id">>().object == "purchase_idx" &&
              first<dt::index<"purchase_idx", "id">>().other == "purchase" &&
              first<dt::index<"purchase_idx", "id">>().detail == "index");
// Tables and indexes are of one space of names.
static_assert(raises<dt::index<"purchase", "id">>(code::MG_EXISTS) &&
              raises<dt::unique<"customer", "id">>(code::MG_EXISTS));
static_assert(first<dt::index<"purchase", "id">>().other == "purchase" &&
              first<dt::index<"purchase", "id">>().detail == "table");

static_assert(raises<dt::column<"s", status>>() && raises<dt::column<"s", status_again>>());
static_assert(raises<dt::column<"s", status_otherwise>>(code::SC_TYPE));
static_assert(first<dt::column<"s", status_otherwise>>().table == "customer" &&
              first<dt::column<"s", status_otherwise>>().object == "s" &&
              first<dt::column<"s", status_otherwise>>().other == "status");

// Names come and go with what the step before has done.
using late = dt::index<"late", "id">;
struct invoice : dt::table<"invoice", dt::column<"id", dt::bigint>, late> {};
static_assert([] {
  dt::model::draft d(v1::value, {});
  if (!check_shared_names(d, "purchase", late::value)) return false;
  d.add("customer", &late::value);
  if (check_shared_names(d, "purchase", late::value)) return false;
  d.remove("customer", &late::value);
  if (!check_shared_names(d, "purchase", late::value)) return false;
  d.create(invoice::value);
  if (check_shared_names(d, "purchase", late::value)) return false;
  d.drop("invoice");
  return check_shared_names(d, "purchase", late::value) && d.findings.size() == 2;
}());

// ---- What a change is about

struct ids : dt::view<"ids", dt::query<"SELECT Status FROM Purchase">, dt::column<"id", dt::bigint>> {};
struct v2 : dt::schema<"2", customer, purchase, ids> {};
constexpr dt::model::change about(dt::identifier table, dt::identifier column) {
  return {&dt::model::kind_of<dt::model::changes::drop_column>, table, column};
}
static_assert(about("a", "b").kind->name == "drop_column" && about("a", "b").declared == nullptr &&
              about("a", "b").created == nullptr && about("a", "b").renamed.empty() &&
              about("a", "b").expression.empty());
// One value for each kind, in the whole program.
static_assert(dt::drop_column<"t", "c">::value.kind == dt::drop_column<"u", "d">::value.kind);

static_assert([] {
  dt::model::draft d(v2::value, {});
  const bool found = target_table(d, about("customer", "id")) == &customer::value &&
                     target_column(d, about("purchase", "status")) == purchase::value.find_column("status");
  const bool none = target_table(d, about("client", "")) == nullptr && target_table(d, about("ids", "id")) == nullptr &&
                    target_column(d, about("client", "id")) == nullptr &&
                    target_column(d, about("customer", "nr")) == nullptr;
  return found && none &&
         test::are(d.findings.all(), code::MG_TARGET, code::MG_TARGET, code::MG_TARGET, code::MG_TARGET) &&
         d.findings[0].table == "client" && d.findings[0].other == "table" && d.findings[0].object.empty() &&
         d.findings[1].other == dt::model::draft::no_table && d.findings[2].other == "table" &&
         d.findings[2].object == "id" && d.findings[3].other == "column" && d.findings[3].object == "nr";
}());

// Views need what they mention: the table, and the column if one is asked for.
static_assert([] {
  dt::model::draft d(v2::value, {});
  if (views_need(d, "customer", {}) || views_need(d, "purchase", "id") || views_need(d, "customer", "status"))
    return false;
  if (!views_need(d, "purchase", {}) || !views_need(d, "purchase", "status")) return false;
  return test::are(d.findings.all(), code::MG_DEPENDENT, code::MG_DEPENDENT) && d.findings[0].other == "ids" &&
         d.findings[0].detail == "view" && d.findings[0].object.empty() && d.findings[1].object == "status";
}());

// A part is checked in its table as the draft has it.
static_assert([] {
  dt::model::draft d(v1::value, {});
  validate_in(d, "customer", late::value);
  const bool sound = d.findings.empty();
  validate_in(d, "customer", dt::index<"i", "status">::value);
  validate_in(d, "purchase", dt::index<"i", "status">::value);
  return sound && test::are(d.findings.all(), code::SC_NO_COLUMN) && d.findings[0].table == "customer";
}());

}  // namespace
