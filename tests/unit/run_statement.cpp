// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/statement.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <support/catch.hpp>

namespace dt = dovetail;
using dt::run::statement_of;

namespace {

struct card {
  std::int64_t id;
  std::string full_name;
};
struct line {
  std::int64_t purchase_id;
  std::int64_t product_id;
  std::int32_t quantity;
  std::int32_t price;
};
struct nothing {};
struct address {
  std::string street;
  std::string town;
};
struct contact {
  std::int64_t id;
  void* cached;
  address home;
  std::string mail;
};
struct overview {
  std::int64_t id;
  std::string buyer;
  std::string seller;
  std::int64_t total;
};
struct hostile {
  std::int64_t x;
};

using read_card = dt::reads<"customer", card, dt::field<&card::full_name, "name">>;
using write_card = dt::inserts<"customer", card>;
using hostile_unit = dt::reads<"a\"b", hostile, dt::field<&hostile::x, "c\"; DROP TABLE d;--">>;

static_assert(statement_of<read_card> == R"(SELECT "id", "name" FROM "customer")");
static_assert(statement_of<write_card> == R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2))");
static_assert(statement_of<dt::inserts<"customer", nothing>> == R"(INSERT INTO "customer" DEFAULT VALUES)");
static_assert(statement_of<dt::updates<"customer", card, dt::key<"id">>> ==
              R"(UPDATE "customer" SET "full_name" = $2 WHERE "id" = $1)");
static_assert(statement_of<dt::updates<"order_line", line, dt::key<"product_id", "purchase_id">>> ==
              R"(UPDATE "order_line" SET "quantity" = $3, "price" = $4 WHERE "purchase_id" = $1 AND "product_id" = $2)");
static_assert(statement_of<hostile_unit> == R"(SELECT "c""; DROP TABLE d;--" FROM "a""b")");
// In a schema of the server's.
constexpr auto client = dt::in_schema<"odd.", "client">;
static_assert(statement_of<dt::reads<client, card>> == R"(SELECT "id", "full_name" FROM "odd."."client")");
static_assert(statement_of<dt::updates<client, card, dt::key<"id">>> ==
              R"(UPDATE "odd."."client" SET "full_name" = $2 WHERE "id" = $1)");
static_assert(dt::run::select_of<read_card, R"( WHERE "id" = $1)"> ==
              R"(SELECT "id", "name" FROM "customer" WHERE "id" = $1)");
static_assert(dt::run::insert_returning_of<write_card, read_card> ==
              R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2) RETURNING "id", "name")");

// Ignored members have no column and no parameter; those of structs inside have one each.
using no_cache = dt::ignore<&contact::cached>;
static_assert(statement_of<dt::reads<"contact", contact, no_cache>> ==
              R"(SELECT "id", "home_street", "home_town", "mail" FROM "contact")");
static_assert(statement_of<dt::inserts<"contact", contact, no_cache, dt::prefix<&contact::home, "">>> ==
              R"(INSERT INTO "contact" ("id", "street", "town", "mail") VALUES ($1, $2, $3, $4))");
static_assert(statement_of<dt::inserts<"contact", contact, no_cache, dt::ignore<&contact::id>,
                                       dt::ignore<&contact::home>, dt::ignore<&contact::mail>>> ==
              R"(INSERT INTO "contact" DEFAULT VALUES)");
static_assert(statement_of<dt::updates<"contact", contact, no_cache, dt::key<"mail">>> ==
              R"(UPDATE "contact" SET "id" = $1, "home_street" = $2, "home_town" = $3 WHERE "mail" = $4)");

// Upserts: what is set where the row is there.
template <class Row, class... Options>
constexpr dt::text_view upsert = statement_of<dt::upserts<"customer", Row, Options...>>;
static_assert(upsert<card, dt::conflict<"id">> ==
              R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2) )"
              R"(ON CONFLICT ("id") DO UPDATE SET "full_name" = excluded."full_name")");
static_assert(upsert<card, dt::conflict<"full_name", "id">> ==
              R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2) )"
              R"(ON CONFLICT ("full_name", "id") DO NOTHING)");
static_assert(upsert<line, dt::conflict<"purchase_id", "product_id">, dt::set<"price">> ==
              R"(INSERT INTO "customer" ("purchase_id", "product_id", "quantity", "price") VALUES ($1, $2, $3, $4) )"
              R"(ON CONFLICT ("purchase_id", "product_id") DO UPDATE SET "price" = excluded."price")");
static_assert(upsert<card, dt::conflict<"id">, dt::set<>> ==
              R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2) ON CONFLICT ("id") DO NOTHING)");
static_assert(upsert<contact, no_cache, dt::ignore<&contact::home>, dt::conflict<"id">> ==
              R"(INSERT INTO "customer" ("id", "mail") VALUES ($1, $2) )"
              R"(ON CONFLICT ("id") DO UPDATE SET "mail" = excluded."mail")");

// Deletes: every field says which rows.
static_assert(statement_of<dt::deletes<"customer", hostile>> == R"(DELETE FROM "customer" WHERE "x" = $1)");
static_assert(statement_of<dt::deletes<"contact", contact, no_cache>> ==
              R"(DELETE FROM "contact" WHERE "id" = $1 AND "home_street" = $2 AND "home_town" = $3 AND "mail" = $4)");

// Joins: every name is qualified, and each source has a name of its own.
using joined =
    dt::reads<"purchase", overview, dt::join<"customer", dt::on<"customer_id", "id">, "buyer">,
              dt::left_join<"customer", dt::on<"seller_id", "nr">>, dt::field<&overview::buyer, "full_name", "buyer">,
              dt::field<&overview::seller, "full_name", "customer">,
              dt::computed<"total", dt::bigint, dt::expression<"purchase.price * 2">>, dt::single<"id", "no">>;
static_assert(statement_of<joined> ==
              R"(SELECT "purchase"."id", "buyer"."full_name", "customer"."full_name", (purchase.price * 2) )"
              R"(FROM "purchase" JOIN "customer" AS "buyer" ON "purchase"."customer_id" = "buyer"."id" )"
              R"(LEFT JOIN "customer" ON "purchase"."seller_id" = "customer"."nr")");
template <class Join>
constexpr dt::text_view hostile_join =
    statement_of<dt::reads<"a", hostile, Join, dt::field<&hostile::x, "x\"", "c\"">>>;
static_assert(hostile_join<dt::right_join<"b\"", dt::on<"d\"", "e\"">, "c\"">> ==
              R"(SELECT "c"""."x""" FROM "a" RIGHT JOIN "b""" AS "c""" ON "a"."d""" = "c"""."e""")");
static_assert(hostile_join<dt::full_join<"b", dt::on<"d", "e">, "c\"">> ==
              R"(SELECT "c"""."x""" FROM "a" FULL JOIN "b" AS "c""" ON "a"."d" = "c"""."e")");

// An expression stands in brackets, alone as well.
using computed = dt::reads<"order_line", line, dt::computed<"price", dt::bigint, dt::expression<"price * 100">>>;
static_assert(statement_of<computed> ==
              R"(SELECT "purchase_id", "product_id", "quantity", (price * 100) FROM "order_line")");
static_assert(dt::run::insert_returning_of<dt::inserts<"order_line", line>, computed> ==
              R"(INSERT INTO "order_line" ("purchase_id", "product_id", "quantity", "price") VALUES ($1, $2, $3, $4) )"
              R"(RETURNING "purchase_id", "product_id", "quantity", (price * 100))");

// A single row, by columns that need not be in the struct.
using dt::run::single_of;
static_assert(single_of<dt::reads<"customer", card, dt::single<"email">>> ==
              R"(SELECT "id", "full_name" FROM "customer" WHERE "email" = $1)");
static_assert(std::string_view(single_of<joined>).ends_with(
    R"( ON "purchase"."seller_id" = "customer"."nr" WHERE "purchase"."id" = $1 AND "purchase"."no" = $2)"));
template <class Unit>
concept finds_one = requires { single_of<Unit>; };
template <class Unit>
concept selects = requires { dt::run::select_of<Unit, "">; };
static_assert(finds_one<joined> && !finds_one<read_card>, "without single<...> there is no telling by what");
static_assert(selects<joined> && !selects<write_card> && !selects<dt::deletes<"customer", card>>);

// What statement_of refuses.
using namespace dt::run::detail;
template <class... Joins>
constexpr bool distinct = has_distinct_sources(dt::reads<"a", card, Joins...>::value);
static_assert(distinct<dt::join<"b", dt::on<"x", "y">>, dt::join<"b", dt::on<"x", "y">, "c">>);
static_assert(!distinct<dt::join<"a", dt::on<"x", "y">>> && distinct<dt::join<"a", dt::on<"x", "y">, "b">>);
static_assert(!distinct<dt::join<"b", dt::on<"x", "y">>, dt::join<"c", dt::on<"x", "y">, "b">>);
static_assert(!has_expressions(dt::reads<"a", card, dt::computed<"id", dt::bigint>>::value));
static_assert(has_expressions(computed::value) && has_expressions(read_card::value));
template <dt::fixed_string Text>
constexpr bool sound =
    has_sound_expressions(dt::reads<"a", card, dt::computed<"id", dt::bigint, dt::expression<Text>>>::value);
static_assert(!sound<"1) --"> && !sound<"$1"> && sound<"1"> && has_sound_expressions(read_card::value));
template <class Row, class... Options>
constexpr bool bounded = is_bounded_update(dt::updates<"a", Row, Options...>::value);
static_assert(bounded<card, dt::key<"id">> && !bounded<card> && !bounded<card, dt::key<"nr">>);
static_assert(!bounded<card, dt::key<"id", "full_name">> && !bounded<card, dt::key<"id", "nr">>);
static_assert(!bounded<card, dt::key<"id">, dt::ignore<&card::full_name>> &&
              !bounded<card, dt::key<"id">, dt::ignore<&card::id>>);

static_assert(statement_of<dt::reads<"newest", card, dt::called>> == R"(SELECT "id", "full_name" FROM "newest"())");

using dt::run::detail::has_parameters;
static_assert(has_parameters("", 0));
static_assert(has_parameters(" WHERE a = $1 AND b = $2 OR c = $1", 2));
static_assert(!has_parameters(" WHERE a = $1", 0));
static_assert(!has_parameters(" WHERE a = $1", 2));
static_assert(!has_parameters(" WHERE a = $2", 1));
static_assert(!has_parameters(" WHERE a = $2", 2));
static_assert(!has_parameters(" WHERE a = $0", 1));
static_assert(!has_parameters(" WHERE a = $99999999999999999999999", 1));
static_assert(has_parameters(" WHERE a = '$1' AND \"$2\" = $1", 1));
static_assert(has_parameters(" WHERE a = 'it''s $5'", 0));

}  // namespace

TEST_CASE("a statement's text is closed by a NUL, for the C interfaces of servers") {
  CHECK(std::string(statement_of<read_card>.data()) == std::string(statement_of<read_card>));
}
