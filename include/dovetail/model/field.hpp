// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <dovetail/vocabulary/cpp_type.hpp>
#include <dovetail/vocabulary/pretty_name.hpp>
#include <dovetail/vocabulary/sql_type.hpp>

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
/// `field_like<uuid>("shop::order_number")` is one that holds what a column of this SQL type stores.
template <class T>
struct field_traits;

/// A field that holds exactly what a column of an SQL type stores.
template <class SqlType>
constexpr field_type field_like(text_view spelled) {
  return {domain_of(SqlType::type), spelled};
}

/// A field whose values are checked when a statement is run, where its type alone does not prove that they fit:
/// `checked<std::int32_t>` over bigint. What does not fit is a run::conversion_error, or the server's own error.
template <class T>
struct checked {
  T value{};

  constexpr checked() = default;
  constexpr checked(const T& from) : value(from) {}
  constexpr checked(T&& from) : value(static_cast<T&&>(from)) {}
  constexpr operator const T&() const { return value; }
  friend constexpr bool operator==(const checked&, const checked&) = default;
  // By itself `a == 5` would be as well a comparison of two ints as of two of these.
  template <class Other>
    requires(!std::is_same_v<Other, checked> && std::is_convertible_v<const Other&, T>)
  friend constexpr bool operator==(const checked& a, const Other& b) {
    return a.value == b;
  }
};
/// A field whose values may be rounded: `approximate<double>` over numeric.
template <class T>
struct approximate {
  T value{};

  constexpr approximate() = default;
  constexpr approximate(const T& from) : value(from) {}
  constexpr operator const T&() const { return value; }
  friend constexpr bool operator==(const approximate&, const approximate&) = default;
  template <class Other>
    requires(!std::is_same_v<Other, approximate> && std::is_convertible_v<const Other&, T>)
  friend constexpr bool operator==(const approximate& a, const Other& b) {
    return a.value == b;
  }
};

/// The label of an enumerator that is not spelled like it: `label<status::in_progress, "in progress">`.
template <auto Enumerator, fixed_string Label>
struct label {
  static constexpr auto enumerator = Enumerator;
  static constexpr identifier text = identifier_of<Label>;
};
template <class... Labels>
struct labelled {
  template <class E>
  static constexpr void rename([[maybe_unused]] E enumerator, [[maybe_unused]] identifier& name) {
    ((Labels::enumerator == enumerator ? void(name = Labels::text) : void()), ...);
  }
};
/// Where the enumerators of an enum class are not spelled like the labels that they stand for, specialise it:
/// `template <> struct dt::enum_labels<status> : dt::labelled<dt::label<status::in_progress, "in progress">> {};`
/// With a member `static constexpr status fallback = status::other;` a reader gets that enumerator for each label that
/// it does not know, and no writer may send it.
template <class E>
struct enum_labels : labelled<> {};

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

  static constexpr bool has_fallback = requires { enum_labels<E>::fallback; };

  struct known {
    identifier labels[count + 1]{};
    E values[count + 1]{};
    std::size_t size = 0;
  };
  template <std::size_t... I>
  static constexpr known find(std::index_sequence<I...>) {
    known result;
    const text_view names[]{name<static_cast<int>(I) + first>..., {}};
    for (std::size_t i = 0; i != count; ++i) {
      const E value = static_cast<E>(static_cast<int>(i) + first);
      if constexpr (has_fallback)
        if (value == enum_labels<E>::fallback) continue;
      result.values[result.size] = value;
      result.labels[result.size] = identifier(names[i]);
      enum_labels<E>::rename(value, result.labels[result.size++]);
    }
    return result;
  }
  /// All but the fallback, and their labels.
  static constexpr known all = find(std::make_index_sequence<count>());
  static constexpr array_view<identifier> labels{all.labels, all.size};
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

template <class T>
concept is_sequence = requires(T t, const T& k) {
  typename T::value_type;
  t.push_back(k.front());
  k.size();
} && !is_text<T> && !is_bytes<T>;

template <class T>
inline constexpr bool is_checked = false;
template <class T>
inline constexpr bool is_checked<checked<T>> = true;
template <class T>
inline constexpr bool is_approximate = false;
template <class T>
inline constexpr bool is_approximate<approximate<T>> = true;

template <class T>
constexpr field_type make_field_type();
/// Made once per type, whatever the number of structs that use it.
template <class T>
inline constexpr field_type field_type_of = make_field_type<T>();

/// `dovetail::checked<std::int32_t>`, of a template and its argument.
template <fixed_string Template, class T>
struct wrapper_name {
  static constexpr void into(text_buffer& out) { out << Template << '<' << field_type_of<T> << '>'; }
  static constexpr text_view value = static_text<wrapper_name>::value;
};

constexpr void set_twin(field_type& type, type_kind kind) {
  type.has_twin = true;
  type.twin = kind;
}

/// What a field of type T holds. A type that no rule knows holds nothing that a column stores.
template <class T>
constexpr field_type make_field_type() {
  field_type type;
  if constexpr (has_field_traits<T>) {
    type = field_traits<T>::type;
  } else if constexpr (is_checked<T>) {
    type = field_type_of<decltype(T::value)>;
    type.checked = true;
    type.spelled = wrapper_name<"dovetail::checked", decltype(T::value)>::value;
  } else if constexpr (is_approximate<T>) {
    type = field_type_of<decltype(T::value)>;
    type.approximate = true;
    type.spelled = wrapper_name<"dovetail::approximate", decltype(T::value)>::value;
  } else if constexpr (is_optional<T>) {
    type = field_type_of<std::remove_cv_t<typename T::value_type>>;
    type.holds.null = true;
  } else if constexpr (std::is_same_v<T, bool>) {
    type = {domains::of(family::boolean), "bool"};
    set_twin(type, type_kind::boolean);
  } else if constexpr (std::is_integral_v<T>) {
    constexpr text_view names[]{"std::int8_t",  "std::int16_t",  "std::int32_t",  "std::int64_t",
                                "std::uint8_t", "std::uint16_t", "std::uint32_t", "std::uint64_t"};
    type = {domains::whole(static_cast<int>(sizeof(T) * 8), std::is_signed_v<T>),
            names[(std::is_signed_v<T> ? 0 : 4) + (sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3)]};
    if constexpr (std::is_signed_v<T> && sizeof(T) != 1)
      set_twin(type, sizeof(T) == 2   ? type_kind::smallint
                     : sizeof(T) == 4 ? type_kind::integer
                                      : type_kind::bigint);
  } else if constexpr (std::is_same_v<T, float>) {
    type = {domains::ieee(24), "float"};
    set_twin(type, type_kind::real);
  } else if constexpr (std::is_same_v<T, double>) {
    type = {domains::ieee(53), "double"};
    set_twin(type, type_kind::double_precision);
  } else if constexpr (is_decimal<T>) {
    constexpr auto digits = []<int P, int S>(decimal<P, S>) { return std::pair<int, int>(P, S); }(T{});
    type = {domains::digits(digits.first, digits.second), decimal_spelled<T>};
  } else if constexpr (std::is_enum_v<T> && !std::is_convertible_v<T, int>) {
    // The unit says what is wrong with a gap, in fewer lines, and nothing else is.
    type = {domains::labels({}), type_name<T>};
    type.holds.any_label = enumerators<T>::has_fallback || !enumerators<T>::whole;
    type.gap = !enumerators<T>::whole;
    if constexpr (enumerators<T>::whole) type.holds.labels = enumerators<T>::labels;
  } else if constexpr (is_text<T>) {
    type = {domains::characters(domain::unlimited), "std::string"};
    set_twin(type, type_kind::text);
  } else if constexpr (is_bytes<T>) {
    type = {domains::of(family::bytes), type_name<T>};
    if constexpr (requires { std::tuple_size<T>::value; }) type.holds.length = static_cast<int>(std::tuple_size_v<T>);
  } else if constexpr (is_sequence<T>) {
    constexpr const field_type& element = field_type_of<typename T::value_type>;
    type = {domains::of(family::array), wrapper_name<"std::vector", typename T::value_type>::value, element.checked,
            element.approximate, element.gap};
    type.holds.element = &element.holds;
  } else {
    type.spelled = type_name<T>;
  }
  return type;
}

}  // namespace detail
}  // namespace dovetail
