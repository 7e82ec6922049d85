// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/draft.hpp>

#include <dovetail/model/declare.hpp>

namespace dt = dovetail;
using dt::model::draft;

namespace {

using id = dt::column<"id", dt::bigint>;
using name = dt::column<"name", dt::text>;
using note = dt::column<"note", dt::text, dt::null>;
struct customer : dt::table<"customer", id, name> {};
struct product : dt::table<"product", id> {};
struct invoice : dt::table<"invoice", id, note> {};
struct v1 : dt::schema<"1", customer, product> {};

constexpr dt::text_buffer names(const draft& d) {
  dt::text_buffer out;
  d.each_table(0, [&](const dt::model::table& t) { out << t.name.text() << ' '; });
  return out;
}

// Nothing touched: the tables of the version.
static_assert([] {
  draft d(v1::value, {});
  return d.find("customer") == &customer::value && d.find("invoice") == nullptr && d.edits().empty() &&
         names(d).all() == "customer product " && &d.base() == &v1::value;
}());

// A touched table is a copy; the others stay those of the version.
static_assert([] {
  draft d(v1::value, {});
  d.add("customer", &note::value);
  const dt::model::table* t = d.find("customer");
  return t != &customer::value && t->parts.size() == 3 && t->parts[2] == &note::value && t->parts[0] == &id::value &&
         d.find("product") == &product::value && customer::value.parts.size() == 2 && d.edits().size() == 1 &&
         d.edits()[0]->before == &customer::value;
}());
static_assert([] {
  draft d(v1::value, {});
  d.remove("customer", &id::value);
  d.add("customer", &note::value);
  d.remove("customer", &note::value);
  const dt::model::table* t = d.find("customer");
  return t->parts.size() == 1 && t->parts[0] == &name::value && d.edits().size() == 1;
}());
// To the last part, and from none.
static_assert([] {
  draft d(v1::value, {});
  d.remove("product", &id::value);
  if (!d.find("product")->parts.empty()) return false;
  d.add("product", &note::value);
  return d.find("product")->parts.size() == 1 && d.find("product")->parts[0] == &note::value;
}());

static_assert([] {
  draft d(v1::value, {});
  d.drop("customer");
  return d.find("customer") == nullptr && names(d).all() == "product " && d.edits()[0]->before == &customer::value;
}());
static_assert([] {
  draft d(v1::value, {});
  d.create(invoice::value);
  return d.find("invoice")->parts.size() == 2 && names(d).all() == "customer product invoice " &&
         d.edits()[0]->declared == &invoice::value && d.edits()[0]->before == nullptr;
}());
static_assert([] {
  draft d(v1::value, {});
  d.create(invoice::value);
  d.drop("invoice");
  return d.find("invoice") == nullptr && names(d).all() == "customer product ";
}());
// A created table that is changed is no longer as it was declared.
static_assert([] {
  draft d(v1::value, {});
  d.create(invoice::value);
  d.remove("invoice", &note::value);
  return d.find("invoice")->parts.size() == 1 && d.edits()[0]->declared == nullptr && invoice::value.parts.size() == 2;
}());
// Changed, dropped and created again, a table is as it was declared: no part of its former self comes back.
static_assert([] {
  draft d(v1::value, {});
  d.add("customer", &note::value);
  d.drop("customer");
  d.create(customer::value);
  if (d.find("customer")->parts.size() != 2) return false;
  d.remove("customer", &name::value);
  const dt::model::table* t = d.find("customer");
  return t->parts.size() == 1 && t->parts[0] == &id::value && d.edits().size() == 1;
}());

// Findings get the facts that all findings of the step have.
static_assert([] {
  dt::finding proto;
  proto.migration = "add_note";
  proto.version = "1";
  proto.step = 3;
  draft d(v1::value, proto);
  d.report(dt::code::MG_TARGET, "customer", "nr", "column", "so");
  d.begin_inverse();
  d.report(dt::code::MG_EXISTS, "product").object = "more";
  const dt::finding& a = d.findings[0];
  const dt::finding& b = d.findings[1];
  return d.findings.size() == 2 && a.what == dt::code::MG_TARGET && a.table == "customer" && a.object == "nr" &&
         a.other == "column" && a.detail == "so" && a.migration == "add_note" && a.version == "1" && a.step == 3 &&
         !a.inverse && b.inverse && b.object == "more" && b.step == 3;
}());

}  // namespace
