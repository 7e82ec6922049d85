// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <dovetail/vocabulary/cpp_type.hpp>
#include <dovetail/vocabulary/pretty_name.hpp>

namespace dovetail {

/// An exact number of `Precision` digits, `Scale` of them after the point: `decimal<12, 2>{1250}` is 12.50.
/// Precondition: at most 18 digits, which 64 bits hold.
template <int Precision, int Scale>
struct decimal {
  static_assert(Precision >= 1 && Precision <= 18 && Scale >= 0 && Scale <= Precision,
                "[dovetail/SC_TYPE] a decimal has 1 to 18 digits, and no more after the point than it has");
  std::int64_t units = 0;  ///< of 10^-Scale

  friend constexpr auto operator<=>(const decimal&, const decimal&) = default;
};

/// How a C++ type stands in rows: specialise it for a type of your own, with a static constexpr `type` of field_type.
template <class T>
struct field_traits;

namespace detail {

template <class T>
concept has_field_traits = requires { field_type(field_traits<T>::type); };
template <class T>
concept is_optional = requires(T t) {
  typename T::value_type;
  t.has_value();
  t.reset();
  *t;
};
template <class T>
concept is_text = requires {
  typename T::traits_type;
  requires std::is_same_v<typename T::value_type, char>;
};
template <class T>
concept is_bytes = requires(T t) {
  requires std::is_same_v<typename T::value_type, std::byte>;
  t.data();
  t.size();
};
template <class T>
inline constexpr bool is_decimal = false;
template <int P, int S>
inline constexpr bool is_decimal<decimal<P, S>> = true;

/// The enumerators of an enum class whose values run from 0 or 1 without a gap, at most 64 of them.
template <class E>
struct enumerators {
  template <int Value>
  static constexpr text_view name = last_identifier(signature_of_value<static_cast<E>(Value)>());

  static constexpr int first = name<0>.empty() ? 1 : 0;
  template <int From>
  static constexpr int end() {
    if constexpr (From < 65 && !name<From>.empty())
      return end<From + 1>();
    else
      return From;
  }
  static constexpr int last = end<first>();
  static constexpr std::size_t count = static_cast<std::size_t>(last - first);

  /// None stands behind a gap: an enumerator that is not seen would be a label that a writer may send.
  static constexpr bool whole = []<int... I>(std::integer_sequence<int, I...>) {
    const bool unnamed[]{name<last + 1 + I>.empty()..., name<first - 1 - I>.empty()...};
    for (const bool each : unnamed)
      if (!each) return false;
    return count <= 64;
  }(std::make_integer_sequence<int, 32>());

  template <class Indices>
  struct array_of;
  template <std::size_t... I>
  struct array_of<std::index_sequence<I...>> {
    static constexpr identifier array[sizeof...(I) + 1]{name<static_cast<int>(I) + first>..., identifier()};
  };
  static constexpr view<identifier> labels{array_of<std::make_index_sequence<count>>::array, count};
};

template <int Precision, int Scale>
struct decimal_name {
  static constexpr void into(text_buffer& out) {
    out << "dovetail::decimal<" << Precision << ", " << Scale << '>';
  }
};
template <class T>
inline constexpr text_view decimal_spelled{};
template <int P, int S>
inline constexpr text_view decimal_spelled<decimal<P, S>> = static_text<decimal_name<P, S>>::value;

/// What a field of type T can hold. Raises, in its own words, a type that no rule knows.
template <class T>
constexpr field_type make_field_type() {
  field_type type;
  if constexpr (has_field_traits<T>) {
    type = field_traits<T>::type;
  } else if constexpr (is_optional<T>) {
    type = make_field_type<std::remove_cv_t<typename T::value_type>>();
    type.optional = true;
  } else if constexpr (std::is_same_v<T, bool>) {
    type.kind = field_kind::boolean;
    type.spelled = "bool";
  } else if constexpr (std::is_integral_v<T>) {
    type.kind = std::is_signed_v<T> ? field_kind::signed_integer : field_kind::unsigned_integer;
    type.bits = static_cast<int>(sizeof(T) * 8);
    constexpr text_view names[]{"std::int8_t",  "std::int16_t",  "std::int32_t",  "std::int64_t",
                                "std::uint8_t", "std::uint16_t", "std::uint32_t", "std::uint64_t"};
    type.spelled = names[(std::is_signed_v<T> ? 0 : 4) + (sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3)];
  } else if constexpr (std::is_same_v<T, float>) {
    type.kind = field_kind::float32;
    type.spelled = "float";
  } else if constexpr (std::is_same_v<T, double>) {
    type.kind = field_kind::float64;
    type.spelled = "double";
  } else if constexpr (is_decimal<T>) {
    type.kind = field_kind::decimal;
    constexpr auto digits = []<int P, int S>(decimal<P, S>) { return std::pair<int, int>(P, S); }(T{});
    type.precision = digits.first;
    type.scale = digits.second;
    type.spelled = decimal_spelled<T>;
  } else if constexpr (std::is_enum_v<T> && !std::is_convertible_v<T, int>) {
    static_assert(enumerators<T>::whole,
                  "[dovetail/SC_ROW] an enum class of a row has its enumerators from 0 or 1 on, at most 64 of them, "
                  "without a gap");
    type.kind = field_kind::enumeration;
    type.labels = enumerators<T>::labels;
    type.spelled = type_name<T>;
  } else if constexpr (is_text<T>) {
    type.kind = field_kind::text;
    type.spelled = "std::string";
  } else if constexpr (is_bytes<T>) {
    type.kind = field_kind::bytes;
    type.spelled = type_name<T>;
  } else {
    type.spelled = type_name<T>;
  }
  return type;
}

/// Made once per type, whatever the number of structs that use it.
template <class T>
inline constexpr field_type field_type_of = make_field_type<T>();

}  // namespace detail
}  // namespace dovetail
