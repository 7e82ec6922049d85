// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/version.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

template <class V>
constexpr dt::array_view<dt::finding> findings = dt::detail::soundness<V>::findings;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct product : dt::table<"product", dt::column<"id", dt::bigint>> {};
template <dt::fixed_string Name>
using column = dt::column<Name, dt::text, dt::null>;
template <dt::fixed_string Name>
using add = dt::step<dt::add_column<"customer", column<Name>>, dt::drop_column<"customer", Name>>;

// ---- A history

struct v1 : dt::schema<"1", customer, product> {};
struct m1 : dt::migration<v1, add<"a">> {};
struct v2 : dt::after<"2", m1> {};
struct m2 : dt::migration<v2, add<"b">> {};
struct v3 : dt::after<"3", m2> {};

static_assert(v2::value.version == dt::identifier("2") && v3::value.version == dt::identifier("3"));
static_assert(v2::value.find("customer")->parts.size() == 3 && v3::value.find("customer")->parts.size() == 4);
static_assert(v1::value.find("customer") == &customer::value &&
              v3::value.find("customer") != v2::value.find("customer"));
static_assert(v3::value.find("product") == &product::value, "all versions share what no migration touched");
static_assert(findings<v1>.empty() && findings<v2>.empty() && findings<v3>.empty());
static_assert(dt::detail::history_of<v3>.previous->previous->name == dt::identifier("1"));
static_assert(dt::detail::history_of<v3>.previous->previous->previous == nullptr);

// A migration that does nothing still leads to a version of its own name.
struct pause : dt::migration<v1> {};
struct v1b : dt::after<"1b", pause> {};
static_assert(v1b::value.tables == v1::value.tables && v1b::value.version == dt::identifier("1b"));

// ---- What is wrong with a version in full: its own declaration, all of it

struct bad : dt::schema<"", dt::table<"a", dt::column<"id", dt::bigint>, dt::primary_key<"nr">>, dt::table<"a">> {};
static_assert(findings<bad>.size() == 4 && test::count(findings<bad>, code::SC_NAME) == 1 &&
              test::count(findings<bad>, code::SC_DUPLICATE) == 1 &&
              test::count(findings<bad>, code::SC_NO_COLUMN) == 1 && test::count(findings<bad>, code::SC_EMPTY) == 1);
struct bad_table : dt::schema<"7", dt::table<"a">> {};
static_assert(test::are(findings<bad_table>, code::SC_EMPTY) && findings<bad_table>[0].version == "7");

// ---- Of a derived one: the steps that made it, and the versions before

struct bad_step
    : dt::migration<bad_table, dt::step<dt::drop_index<"a", "i">, dt::add_index<"a", dt::index<"i", "x">>>> {};
struct v8 : dt::after<"8", bad_step> {};
static_assert(test::are(findings<v8>, code::SC_EMPTY, code::MG_TARGET));
static_assert(findings<v8>[0].version == "7" && findings<v8>[1].migration == "bad_step");
struct more : dt::migration<v8> {};
struct v9 : dt::after<"9", more> {};
static_assert(test::are(findings<v9>, code::SC_EMPTY, code::MG_TARGET));

// Its name is a declaration as well.
struct unnamed : dt::after<"", m1> {};
static_assert(test::are(findings<unnamed>, code::SC_NAME) && findings<unnamed>[0].detail == "it is empty");

// ---- Names in a history (two of one name do not compile: compile_fail/SC_CHAIN_*)

constexpr dt::detail::history first{"1"};
constexpr dt::detail::history second{"2", nullptr, &first};
static_assert(first.fresh() && second.fresh());
static_assert(!dt::detail::history{"1", nullptr, &second}.fresh() && dt::detail::history{"3", nullptr, &second}.fresh());
