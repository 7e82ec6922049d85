// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/schema_store.hpp>

#include <string>

#include <dovetail/change/migration.hpp>
#include <support/catch.hpp>

namespace dt = dovetail;
namespace model = dovetail::model;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>,
                            dt::column<"email", dt::varchar<255>, dt::null, dt::default_value<"none">>,
                            dt::column<"status", dt::enumeration<"status", "open", "closed">>, dt::primary_key<"id">,
                            dt::unique<"customer_email_key", "email">, dt::index<"customer_status_idx", "status">> {};
struct purchase : dt::table<"purchase", dt::column<"customer_id", dt::bigint>,
                            dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">,
                                            dt::references<"customer", "id">, dt::on_delete<dt::cascade>>,
                            dt::check<"purchase_check", "\"customer_id\" > 0">> {};
struct v1 : dt::schema<"1", customer, purchase> {};

/// The same as v1, made at run time from texts that are gone afterwards.
const model::schema* made(dt::run::schema_store& store) {
  const auto gone = [](const char* text) { return std::string(text); };
  const std::string value = "none";
  const dt::sql_type status = store.enumeration(gone("status"), {"open", "closed"});
  return store.schema(
      gone("1"),
      {store.table(gone("customer"),
                   {store.column(gone("id"), dt::bigint::type, {false, {}, model::identity_kind::always}),
                    store.column(gone("email"), dt::varchar<255>::type,
                                 {true, {model::default_kind::text, {value.data(), value.size()}}, {}}),
                    store.column(gone("status"), status), store.primary_key({gone("id")}),
                    store.unique(gone("customer_email_key"), {gone("email")}),
                    store.index(gone("customer_status_idx"), {gone("status")})}),
       store.table(gone("purchase"),
                   {store.column(gone("customer_id"), dt::bigint::type),
                    store.foreign_key(gone("purchase_customer_fkey"), {gone("customer_id")}, gone("customer"), {gone("id")},
                                      {dt::cascade, dt::no_action}),
                    store.check(gone("purchase_check"), gone("\"customer_id\" > 0"))})});
}

dt::list<dt::finding> differences(const model::schema& a, const model::schema& b) {
  dt::list<dt::finding> found;
  compare(a, b, dt::finding{}, found);
  return found;
}

}  // namespace

TEST_CASE("a schema made at run time equals the one that types declare") {
  dt::run::schema_store store;
  const model::schema* s = made(store);
  CHECK(s->version == v1::value.version);
  CHECK(differences(v1::value, *s).empty());
  CHECK(differences(*s, v1::value).empty());
  const model::schema* other = store.schema("1", {s->tables[0]});
  CHECK(differences(v1::value, *other).size() == 1);
}

TEST_CASE("a change makes a new version, which shares what it does not touch") {
  dt::run::schema_store store;
  const model::schema* before = made(store);
  dt::list<dt::finding> found;
  const model::schema* after =
      store.apply(*before, dt::add_column<"customer", dt::column<"name", dt::text, dt::null>>::value, found);
  REQUIRE(after != nullptr);
  CHECK(found.empty());
  CHECK(after->version == before->version);
  CHECK(after->tables[0]->find_column("name") != nullptr);
  CHECK(before->tables[0]->find_column("name") == nullptr);
  CHECK(after->tables[1] == before->tables[1]);
  CHECK(after->tables[0]->parts[0] == before->tables[0]->parts[0]);

  const model::schema* fewer = store.apply(*after, dt::drop_table<"purchase">::value, found);
  REQUIRE(fewer != nullptr);
  CHECK(fewer->tables.size() == 1);
  CHECK(fewer->tables[0] == after->tables[0]);
  const model::schema* again = store.apply(*fewer, dt::create_table<purchase>::value, found);
  REQUIRE(again != nullptr);
  CHECK(again->find("purchase") == &purchase::value);
}

TEST_CASE("a change that cannot be done says why") {
  dt::run::schema_store store;
  dt::list<dt::finding> found;
  CHECK(store.apply(*made(store), dt::drop_column<"customer", "email">::value, found) == nullptr);
  REQUIRE(found.size() == 1);
  CHECK(found[0].what == dt::code::MG_DEPENDENT);
  CHECK(found[0].version == dt::text_view("1"));
}

TEST_CASE("sequences and schemas of the server are made at run time as well") {
  dt::run::schema_store store;
  model::sequence numbers{};
  numbers.kind = model::part_kind::sequence;
  numbers.max = 9;
  std::string owner = "customer";
  numbers.owner = dt::identifier(owner.data(), owner.size());
  numbers.owner_column = "id";
  const model::sequence* kept = store.sequence(numbers);
  owner = "xxxxxxxx";
  CHECK(kept->owner == dt::identifier("customer"));
  const model::table* made_here = store.table("numbers", {kept});
  CHECK(made_here->kind == model::source_kind::sequence);
  const model::table* billing = store.named_schema("billing");
  CHECK(billing->name == dt::named_schema<"billing">::value.name);
  CHECK(billing->kind == model::source_kind::name_space);

  const model::schema* without = made(store);
  std::vector<const model::table*> tables(without->tables.begin(), without->tables.end());
  tables.push_back(made_here);
  tables.push_back(billing);
  const model::schema* before = store.schema("1", tables);
  dt::list<dt::finding> found;
  const model::schema* after = store.apply(*before, dt::rename_sequence<"numbers", "n">::value, found);
  REQUIRE(after != nullptr);
  REQUIRE(after->find("n") != nullptr);
  CHECK(after->find("n")->kind == model::source_kind::sequence);
  CHECK(after->find("n")->parts[0] == kept);
  CHECK(store.apply(*before, dt::set_schema<"numbers", "billing">::value, found) == nullptr);  // its owner stays where it is
  REQUIRE(found.size() == 1);
  CHECK(found[0].what == dt::code::SC_SEQUENCE);
}
