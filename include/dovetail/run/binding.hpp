// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <dovetail/model/field.hpp>

/// Values of fields as text, the form in which PostgreSQL takes and gives them, and SQLite those that it has no type
/// for. A function that fails says why, and empty text means that all is well; the caller knows the field and says
/// where.
namespace dovetail::run {

/// A type of the user's own, which brings its text along: `field_traits<T>` has, besides `type`,
/// `static std::string to_text(const T&)` and `static std::optional<T> from_text(std::string_view)`, the latter empty
/// where the text is none of a T.
template <class T>
concept brings_text = requires(const T& value, std::string_view text) {
  { field_traits<T>::to_text(value) } -> std::convertible_to<std::string>;
  { field_traits<T>::from_text(text) } -> std::same_as<std::optional<T>>;
};

namespace detail {

template <class T>
inline constexpr bool unsupported = false;

/// 10 to the power n, for up to 18 digits.
constexpr std::int64_t power_of_ten(int n) {
  std::int64_t result = 1;
  while (n-- != 0) result *= 10;
  return result;
}

inline void append_hex(std::string& out, const std::byte* data, std::size_t size) {
  constexpr char digits[] = "0123456789abcdef";
  out.reserve(out.size() + 2 * size);
  for (std::size_t i = 0; i != size; ++i) {
    out += digits[std::to_integer<unsigned>(data[i]) >> 4];
    out += digits[std::to_integer<unsigned>(data[i]) & 15U];
  }
}

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

template <int Precision, int Scale>
void append_decimal(std::string& out, decimal<Precision, Scale> value) {
  // Unsigned, because the smallest number has no positive twin.
  const std::uint64_t bits = static_cast<std::uint64_t>(value.units);
  const std::uint64_t size = value.units < 0 ? std::uint64_t{0} - bits : bits;
  std::string digits = std::to_string(size);
  constexpr std::size_t scale = static_cast<std::size_t>(Scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (Scale != 0) digits.insert(digits.size() - scale, 1, '.');
  if (value.units < 0) out += '-';
  out += digits;
}

template <int Precision, int Scale>
text_view parse_decimal(std::string_view text, decimal<Precision, Scale>& value) {
  constexpr text_view no_number = "it is no decimal number";
  constexpr text_view too_large = "it has more digits before the point than the field";
  std::size_t i = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++i;
  std::int64_t units = 0;
  int after = -1;  // -1 before the point
  bool any = false;
  for (; i != text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && after < 0) {
      after = 0;
      continue;
    }
    if (c < '0' || c > '9') return no_number;
    any = true;
    if (after == Scale) {
      if (c != '0') return "it has more digits after the point than the field";
      continue;
    }
    if (after >= 0) ++after;
    if (units >= power_of_ten(Precision) / 10) return too_large;
    units = units * 10 + (c - '0');
  }
  if (!any) return no_number;
  for (int n = after < 0 ? 0 : after; n != Scale; ++n) {
    if (units >= power_of_ten(Precision) / 10) return too_large;
    units *= 10;
  }
  value.units = negative ? -units : units;
  return {};
}

template <class E>
constexpr text_view label_of(E value) {
  using known = dovetail::detail::enumerators<E>;
  using wide = long long;
  const wide at = static_cast<wide>(static_cast<std::underlying_type_t<E>>(value)) - known::first;
  if (at < 0 || at >= static_cast<wide>(known::count)) return {};
  return known::labels[static_cast<std::size_t>(at)];
}

}  // namespace detail

/// Appends the text of a value. Fails on what no server stores unchanged: text with a NUL (PostgreSQL refuses it,
/// SQLite calls the results of expressions over it undefined), a decimal with more digits than its type says, a value
/// of an enum class without an enumerator.
template <class T>
text_view append_text(std::string& out, const T& value) {
  if constexpr (brings_text<T>) {
    out += field_traits<T>::to_text(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) {
      out += "NaN";  // to_chars would write -nan as well, which PostgreSQL does not read
    } else {
      char digits[40];
      out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    }
  } else if constexpr (dovetail::detail::is_decimal<T>) {
    return []<int P, int S>(std::string& to, decimal<P, S> number) -> text_view {
      if (number.units >= detail::power_of_ten(P) || number.units <= -detail::power_of_ten(P))
        return "it has more digits than its type says";
      detail::append_decimal(to, number);
      return {};
    }(out, value);
  } else if constexpr (std::is_enum_v<T>) {
    const text_view label = detail::label_of(value);
    if (label.empty()) return "it holds a value without an enumerator";
    out.append(label.data(), label.size());
  } else if constexpr (dovetail::detail::is_text<T>) {
    const std::string_view text(value);
    if (text.find('\0') != std::string_view::npos) return "it holds a NUL, which text in a database cannot";
    out += text;
  } else if constexpr (dovetail::detail::is_bytes<T>) {
    out += "\\x";
    detail::append_hex(out, value.data(), value.size());
  } else {
    static_assert(detail::unsupported<T>, "this type has no text: specialise field_traits with to_text and from_text");
  }
  return {};
}

/// Reads a value from its text. Fails, and leaves `value` as it was, on text that stands for no value of T: nothing is
/// rounded but the digits of a binary floating-point number, and nothing is cut.
template <class T>
text_view parse_text(std::string_view text, T& value) {
  if constexpr (brings_text<T>) {
    std::optional<T> parsed = field_traits<T>::from_text(text);
    if (!parsed) return "it is no value of the field's type";
    value = *parsed;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (text == "t" || text == "true" || text == "1")
      value = true;
    else if (text == "f" || text == "false" || text == "0")
      value = false;
    else
      return "it is no truth value";
  } else if constexpr (std::is_arithmetic_v<T>) {
    T parsed{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (error == std::errc::result_out_of_range) return "it is outside of the range of the field";
    if (error != std::errc() || end != text.data() + text.size())
      return std::is_integral_v<T> ? "it is no whole number" : "it is no number";
    value = parsed;
  } else if constexpr (dovetail::detail::is_decimal<T>) {
    return detail::parse_decimal(text, value);
  } else if constexpr (std::is_enum_v<T>) {
    using known = dovetail::detail::enumerators<T>;
    for (std::size_t i = 0; i != known::count; ++i)
      if (std::string_view(known::labels[i].text()) == text) {
        value = static_cast<T>(static_cast<int>(i) + known::first);
        return {};
      }
    return "the enum class has no such enumerator";
  } else if constexpr (dovetail::detail::is_text<T>) {
    static_assert(std::is_constructible_v<T, const char*, std::size_t> && !std::is_same_v<T, std::string_view>,
                  "a struct that is read owns its text: std::string");
    value = T(text.data(), text.size());
  } else if constexpr (dovetail::detail::is_bytes<T>) {
    constexpr text_view fault = "it is no text of bytes in hexadecimal";
    if (text.size() % 2 != 0 || text.substr(0, 2) != "\\x") return fault;
    T parsed;
    parsed.reserve(text.size() / 2 - 1);
    for (std::size_t i = 2; i != text.size(); i += 2) {
      const int high = detail::hex_value(text[i]);
      const int low = detail::hex_value(text[i + 1]);
      if (high < 0 || low < 0) return fault;
      parsed.push_back(static_cast<std::byte>(high * 16 + low));
    }
    value = static_cast<T&&>(parsed);
  } else {
    static_assert(detail::unsupported<T>, "this type has no text: specialise field_traits with to_text and from_text");
  }
  return {};
}

}  // namespace dovetail::run
