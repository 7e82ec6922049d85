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
#include <utility>

#include <dovetail/model/field.hpp>

/// Values of fields as text, the form in which PostgreSQL takes and gives them, and SQLite those that it has no type
/// for. A function that fails says why, and empty text means that all is well; the caller knows the field and says
/// where.
namespace dovetail::run {

/// A type of the user's own, which brings its text along: `field_traits<T>` has, besides `type`,
/// `static std::string to_text(const T&)` and `static std::optional<T> from_text(std::string_view)`, the latter empty
/// where the text is none of a T. Where a T may be no value of a column, to_text gives a std::optional<std::string>. If
/// both also take a `bool rounded`, `approximate<T>` calls them with true: what has too many digits is rounded then.
template <class T>
concept brings_text = requires(const T& value, std::string_view text) {
  { field_traits<T>::to_text(value) } -> std::convertible_to<std::optional<std::string>>;
  { field_traits<T>::from_text(text) } -> std::same_as<std::optional<T>>;
};

template <class T>
text_view append_text(std::string& out, const T& value);
template <class T>
text_view parse_text(std::string_view text, T& value);

namespace detail {

template <class T>
inline constexpr bool unsupported = false;

template <class T>
concept rounds_text = requires(const T& value, std::string_view text) {
  field_traits<T>::to_text(value, true);
  field_traits<T>::from_text(text, true);
};
/// approximate<T> makes a difference to the text.
template <class T>
concept rounds = rounds_text<T> || dovetail::detail::is_decimal<T>;

/// 10 to the power n, for up to 18 digits.
constexpr std::int64_t power_of_ten(int n) {
  std::int64_t result = 1;
  while (n-- != 0) result *= 10;
  return result;
}

/// What is inside of checked<> and approximate<>.
template <class T>
constexpr const auto& bare(const T& value) {
  if constexpr (dovetail::detail::is_checked<T> || dovetail::detail::is_approximate<T>)
    return bare(value.value);
  else
    return value;
}
template <class T>
using bare_type = std::remove_cvref_t<decltype(bare(std::declval<const T&>()))>;

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

/// `rounded`: half a unit and more is a unit, as PostgreSQL rounds numeric.
template <int Precision, int Scale>
text_view parse_decimal(std::string_view text, decimal<Precision, Scale>& value, bool rounded = false) {
  constexpr text_view no_number = "it is no decimal number";
  constexpr text_view too_large = "it has more digits before the point than the field";
  std::size_t i = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++i;
  std::int64_t units = 0;
  int after = -1;  // -1 before the point
  bool any = false;
  bool up = false;
  bool cut = false;
  for (; i != text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && after < 0) {
      after = 0;
      continue;
    }
    if (c < '0' || c > '9') return no_number;
    any = true;
    if (after == Scale) {
      if (c != '0' && !rounded) return "it has more digits after the point than the field";
      up = up || (!cut && c >= '5');
      cut = true;
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
  if (up && ++units == power_of_ten(Precision)) return too_large;
  value.units = negative ? -units : units;
  return {};
}
/// Rounded, and also from the text of a floating-point number, `1.5e+20`.
template <class Decimal>
text_view parse_near(std::string_view text, Decimal& value) {
  char digits[400];
  if (text.find('e') != std::string_view::npos) {
    double binary = 0;
    if (const text_view fault = parse_text(text, binary); !fault.empty()) return fault;
    const char* const end = std::to_chars(digits, digits + sizeof digits, binary, std::chars_format::fixed).ptr;
    text = {digits, static_cast<std::size_t>(end - digits)};
  }
  return parse_decimal(text, value, true);
}

inline text_view append_characters(std::string& out, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return "it holds a NUL, which text in a database cannot";
  out += text;
  return {};
}
inline text_view append_own(std::string& out, const std::optional<std::string>& text) {
  return text ? append_characters(out, *text) : "it is no value that a column stores";
}

template <class E>
text_view append_label(std::string& out, E value) {
  using known = dovetail::detail::enumerators<E>;
  for (std::size_t i = 0; i != known::all.size; ++i)
    if (known::all.values[i] == value) {
      out += std::string_view(known::all.labels[i].text());
      return {};
    }
  if constexpr (known::has_fallback)
    if (value == enum_labels<E>::fallback) return "it is the fallback, which stands for labels that are not known";
  return "it holds a value without an enumerator";
}
template <class E>
text_view parse_label(std::string_view text, E& value) {
  using known = dovetail::detail::enumerators<E>;
  for (std::size_t i = 0; i != known::all.size; ++i)
    if (std::string_view(known::all.labels[i].text()) == text) {
      value = known::all.values[i];
      return {};
    }
  if constexpr (known::has_fallback) {
    value = enum_labels<E>::fallback;
    return {};
  } else {
    return "the enum class has no such enumerator";
  }
}

/// Makes room for so many bytes, at `to.data()`; false if they are of a fixed number that is another one.
template <class T>
bool make_room(T& to, std::size_t size) {
  if constexpr (requires { to.resize(size); }) to.resize(size);
  return to.size() == size;
}

template <class T>
text_view parse_bytes(std::string_view text, T& value) {
  constexpr text_view fault = "it is no text of bytes in hexadecimal";
  if (text.size() % 2 != 0 || text.substr(0, 2) != "\\x") return fault;
  T parsed{};
  if (!make_room(parsed, text.size() / 2 - 1)) return "it has not as many bytes as the field";
  for (std::size_t i = 0; i != parsed.size(); ++i) {
    const int high = hex_value(text[2 * i + 2]);
    const int low = hex_value(text[2 * i + 3]);
    if (high < 0 || low < 0) return fault;
    parsed.data()[i] = static_cast<std::byte>(high * 16 + low);
  }
  value = std::move(parsed);
  return {};
}

template <class Element>
struct element_value {
  using type = Element;
};
template <class Element>
  requires dovetail::detail::is_optional<Element>
struct element_value<Element> {
  using type = typename Element::value_type;
};

/// The text of a value for a column that may be wider than a float: that of 0.1F is 0.10000000149011612, for the double
/// 0.1 is another number.
template <class T>
text_view append_wide(std::string& out, const T& value) {
  if constexpr (std::is_same_v<bare_type<T>, float>)
    return append_text(out, double{bare(value)});
  else
    return append_text(out, value);
}

/// `{"1",NULL,"it''s \"this\""}`, the form of PostgreSQL's arrays (manual, section 8.15.6). Every value is quoted, so
/// that none is taken for NULL or for the form's own characters. A float has the digits of a double, as text that both
/// real[] and double precision[] read as its value.
template <class T>
text_view append_array(std::string& out, const T& elements) {
  using element = typename T::value_type;
  static_assert(!dovetail::detail::is_sequence<typename element_value<element>::type>,
                "[dovetail/SC_TYPE] the elements of an array are no arrays");
  const auto append = [&](const auto& value) -> text_view {
    std::string text;
    if (const text_view fault = append_wide(text, value); !fault.empty()) return fault;
    out += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
    return {};
  };
  char before = '{';
  for (const auto& each : elements) {
    out += std::exchange(before, ',');
    text_view fault;
    if constexpr (!dovetail::detail::is_optional<element>)
      fault = append(each);
    else if (each.has_value())
      fault = append(*each);
    else
      out += "NULL";
    if (!fault.empty()) return fault;
  }
  out += before == '{' ? "{}" : "}";
  return {};
}

/// Reads what PostgreSQL writes, and no other form, with `parse(text, element)`. Arrays of several dimensions,
/// `{{1},{2}}`, or that begin elsewhere, `[0:1]={1,2}`, are no vectors.
template <class T, class Parse>
text_view parse_array(std::string_view text, T& value, Parse parse) {
  using element = typename T::value_type;
  using held = typename element_value<element>::type;
  static_assert(!dovetail::detail::is_sequence<held>, "[dovetail/SC_TYPE] the elements of an array are no arrays");
  constexpr text_view no_array = "it is no array of one dimension that begins at 1";
  if (text.substr(0, 1) != "{") return no_array;
  T parsed;
  bool more = text != "{}";
  std::size_t i = more ? 1 : 2;
  while (more) {
    std::string characters;
    const bool quoted = i != text.size() && text[i] == '"';
    if (quoted) {
      for (++i; i != text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && ++i == text.size()) return no_array;
        characters += text[i];
      }
      if (i++ == text.size()) return no_array;
    } else {
      for (; i != text.size() && std::string_view(",{}\"\\").find(text[i]) == std::string_view::npos; ++i)
        characters += text[i];
      if (characters.empty()) return no_array;
    }
    if (i == text.size() || (text[i] != ',' && text[i] != '}')) return no_array;
    more = text[i++] == ',';
    if (!quoted && characters == "NULL") {
      if constexpr (dovetail::detail::is_optional<element>)
        parsed.push_back(element());
      else
        return "an element is NULL, which the field cannot hold";
    } else {
      held read{};
      if (const text_view fault = parse(std::string_view(characters), read); !fault.empty()) return fault;
      parsed.push_back(std::move(read));
    }
  }
  if (i != text.size()) return no_array;
  value = std::move(parsed);
  return {};
}

}  // namespace detail

/// Appends the text of a value. Fails on what no server stores unchanged: text with a NUL (PostgreSQL refuses it,
/// SQLite calls the results of expressions over it undefined), a decimal with more digits than its type says, a value
/// of an enum class without an enumerator, its fallback.
template <class T>
text_view append_text(std::string& out, const T& value) {
  if constexpr (brings_text<T>) {
    return detail::append_own(out, field_traits<T>::to_text(value));
  } else if constexpr (dovetail::detail::is_checked<T>) {
    return append_text(out, value.value);
  } else if constexpr (dovetail::detail::is_approximate<T>) {
    if constexpr (detail::rounds_text<decltype(T::value)>)
      return detail::append_own(out, field_traits<decltype(T::value)>::to_text(value.value, true));
    else
      return append_text(out, value.value);
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
    return detail::append_label(out, value);
  } else if constexpr (dovetail::detail::is_text<T>) {
    return detail::append_characters(out, std::string_view(value));
  } else if constexpr (dovetail::detail::is_bytes<T>) {
    out += "\\x";
    detail::append_hex(out, value.data(), value.size());
  } else if constexpr (dovetail::detail::is_sequence<T>) {
    return detail::append_array(out, value);
  } else if constexpr (dovetail::detail::is_optional<T>) {
    static_assert(detail::unsupported<T>,
                  "[dovetail/SC_TYPE] a std::optional stands around all others: std::optional<dovetail::checked<T>>");
  } else {
    static_assert(detail::unsupported<T>, "this type has no text: specialise field_traits with to_text and from_text");
  }
  return {};
}

/// Reads a value from its text. Fails, and leaves `value` as it was, on text that stands for no value of T: nothing is
/// rounded but the digits of a binary floating-point number and what is approximate<>, and nothing is cut.
template <class T>
text_view parse_text(std::string_view text, T& value) {
  constexpr text_view no_value = "it is no value of the field's type";
  if constexpr (brings_text<T>) {
    std::optional<T> parsed = field_traits<T>::from_text(text);
    if (!parsed) return no_value;
    value = std::move(*parsed);
  } else if constexpr (dovetail::detail::is_checked<T>) {
    // A numeric of no declared scale may write 12 as 12.00.
    if constexpr (std::is_integral_v<decltype(T::value)>)
      if (const std::size_t point = text.find('.');
          point != std::string_view::npos && text.find_first_not_of('0', point + 1) == std::string_view::npos)
        text = text.substr(0, point);
    return parse_text(text, value.value);
  } else if constexpr (dovetail::detail::is_approximate<T>) {
    if constexpr (detail::rounds_text<decltype(T::value)>) {
      auto parsed = field_traits<decltype(T::value)>::from_text(text, true);
      if (!parsed) return no_value;
      value.value = std::move(*parsed);
    } else if constexpr (dovetail::detail::is_decimal<decltype(T::value)>) {
      return detail::parse_near(text, value.value);
    } else {
      return parse_text(text, value.value);
    }
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
    return detail::parse_label(text, value);
  } else if constexpr (dovetail::detail::is_text<T>) {
    static_assert(std::is_constructible_v<T, const char*, std::size_t> && !std::is_same_v<T, std::string_view>,
                  "a struct that is read owns its text: std::string");
    value = T(text.data(), text.size());
  } else if constexpr (dovetail::detail::is_bytes<T>) {
    return detail::parse_bytes(text, value);
  } else if constexpr (dovetail::detail::is_sequence<T>) {
    return detail::parse_array(text, value,
                               [](std::string_view each, auto& element) { return parse_text(each, element); });
  } else if constexpr (dovetail::detail::is_optional<T>) {
    static_assert(detail::unsupported<T>,
                  "[dovetail/SC_TYPE] a std::optional stands around all others: std::optional<dovetail::checked<T>>");
  } else {
    static_assert(detail::unsupported<T>, "this type has no text: specialise field_traits with to_text and from_text");
  }
  return {};
}

namespace detail {

/// Reads the text of a real, or of an array of them, in which numbers have the digits of floats: as doubles those would
/// be others.
template <class T>
text_view parse_reals(std::string_view text, T& value) {
  using held = bare_type<T>;
  constexpr bool is_array = dovetail::detail::is_sequence<held> && !brings_text<held>;
  if constexpr (!is_array && !std::is_same_v<held, double>) {
    return parse_text(text, value);
  } else if constexpr (!std::is_same_v<T, held>) {
    return parse_reals(text, value.value);
  } else if constexpr (!is_array) {
    float narrow = 0;
    const text_view fault = parse_text(text, narrow);
    if (fault.empty()) value = double{narrow};
    return fault;
  } else {
    return parse_array(text, value, [](std::string_view each, auto& element) { return parse_reals(each, element); });
  }
}

}  // namespace detail
}  // namespace dovetail::run
