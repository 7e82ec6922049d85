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
using dt::family;
using dt::limit;
using dt::text_view;

namespace shop {
struct money {};
struct order_number {};
enum class state { open, paid };
}  // namespace shop

// A user's own types: of a domain, and like an SQL type.
template <>
struct dovetail::field_traits<shop::money> {
  static constexpr field_type type{domains::digits(12, 2), "shop::money"};
};
template <>
struct dovetail::field_traits<shop::order_number> {
  static constexpr field_type type = field_like<uuid>("shop::order_number");
};

enum class progress { not_started, in_progress, done };
template <>
struct dt::enum_labels<progress> : dt::labelled<dt::label<progress::in_progress, "in progress">,
                                                dt::label<progress::not_started, "not started">> {};
enum class with_other { open, paid, other };
template <>
struct dt::enum_labels<with_other> : dt::labelled<> {
  static constexpr with_other fallback = with_other::other;
};
enum class other_first { other, open };
template <>
struct dt::enum_labels<other_first> : dt::labelled<dt::label<other_first::open, "is open">> {
  static constexpr other_first fallback = other_first::other;
};

namespace {

template <class T>
constexpr const dt::field_type& of = dt::detail::field_type_of<T>;
template <class T>
constexpr bool is(family kind, text_view spelled) {
  return of<T>.holds.kind == kind && of<T>.spelled == spelled && !of<T>.holds.null && !of<T>.checked &&
         !of<T>.approximate;
}
constexpr bool same(const limit& a, const limit& b) { return a <= b && b <= a; }
template <class T>
constexpr bool is_whole(text_view spelled, limit low, limit high) {
  return is<T>(family::number, spelled) && same(of<T>.holds.low, low) && same(of<T>.holds.high, high) &&
         of<T>.holds.scale == 0 && !of<T>.holds.decimal;
}

static_assert(is<bool>(family::boolean, "bool"));
static_assert(is_whole<std::int8_t>("std::int8_t", limit(true, 128), limit(false, 127)));
static_assert(is_whole<std::int16_t>("std::int16_t", limit(true, 32768), limit(false, 32767)));
static_assert(is_whole<std::int32_t>("std::int32_t", limit(INT32_MIN), limit(INT32_MAX)));
static_assert(is_whole<std::int64_t>("std::int64_t", limit(INT64_MIN), limit(INT64_MAX)));
static_assert(is_whole<long long>("std::int64_t", limit(INT64_MIN), limit(INT64_MAX)));
static_assert(is_whole<std::uint8_t>("std::uint8_t", limit(), limit(false, 255)));
static_assert(is_whole<std::uint16_t>("std::uint16_t", limit(), limit(false, 65535)));
static_assert(is_whole<std::uint32_t>("std::uint32_t", limit(), limit(false, UINT32_MAX)));
static_assert(is_whole<std::uint64_t>("std::uint64_t", limit(), limit(false, UINT64_MAX)));
static_assert(is<float>(family::binary, "float") && of<float>.holds.mantissa == 24);
static_assert(is<double>(family::binary, "double") && of<double>.holds.mantissa == 53);
static_assert(is<std::string>(family::text, "std::string") && of<std::string>.holds.length == dt::domain::unlimited);
static_assert(is<std::string_view>(family::text, "std::string"), "as a writer holds it");
static_assert(of<std::vector<std::byte>>.holds.kind == family::bytes &&
              of<std::array<std::byte, 16>>.holds.kind == family::bytes);
static_assert(of<std::array<std::byte, 16>>.holds.length == 16 &&
              of<std::vector<std::byte>>.holds.length == dt::domain::unlimited);

static_assert(is<dt::decimal<12, 2>>(family::number, "dovetail::decimal<12, 2>"));
static_assert(of<dt::decimal<12, 2>>.holds.scale == 2 && of<dt::decimal<12, 2>>.holds.decimal &&
              same(of<dt::decimal<12, 2>>.holds.high, limit::of_digits(10, true, false)));
static_assert(same(of<dt::decimal<18, 0>>.holds.low, limit(std::int64_t{-999'999'999'999'999'999})) &&
              same(of<dt::decimal<1, 1>>.holds.high, limit::of_digits(0, true, false)));
static_assert(dt::decimal<12, 2>{1250} == dt::decimal<12, 2>{1250} && dt::decimal<12, 2>{1} < dt::decimal<12, 2>{2});

static_assert(is<shop::money>(family::number, "shop::money") && of<shop::money>.holds.scale == 2);
static_assert(is<shop::order_number>(family::uuid, "shop::order_number"));

// NULL is apart from the type.
static_assert(of<std::optional<std::int64_t>>.holds.null &&
              of<std::optional<std::int64_t>>.holds.kind == family::number);
static_assert(of<std::optional<std::int64_t>>.spelled == "std::int64_t");
static_assert(of<std::optional<std::string>>.holds.null && of<std::optional<shop::money>>.holds.null);
static_assert(of<std::optional<const bool>>.holds.kind == family::boolean);
static_assert(of<std::optional<shop::state>>.holds.null && of<std::optional<shop::state>>.holds.labels.size() == 2);

// ---- What is said of a field beside its type

static_assert(of<dt::checked<std::int32_t>>.checked && !of<dt::checked<std::int32_t>>.approximate &&
              of<dt::checked<std::int32_t>>.holds.kind == family::number &&
              same(of<dt::checked<std::int32_t>>.holds.high, limit(INT32_MAX)));
static_assert(of<dt::checked<std::int32_t>>.spelled == "dovetail::checked<std::int32_t>");
static_assert(of<dt::approximate<double>>.approximate && !of<dt::approximate<double>>.checked &&
              of<dt::approximate<double>>.spelled == "dovetail::approximate<double>");
static_assert(of<dt::checked<dt::approximate<float>>>.checked && of<dt::checked<dt::approximate<float>>>.approximate);
static_assert(of<dt::checked<dt::approximate<float>>>.spelled == "dovetail::checked<dovetail::approximate<float>>");
static_assert(of<std::optional<dt::checked<std::int32_t>>>.holds.null &&
              of<std::optional<dt::checked<std::int32_t>>>.checked);
static_assert(of<dt::checked<std::optional<std::int32_t>>>.holds.null &&
              of<dt::checked<std::optional<std::int32_t>>>.spelled ==
                  "dovetail::checked<std::optional<std::int32_t>>");
static_assert(dt::checked<int>(3) == dt::checked<int>(3) && dt::checked<int>(3) + 1 == 4 && dt::checked<int>() == 0);
static_assert(dt::approximate<double>(3) == dt::approximate<double>(3) && dt::approximate<double>(3) / 2 == 1.5);

// ---- Vectors

using numbers = std::vector<std::optional<std::int32_t>>;
static_assert(is<numbers>(family::array, "std::vector<std::optional<std::int32_t>>"));
static_assert(of<numbers>.holds.element->null && of<numbers>.holds.element->kind == family::number);
static_assert(is<std::vector<std::string>>(family::array, "std::vector<std::string>") &&
              !of<std::vector<std::string>>.holds.element->null);
static_assert(of<std::optional<numbers>>.holds.null && of<std::optional<numbers>>.holds.kind == family::array);
// What its elements say of themselves, it says.
static_assert(of<std::vector<dt::checked<int>>>.checked && !of<std::vector<dt::checked<int>>>.approximate &&
              of<std::vector<std::optional<dt::approximate<float>>>>.approximate);

// What no rule knows is for the verdicts to refuse.
struct opaque {};
static_assert(is<opaque>(family::unknown, "opaque") && of<const char*>.holds.kind == family::unknown);
static_assert(of<std::vector<opaque>>.holds.element->kind == family::unknown);
static_assert(of<long double>.holds.kind == family::unknown);

// ---- The labels of an enum class are the names of its enumerators

template <class E, class... Names>
constexpr bool has_labels(Names... names) {
  const text_view wanted[]{text_view(names)...};
  if (of<E>.holds.kind != family::label || of<E>.holds.labels.size() != sizeof...(names)) return false;
  for (std::size_t i = 0; i != sizeof...(names); ++i)
    if (!(of<E>.holds.labels[i].text() == wanted[i])) return false;
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
static_assert(of<named_twice>.holds.labels.size() == 2);
// In the order of their values.
enum class turned { second = 1, first = 0 };
static_assert(has_labels<turned>("first", "second"));

enum class full {
  a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5, c6,
  c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3,
  f4, f5, f6, f7, f8, f9, g0, g1, g2, g3
};
static_assert(of<full>.holds.labels.size() == 64 && of<full>.holds.labels[63] == dt::identifier("g3"));
enum class full_from_one {
  a0 = 1, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5,
  c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2,
  f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3
};
static_assert(of<full_from_one>.holds.labels.size() == 64 &&
              of<full_from_one>.holds.labels[63] == dt::identifier("g3"));

// A gap is said where a unit has such a field (SC_ROW), and nothing beside it: it holds every label, and sends none.
enum class with_gap { open, paid = 3 };
enum class below_zero { unknown = -1, open, paid };
enum class from_two { open = 2, paid };
template <class T>
constexpr bool has_gap = of<T>.gap && of<T>.holds.any_label && of<T>.holds.labels.empty();
static_assert(has_gap<with_gap> && has_gap<below_zero> && has_gap<from_two> && !of<only>.gap && !of<full>.gap);
static_assert(has_gap<std::optional<with_gap>> && has_gap<dt::checked<with_gap>> && of<std::vector<with_gap>>.gap &&
              of<std::vector<std::optional<with_gap>>>.gap && !of<std::vector<only>>.gap);

constexpr bool local_enumeration() {
  enum class local { yes, no };
  return has_labels<local>("yes", "no");
}
static_assert(local_enumeration());

// ---- Labels that are not spelled like their enumerators, and others

static_assert(has_labels<progress>("not started", "in progress", "done"));
static_assert(!of<progress>.holds.any_label);
static_assert(has_labels<with_other>("open", "paid") && of<with_other>.holds.any_label, "the fallback is no label");
static_assert(has_labels<other_first>("is open") && of<other_first>.holds.any_label);

}  // namespace
