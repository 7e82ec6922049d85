// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/cascade.hpp>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint>;
using key = dt::primary_key<"id">;
using email = dt::column<"email", dt::text, dt::null>;
struct customer : dt::table<"customer", id, email, dt::column<"name", dt::text>, dt::column<"twin", dt::text, dt::null>, key,
                            dt::unique<"email_key", "email">, dt::index<"by_both", "name", "email">, dt::index<"by_name", "name">,
                            dt::check<"email_check", "email LIKE '%@%'">,
                            dt::foreign_key<"twin_fkey", dt::columns<"twin">, dt::references<"customer", "email">>> {};
struct purchase : dt::table<"purchase", id, dt::column<"email", dt::text>, key,
                            dt::foreign_key<"email_fkey", dt::columns<"email">, dt::references<"customer", "email">>> {};
struct emails : dt::view<"emails", dt::query<"SELECT email FROM customer">, email> {};
struct of_emails : dt::view<"of_emails", dt::query<"SELECT email FROM emails">, email> {};
struct names : dt::view<"names", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
struct v1 : dt::schema<"1", customer, purchase, emails, of_emails, names> {};

struct drop_email : dt::cascade_column<v1, "customer", "email", "nobody writes letters"> {};
struct v2 : dt::after<"2", drop_email> {};
static_assert(dt::reversible<drop_email>);
struct customer_now : dt::table<"customer", id, dt::column<"name", dt::text>, dt::column<"twin", dt::text, dt::null>, key,
                                dt::index<"by_name", "name">> {};
struct purchase_now : dt::table<"purchase", id, dt::column<"email", dt::text>, key> {};
static_assert(dt::same<v2, dt::schema<"2", customer_now, purchase_now, names>>);
static_assert(drop_email::step_count == 8, "two views, two foreign keys, key, index, check, and the column");
static_assert(drop_email::steps[0]->forward.table == dt::identifier("of_emails") &&
              drop_email::steps[1]->forward.table == dt::identifier("emails"));
static_assert(test::are(dt::losses<drop_email>, code::DT_DROPPED) && dt::losses<drop_email>[0].detail == "nobody writes letters");

struct drop_customer : dt::cascade_table<v1, "customer", "all gone"> {};
struct w2 : dt::after<"2", drop_customer> {};
static_assert(dt::reversible<drop_customer> && dt::same<w2, dt::schema<"2", purchase_now>>);
static_assert(test::are(dt::losses<drop_customer>, code::DT_DROPPED));

static_assert(test::are(dt::reversibility<dt::cascade_column<v1, "customer", "fax", "gone">>::findings, code::MG_TARGET));
static_assert(test::are(dt::reversibility<dt::cascade_table<v1, "client", "gone">>::findings, code::MG_TARGET));
// Going back, the rows that are there would have no value: first it has to be null.
struct required : dt::schema<"1", dt::table<"t", id, dt::column<"n", dt::bigint>, dt::index<"i", "n">>> {};
static_assert(test::are(dt::reversibility<dt::cascade_column<required, "t", "n", "gone">>::findings, code::MG_REQUIRED));
// What the values of others are computed of does not go with them.
struct copied : dt::schema<"1", dt::table<"t", id, dt::column<"twice", dt::bigint, dt::generated_stored<"2 * id">>>> {};
static_assert(test::are(dt::reversibility<dt::cascade_column<copied, "t", "id", "gone">>::findings, code::MG_DEPENDENT));

}  // namespace
