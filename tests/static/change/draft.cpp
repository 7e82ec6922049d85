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

// A renamed table is found by its new name, and stays the one that it was.
static_assert([] {
  draft d(v1::value, {});
  d.rename("customer", "client");
  const dt::model::table* t = d.find("client");
  if (d.find("customer") != nullptr || t->parts.size() != 2 || t->parts[0] != &id::value) return false;
  d.add("client", &note::value);
  d.rename("client", "account");
  return d.find("account")->parts.size() == 3 && d.find("client") == nullptr && d.edits().size() == 1 &&
         d.edits()[0]->before == &customer::value && names(d).all() == "account product " &&
         customer::value.name == dt::identifier("customer");
}());
// Its old name is free again.
static_assert([] {
  draft d(v1::value, {});
  d.rename("product", "article");
  d.create(dt::table<"product", note>::value);
  return d.find("product")->parts[0] == &note::value && d.find("article")->parts[0] == &id::value &&
         names(d).all() == "customer article product ";
}());
static_assert([] {
  draft d(v1::value, {});
  d.create(invoice::value);
  d.rename("invoice", "bill");
  return d.find("bill")->parts.size() == 2 && d.find("invoice") == nullptr && d.edits()[0]->declared == nullptr &&
         d.edits()[0]->before == nullptr;
}());

// One part in the place of another.
static_assert([] {
  draft d(v1::value, {});
  d.alter("customer", &id::value, &note::value);
  const dt::model::table* t = d.find("customer");
  return t->parts.size() == 2 && t->parts[0] == &note::value && t->parts[1] == &name::value &&
         customer::value.parts[0] == &id::value;
}());
using rule = dt::check_values<"rule", "id", dt::between<1, 2>>;
using key = dt::unique<"key", "id">;
static_assert(
    [] {
      draft d(v1::value, {});
      d.alter("customer", &id::value, &rule::value);
      d.follow("customer", &name::value, &key::value);
      const dt::model::table* t = d.find("customer");
      return t->has_rules && (t->shared_names & dt::model::table::bit_of("key")) != 0 && t->parts[1] == &key::value;
    }(),
    "what tells quickly what a table has, knows of it");

// ---- Parts that are made of others

static_assert([] {
  draft d(v1::value, {});
  if (d.has_derived() || d.derived_from(&id::value) != nullptr) return false;
  draft::derived& made = d.derive(id::value);
  dt::model::part& copy = made.made.get();
  copy.name = "number";
  return d.has_derived() && d.derived_from(&copy) == &made && d.derived_from(&id::value) == nullptr &&
         copy.kind == dt::model::part_kind::column && id::value.name == dt::identifier("id") &&
         static_cast<dt::model::column&>(copy).type == dt::bigint::type;
}());
// They stay where they are while more are made.
static_assert([] {
  draft d(v1::value, {});
  const dt::model::part* first = &d.derive(id::value).made.get();
  for (int i = 0; i != 20; ++i) d.derive(name::value);
  return first->name == dt::identifier("id") && d.derived_from(first) != nullptr;
}());

// The type of a column, where it stays when the draft has gone.
static_assert([] {
  draft d(v1::value, {});
  draft::derived& once = d.derive(id::value);
  auto& first = static_cast<dt::model::column&>(once.made.get());
  once.type = &dt::text::type;
  const auto& second = static_cast<const dt::model::column&>(d.derive(first).made.get());
  const auto& other = static_cast<const dt::model::column&>(d.derive(name::value).made.get());
  return d.lasting(&first.type) == &dt::text::type && d.lasting(&second.type) == &dt::text::type &&
         d.lasting(&other.type) == &name::value.type && d.lasting(&id::value.type) == &id::value.type &&
         d.lasting(nullptr) == nullptr;
}());

// ---- What has been done, for the dialects

using what = dt::model::operation::what;
static_assert(
    [] {
      draft d(v1::value, {});
      d.create(invoice::value);
      d.rename("invoice", "bill");
      d.add("customer", &note::value);
      d.alter("customer", &note::value, &rule::value, "1 + 1");
      d.follow("customer", &name::value, &key::value);
      d.remove("customer", &rule::value);
      d.drop("product");
      const dt::list<dt::model::operation>& all = d.operations();
      const auto is = [&](std::size_t i, what kind, dt::text_view table, const dt::model::part* before,
                          const dt::model::part* after) {
        return all[i].kind == kind && all[i].table == dt::identifier(table) && all[i].before == before &&
               all[i].after == after;
      };
      return all.size() == 6 && is(0, what::create_table, "invoice", nullptr, nullptr) &&
             is(1, what::rename_table, "invoice", nullptr, nullptr) && all[1].renamed == dt::identifier("bill") &&
             is(2, what::add_part, "customer", nullptr, &note::value) &&
             is(3, what::alter_part, "customer", &note::value, &rule::value) && all[3].expression == "1 + 1" &&
             is(4, what::drop_part, "customer", &rule::value, nullptr) &&
             is(5, what::drop_table, "product", nullptr, nullptr);
    }(),
    "what the server does by itself is none");

static_assert(
    [] {
      draft d(v1::value, {});
      constexpr const auto& before = *dt::enumeration<"e", "a">::type.labels;
      constexpr const auto& after = *dt::enumeration<"e", "a", "b">::type.labels;
      d.set_labels(before, after);
      const dt::model::operation& o = d.operations()[0];
      return o.kind == what::set_labels && o.labels_before == &before && o.labels_after == &after && d.edits().empty();
    }(),
    "an enumeration is of no table");

// ---- What it destroys

static_assert(
    [] {
      draft d(v1::value, {});
      if (d.destroys()) return false;
      d.destroy();
      const bool forward = d.destroys();
      d.begin_inverse();
      return forward && !d.destroys();
    }(),
    "of a change and of its inverse, each by itself");

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
