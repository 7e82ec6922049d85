// SPDX-License-Identifier: BSL-1.0
#include <dovetail/diagnose/predicates.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using nick = dt::column<"nick", dt::text, dt::null>;
struct add_nick : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>> {};
struct v2 : dt::after<"2", add_nick> {};
struct shop : dt::schema<"shop", dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, nick,
                                           dt::primary_key<"id">, dt::column<"name", dt::text>>> {};

struct card {
  std::int64_t id;
  std::string name;
};
struct profile {
  std::int64_t id;
  std::optional<std::string> nick;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", profile>> {};

// What is right raises nothing; what is wrong, compile_fail/ shows.
static_assert(dt::valid<v1> && dt::valid<v2> && dt::valid<shop>);
static_assert(dt::same<v2, shop> && dt::same<shop, v2> && dt::same<v1, v1>);
static_assert(dt::reversible<add_nick>);
static_assert(dt::compatible<app_7, v1, v2> && dt::compatible<app_8, v2>);
using deploy = dt::rollout<dt::live<v1, app_7>, dt::migrate<add_nick>, dt::start<app_8>, dt::stop<app_7>>;
static_assert(dt::safe<deploy>);

// The same as values.
static_assert(dt::findings<dt::validity<v1>>.empty() && dt::findings<dt::reversibility<add_nick>>.empty());
static_assert(dt::findings<dt::compatibility<app_7, v1, v2>>.empty() && dt::findings<dt::safety<deploy>>.empty());
static_assert(test::are(dt::findings<dt::compatibility<app_8, v1>>, code::RD_COL_MISSING));
static_assert(test::are(dt::findings<dt::safety<dt::rollout<dt::migrate<add_nick>>>>, code::RO_BEGIN));
struct empty : dt::schema<"e", dt::table<"a">> {};
static_assert(test::are(dt::findings<dt::validity<empty>>, code::SC_EMPTY));
struct no_way_back
    : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "name">>> {};
static_assert(test::are(dt::findings<dt::reversibility<no_way_back>>, code::MG_INVERSE, code::MG_INVERSE));

// What differs is said from the first version's view: what the second lacks is missing.
constexpr dt::array_view<dt::finding> differences = dt::findings<dt::sameness<v2, v1>>;
static_assert(test::are(differences, code::SC_DIFFERS) && differences[0].object == "nick" &&
              differences[0].detail == "missing" && differences[0].version == "1");
static_assert(dt::findings<dt::sameness<v1, v2>>[0].detail == "extra");
