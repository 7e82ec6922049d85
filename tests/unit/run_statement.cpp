// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/statement.hpp>

#include <cstdint>
#include <string>

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
static_assert(dt::run::select_of<read_card, R"( WHERE "id" = $1)"> ==
              R"(SELECT "id", "name" FROM "customer" WHERE "id" = $1)");
static_assert(dt::run::insert_returning_of<write_card, read_card> ==
              R"(INSERT INTO "customer" ("id", "full_name") VALUES ($1, $2) RETURNING "id", "name")");

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
