// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/connection.hpp>
#include <dovetail/run/script.hpp>
#include <dovetail/run/units.hpp>

#include "catch.hpp"

/// Units of every kind through a connection, the same for each server.
namespace run_units {

namespace dt = dovetail;

struct customer_table : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"email", dt::text>,
    dt::column<"full_name", dt::text>,
    dt::column<"home_street", dt::text>,
    dt::column<"home_town", dt::text, dt::null>,
    dt::primary_key<"id">,
    dt::unique<"customer_email_key", "email">> {};
struct purchase_table : dt::table<"purchase",
    dt::column<"id", dt::bigint>,
    dt::column<"buyer_id", dt::bigint, dt::null>,
    dt::column<"price", dt::integer>,
    dt::column<"quantity", dt::integer>,
    dt::primary_key<"id">> {};
struct dear_view : dt::view<"dear", dt::query<"SELECT id, price FROM purchase WHERE price >= 100">,
    dt::column<"id", dt::bigint>,
    dt::column<"price", dt::integer>> {};
struct version : dt::schema<"1", customer_table, purchase_table, dear_view> {};

struct address {
  std::string street;
  std::optional<std::string> town;

  friend bool operator==(const address&, const address&) = default;
};
struct person {
  std::int64_t id = 0;
  std::function<void()> observer{};
  std::string email;
  std::string full_name;
  address home;

  friend bool operator==(const person& a, const person& b) {
    return a.id == b.id && a.email == b.email && a.full_name == b.full_name && a.home == b.home;
  }
};
struct purchase {
  std::int64_t id = 0;
  std::optional<std::int64_t> buyer_id;
  std::int32_t price = 0;
  std::int32_t quantity = 0;
};

using unobserved = dt::ignore<&person::observer>;
using put_person = dt::inserts<"customer", person, unobserved>;
using get_people = dt::reads<"customer", person, unobserved>;
using get_person = dt::reads<"customer", person, unobserved, dt::single<"id">>;
using get_by_mail = dt::reads<"customer", person, unobserved, dt::single<"email">>;
using move_person = dt::updates<"customer", person, unobserved, dt::ignore<&person::email>,
                                dt::ignore<&person::full_name>, dt::key<"id">>;
using save_person = dt::upserts<"customer", person, unobserved, dt::conflict<"id">>;
using rename_person = dt::upserts<"customer", person, unobserved, dt::conflict<"email">, dt::set<"full_name">>;

struct number {
  std::int64_t id;
};
using keep_number =
    dt::upserts<"purchase", purchase, dt::ignore<&purchase::buyer_id>, dt::conflict<"id">, dt::set<"price">>;
using put_if_new = dt::upserts<"purchase", purchase, dt::conflict<"id">, dt::set<>>;
using drop_person = dt::deletes<"customer", number>;
struct residents {
  address lives;
};
using drop_residents = dt::deletes<"customer", residents, dt::prefix<&residents::lives, "home_">>;
using put_purchase = dt::inserts<"purchase", purchase>;

// Reads of several sources.
struct order {
  std::int64_t id = 0;
  std::string buyer;
  address home;

  friend bool operator==(const order&, const order&) = default;
};
using with_buyer = dt::reads<"purchase", order, dt::join<"customer", dt::on<"buyer_id", "id">, "c\"c">,
                             dt::field<&order::buyer, "full_name", "c\"c">, dt::prefix<&order::home, "home_", "c\"c">>;
using one_with_buyer = dt::reads<"purchase", order, dt::join<"customer", dt::on<"buyer_id", "id">>,
                                 dt::field<&order::buyer, "full_name", "customer">,
                                 dt::prefix<&order::home, "home_", "customer">, dt::single<"id">>;
struct line {
  std::optional<std::int64_t> id;
  std::optional<std::string> buyer;

  friend bool operator==(const line&, const line&) = default;
};
template <template <dt::fixed_string, class, dt::fixed_string> class Join>
using lines = dt::reads<"purchase", line, Join<"customer", dt::on<"buyer_id", "id">, "buyer">,
                        dt::field<&line::buyer, "full_name", "buyer">>;

struct sum {
  std::int64_t id = 0;
  std::int64_t total = 0;

  friend bool operator==(const sum&, const sum&) = default;
};
using get_sums = dt::reads<"purchase", sum, dt::computed<"total", dt::bigint, dt::expression<"price * quantity">,
                                                         dt::columns<"price", "quantity">>>;
struct dear {
  std::int64_t id = 0;
  std::int32_t price = 0;

  friend bool operator==(const dear&, const dear&) = default;
};
using get_dear = dt::reads<"dear", dear>;

struct app : dt::release<"1", put_person, get_people, get_person, get_by_mail, move_person, save_person, rename_person,
                         keep_number, put_if_new, drop_person, drop_residents, put_purchase, with_buyer, one_with_buyer,
                         lines<dt::left_join>, lines<dt::right_join>, lines<dt::full_join>, get_sums, get_dear> {};
static_assert(dt::compatible<app, version>);

// No key makes the row a single one: not compatible, and this is what happens without the proof.
using get_namesake = dt::reads<"customer", person, unobserved, dt::single<"full_name">>;

/// Precondition: the database is empty. `outer_joins`: the server has right and full joins.
template <class Dialect, dt::run::connection Connection>
void check_units(Connection& db, bool outer_joins) {
  dt::run::run_script(db, dt::ddl<Dialect, version>);
  const person ada{1, {}, "ada@example.org", "Ada", {"Main Street 1", "Ely"}};
  const person bob{2, {}, "bob@example.org", "Bob", {"High Street 2", {}}};

  INFO("structs inside of rows, and members that are ignored");
  db.template insert<put_person>(ada);
  db.template insert<put_person>(bob);
  CHECK(db.template select<get_people, R"( ORDER BY "id")">() == std::vector{ada, bob});
  CHECK(db.query("SELECT home_street, home_town FROM customer WHERE id = 1").at(0).at(1) == "Ely");
  person moved = ada;
  moved.home = {"Low Road 3", {}};
  moved.email = "is not written";
  CHECK(db.template update<move_person>(moved) == 1);
  moved.email = ada.email;
  CHECK(db.template select<get_people, R"( ORDER BY "id")">() == std::vector{moved, bob});
  person bad = ada;
  bad.home.street = std::string("a\0b", 3);
  try {
    db.template update<move_person>(bad);
    FAIL("a NUL was sent");
  } catch (const dt::run::conversion_error& e) {
    CHECK(e.field() == "home.street");
    CHECK(e.column() == "home_street");
  }

  INFO("find");
  CHECK(db.template find<get_person>(std::int64_t{2}) == bob);
  CHECK(db.template find<get_by_mail>(std::string("ada@example.org")) == moved);
  CHECK_FALSE(db.template find<get_person>(std::int64_t{3}).has_value());
  CHECK_FALSE(db.template find<get_by_mail>(std::optional<std::string>()).has_value());
  CHECK(db.template find<get_namesake>(std::string("Ada")) == moved);

  INFO("upsert");
  CHECK(db.template upsert<save_person>(ada) == 1);
  CHECK(db.template find<get_person>(ada.id) == ada);
  const person cid{3, {}, "cid@example.org", "Ada", {"", ""}};
  CHECK(db.template upsert<save_person>(cid) == 1);
  CHECK(db.template find<get_person>(cid.id) == cid);
  person renamed{4, {}, "bob@example.org", "Robert", {"is not written", {}}};
  CHECK(db.template upsert<rename_person>(renamed) == 1);
  CHECK_FALSE(db.template find<get_person>(renamed.id).has_value());
  renamed.id = bob.id;
  renamed.home = bob.home;
  CHECK(db.template find<get_person>(bob.id) == renamed);
  CHECK(db.template select<get_people>().size() == 3);
  CHECK_THROWS_AS(db.template upsert<save_person>({5, {}, "cid@example.org", "", {}}), dt::run::database_error);

  INFO("more rows than one");
  CHECK_THROWS_AS(db.template find<get_namesake>(std::string("Ada")), dt::run::several_rows);
  CHECK(db.template find<get_namesake>(std::string("Robert")) == renamed);

  INFO("joins");
  db.template insert<put_purchase>({10, 1, 100, 2});
  db.template insert<put_purchase>({11, 2, 99, 3});
  db.template insert<put_purchase>({12, {}, 200, 1});
  CHECK(db.template select<with_buyer, R"( ORDER BY "purchase"."id")">() ==
        std::vector<order>{{10, "Ada", ada.home}, {11, "Robert", bob.home}});
  CHECK(db.template find<one_with_buyer>(std::int64_t{11}) == order{11, "Robert", bob.home});
  CHECK_FALSE(db.template find<one_with_buyer>(std::int64_t{12}).has_value());
  const line first{10, "Ada"}, second{11, "Robert"}, nobodys{12, {}}, nothing{{}, "Ada"};
  CHECK(db.template select<lines<dt::left_join>, R"( ORDER BY "purchase"."id")">() ==
        std::vector{first, second, nobodys});
  if (outer_joins) {
    CHECK(db.template select<lines<dt::right_join>, R"( ORDER BY "buyer"."id")">() ==
          std::vector{first, second, nothing});
    CHECK(db.template select<lines<dt::full_join>, R"( ORDER BY coalesce("buyer"."id", 9))">() ==
          std::vector{first, second, nothing, nobodys});
  }

  INFO("expressions and views");
  CHECK(db.template select<get_sums, R"( ORDER BY "id")">() == std::vector<sum>{{10, 200}, {11, 297}, {12, 200}});
  CHECK(db.template select<get_dear, R"( ORDER BY "id")">() == std::vector<dear>{{10, 100}, {12, 200}});

  INFO("an upsert of less than a row");
  CHECK(db.template upsert<keep_number>({10, 99, 7, 99}) == 1);
  CHECK(db.query("SELECT buyer_id, price, quantity FROM purchase WHERE id = 10").at(0) ==
        std::vector<std::optional<std::string>>{"1", "7", "2"});
  CHECK(db.template upsert<put_if_new>({10, {}, 8, 8}) == 0);
  CHECK(db.query("SELECT buyer_id, price, quantity FROM purchase WHERE id = 10").at(0) ==
        std::vector<std::optional<std::string>>{"1", "7", "2"});
  CHECK(db.template upsert<put_if_new>({13, {}, 8, 8}) == 1);

  INFO("erase");
  CHECK(db.template erase<drop_person>({3}) == 1);
  CHECK(db.template erase<drop_person>({3}) == 0);
  CHECK(db.template erase<drop_residents>({{"High Street 2", {}}}) == 0);  // NULL equals nothing
  CHECK(db.template erase<drop_residents>({ada.home}) == 1);
  CHECK(db.template select<get_people>() == std::vector{renamed});
}

}  // namespace run_units
