// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/field.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dt = dovetail;
using dt::field_kind;
using dt::text_view;

namespace shop {
struct money {};
enum class state { open, paid };
}  // namespace shop

// A user's own type.
template <>
struct dovetail::field_traits<shop::money> {
  static constexpr field_type type = [] {
    field_type t;
    t.kind = field_kind::decimal;
    t.precision = 12;
    t.scale = 2;
    t.spelled = "shop::money";
    return t;
  }();
};

namespace {

template <class T>
constexpr const dt::field_type& of = dt::detail::field_type_of<T>;
template <class T>
constexpr bool is(field_kind kind, text_view spelled) {
  return of<T>.kind == kind && of<T>.spelled == spelled && !of<T>.optional;
}

static_assert(is<bool>(field_kind::boolean, "bool"));
static_assert(is<std::int8_t>(field_kind::signed_integer, "std::int8_t") && of<std::int8_t>.bits == 8);
static_assert(is<std::int16_t>(field_kind::signed_integer, "std::int16_t") && of<std::int16_t>.bits == 16);
static_assert(is<std::int32_t>(field_kind::signed_integer, "std::int32_t") && of<std::int32_t>.bits == 32);
static_assert(is<std::int64_t>(field_kind::signed_integer, "std::int64_t") && of<std::int64_t>.bits == 64);
static_assert(is<long long>(field_kind::signed_integer, "std::int64_t") && of<long long>.bits == 64);
static_assert(is<std::uint8_t>(field_kind::unsigned_integer, "std::uint8_t") && of<std::uint8_t>.bits == 8);
static_assert(is<std::uint16_t>(field_kind::unsigned_integer, "std::uint16_t") && of<std::uint16_t>.bits == 16);
static_assert(is<std::uint32_t>(field_kind::unsigned_integer, "std::uint32_t") && of<std::uint32_t>.bits == 32);
static_assert(is<std::uint64_t>(field_kind::unsigned_integer, "std::uint64_t") && of<std::uint64_t>.bits == 64);
static_assert(is<float>(field_kind::float32, "float") && is<double>(field_kind::float64, "double"));
static_assert(is<std::string>(field_kind::text, "std::string"));
static_assert(is<std::string_view>(field_kind::text, "std::string"), "as a writer holds it");
static_assert(of<std::vector<std::byte>>.kind == field_kind::bytes &&
              of<std::array<std::byte, 16>>.kind == field_kind::bytes);

static_assert(is<dt::decimal<12, 2>>(field_kind::decimal, "dovetail::decimal<12, 2>"));
static_assert(of<dt::decimal<12, 2>>.precision == 12 && of<dt::decimal<12, 2>>.scale == 2);
static_assert(of<dt::decimal<18, 0>>.precision == 18 && of<dt::decimal<1, 1>>.scale == 1);
static_assert(dt::decimal<12, 2>{1250} == dt::decimal<12, 2>{1250} && dt::decimal<12, 2>{1} < dt::decimal<12, 2>{2});

static_assert(is<shop::money>(field_kind::decimal, "shop::money") && of<shop::money>.precision == 12);

// NULL is apart from the type.
static_assert(of<std::optional<std::int64_t>>.optional &&
              of<std::optional<std::int64_t>>.kind == field_kind::signed_integer);
static_assert(of<std::optional<std::int64_t>>.spelled == "std::int64_t");
static_assert(of<std::optional<std::string>>.optional && of<std::optional<shop::money>>.optional);
static_assert(of<std::optional<const bool>>.kind == field_kind::boolean);
static_assert(of<std::optional<shop::state>>.optional && of<std::optional<shop::state>>.labels.size() == 2);

// What no rule knows is for the verdicts to refuse.
struct opaque {};
static_assert(is<opaque>(field_kind::unknown, "opaque") && of<std::vector<int>>.kind == field_kind::unknown);
static_assert(of<const char*>.kind == field_kind::unknown && of<std::wstring>.kind == field_kind::unknown);
static_assert(of<long double>.kind == field_kind::unknown);

// ---- The labels of an enum class are the names of its enumerators

template <class E, class... Names>
constexpr bool has_labels(Names... names) {
  const text_view wanted[]{text_view(names)...};
  if (of<E>.kind != field_kind::enumeration || of<E>.labels.size() != sizeof...(names)) return false;
  for (std::size_t i = 0; i != sizeof...(names); ++i)
    if (!(of<E>.labels[i].text() == wanted[i])) return false;
  return true;
}
static_assert(has_labels<shop::state>("open", "paid") && of<shop::state>.spelled == "state");

enum class from_one { low = 1, middle, high };
static_assert(has_labels<from_one>("low", "middle", "high"));
enum class only { one };
static_assert(has_labels<only>("one"));
enum class small : std::uint8_t { a, b };
static_assert(has_labels<small>("a", "b"));
enum class wide : std::int64_t { a = 1, b };
static_assert(has_labels<wide>("a", "b"));
enum class grüße { häufig, _selten, x9 };
static_assert(has_labels<grüße>("häufig", "_selten", "x9"));
// A second name of a value is no label.
enum class named_twice { open, paid, settled = paid };
static_assert(of<named_twice>.labels.size() == 2);
// In the order of their values.
enum class turned { second = 1, first = 0 };
static_assert(has_labels<turned>("first", "second"));

enum class full {
  a0,
  a1,
  a2,
  a3,
  a4,
  a5,
  a6,
  a7,
  a8,
  a9,
  b0,
  b1,
  b2,
  b3,
  b4,
  b5,
  b6,
  b7,
  b8,
  b9,
  c0,
  c1,
  c2,
  c3,
  c4,
  c5,
  c6,
  c7,
  c8,
  c9,
  d0,
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  d7,
  d8,
  d9,
  e0,
  e1,
  e2,
  e3,
  e4,
  e5,
  e6,
  e7,
  e8,
  e9,
  f0,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  g0,
  g1,
  g2,
  g3
};
static_assert(of<full>.labels.size() == 64 && of<full>.labels[63] == dt::identifier("g3"));
enum class full_from_one {
  a0 = 1,
  a1,
  a2,
  a3,
  a4,
  a5,
  a6,
  a7,
  a8,
  a9,
  b0,
  b1,
  b2,
  b3,
  b4,
  b5,
  b6,
  b7,
  b8,
  b9,
  c0,
  c1,
  c2,
  c3,
  c4,
  c5,
  c6,
  c7,
  c8,
  c9,
  d0,
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  d7,
  d8,
  d9,
  e0,
  e1,
  e2,
  e3,
  e4,
  e5,
  e6,
  e7,
  e8,
  e9,
  f0,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  g0,
  g1,
  g2,
  g3
};
static_assert(of<full_from_one>.labels.size() == 64 && of<full_from_one>.labels[63] == dt::identifier("g3"));

constexpr bool local_enumeration() {
  enum class local { yes, no };
  return has_labels<local>("yes", "no");
}
static_assert(local_enumeration());

}  // namespace
