// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/history.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/change/version.hpp>

namespace dt = dovetail;
using dt::code;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct add_phone : dt::migration<v1, dt::step<dt::add_column<"customer", dt::column<"phone", dt::text, dt::null>>,
                                              dt::drop_column<"customer", "phone">>> {};
struct v2 : dt::after<"2", add_phone> {};
struct add_city : dt::migration<v2, dt::step<dt::add_column<"customer", dt::column<"city", dt::text, dt::null>>,
                                             dt::drop_column<"customer", "city">>> {};
struct v3 : dt::after<"v3", add_city> {};
struct drop_phone
    : dt::migration<v3, dt::lossy<"nobody calls", dt::step<dt::drop_column<"customer", "phone">,
                                                           dt::add_column<"customer", dt::column<"phone", dt::text, dt::null>>>>> {};
struct v4 : dt::after<"4", drop_phone> {};
struct elsewhere : dt::schema<"other", customer> {};

struct card {
  std::int64_t id;
  std::string name;
};
struct caller {
  std::int64_t id;
  std::optional<std::string> phone;
};
struct address {
  std::int64_t id;
  std::optional<std::string> city;
};
struct always : dt::release<"6", dt::reads<"customer", card>> {};
struct calls : dt::release<"7", dt::reads<"customer", card>, dt::reads<"customer", caller>> {};
struct moves : dt::release<"11", dt::reads<"customer", caller>, dt::uses<"customer", "city">> {};
struct empty : dt::release<"0"> {};

// ---- The versions next to one

template <class Head, class Version>
constexpr std::size_t around = dt::detail::neighbours<Head, Version>::value.size();
static_assert(around<v4, v1> == 2 && around<v4, v2> == 3 && around<v4, v3> == 3 && around<v4, v4> == 2);
static_assert(around<v1, v1> == 1);
static_assert(around<v4, elsewhere> == 0 && around<v2, v3> == 0);
static_assert(dt::detail::neighbours<v4, v3>::value[0].version == &v2::value);
static_assert(dt::detail::neighbours<v4, v3>::value[1].version == &v3::value);
static_assert(dt::detail::neighbours<v4, v3>::value[2].version == &v4::value);

static_assert(dt::adjacency<always, v4, v1>::findings.empty());
static_assert(dt::adjacency<always, v4, v4>::findings.empty());
// Of versions 2 and 3 it is right, and fails on the ones beside them.
static_assert(dt::adjacency<calls, v4, v2>::findings.size() == 1);
static_assert(dt::adjacency<calls, v4, v2>::findings[0].what == code::RD_COL_MISSING);
static_assert(dt::adjacency<calls, v4, v2>::findings[0].version == dt::text_view("1"));
static_assert(dt::adjacency<calls, v4, v3>::findings.size() == 1);
static_assert(dt::adjacency<calls, v4, v3>::findings[0].version == dt::text_view("4"));
static_assert(dt::adjacency<calls, v3, v3>::findings.empty());

static_assert(dt::adjacency<always, v4, elsewhere>::findings.size() == 1);
static_assert(dt::adjacency<always, v4, elsewhere>::findings[0].what == code::SC_HISTORY);
static_assert(dt::adjacency<always, v4, elsewhere>::findings[0].other == dt::text_view("4"));
static_assert(dt::adjacency<always, v4, elsewhere>::findings[0].version == dt::text_view("other"));

// ---- Releases and versions

using all = dt::compatibility_table<v4, always, calls, moves, empty>;
static_assert(all::version_count == 4 && all::release_count == 4);
static_assert(all::version(0).text() == dt::text_view("1") && all::version(3).text() == dt::text_view("4"));
static_assert(all::release(2).text() == dt::text_view("11"));
static_assert(all::bits[0].array[0] == 0b1111);
static_assert(all::bits[1].array[0] == 0b0110);
static_assert(all::bits[2].array[0] == 0b0100);
static_assert(all::bits[3].array[0] == 0b1111);
static_assert(all::bits[2].test(2) && !all::bits[2].test(3));
static_assert(all::text() == dt::text_view("   1 2 v3 4\n"
                                           "6  + + +  +\n"
                                           "7  - + +  -\n"
                                           "11 - - +  -\n"
                                           "0  + + +  +\n"));

// More versions than one word has bits.
constexpr auto many = [] {
  dt::detail::version_bits<130> bits;
  bits.set(0);
  bits.set(63);
  bits.set(64);
  bits.set(129);
  return bits;
}();
static_assert(many.words == 3 && many.test(0) && many.test(63) && many.test(64) && many.test(129));
static_assert(!many.test(1) && !many.test(62) && !many.test(65) && !many.test(128));

}  // namespace
