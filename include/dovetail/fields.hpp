// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <charconv>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <dovetail/model/field.hpp>
#include <dovetail/model/literal.hpp>
#include <dovetail/run/binding.hpp>

/// Types of fields for what the standard library has no type for: text of at most so many characters, text of another
/// SQL type, uuids, intervals, JSON.
namespace dovetail {

/// Text that a type says more of. It is read as a std::string, and compared by its characters.
class held_text {
 public:
  const std::string& str() const { return text_; }
  operator std::string_view() const { return text_; }

  friend bool operator==(const held_text&, const held_text&) = default;
  friend bool operator==(const held_text& a, std::string_view b) { return a.text_ == b; }

 protected:
  held_text() = default;
  explicit held_text(std::string text) : text_(std::move(text)) {}

 private:
  std::string text_;
};

/// Text of at most `Length` characters of UTF-8, what a varchar(n) takes for certain. What is longer cannot be made: it
/// throws std::length_error when it is constructed or assigned. Precondition: a length that varchar can have.
template <int Length>
class bounded_text : public held_text {
  static_assert(sizeof(detail::varchar_parameter<Length>) != 0);

 public:
  bounded_text() = default;
  bounded_text(std::string text) : held_text(std::move(text)) {
    if (!fits(str()))
      throw std::length_error("the text has more characters than a dovetail::bounded_text of its length");
  }
  bounded_text(const char* text) : bounded_text(std::string(text)) {}

  static bool fits(std::string_view text) {
    // A character has at most 4 bytes; bytes that begin none are no way around the length.
    constexpr std::size_t most = Length;
    return text.size() <= 4 * most && domains::count_characters({text.data(), text.size()}) <= Length;
  }
};

/// Text of at most `Length` characters of UTF-8 that stands in the struct itself: every compiler evaluates it at compile
/// time, as `transform` wants it, and it may be part of a template argument. What is longer cannot be made: it throws
/// std::length_error. Precondition: a length that varchar can have.
template <int Length>
struct inline_text {
  static_assert(sizeof(detail::varchar_parameter<Length>) != 0);
  using traits_type = std::char_traits<char>;
  using value_type = char;

  char bytes[4 * static_cast<std::size_t>(Length)]{};  ///< zero behind the text
  std::size_t count = 0;

  constexpr inline_text() = default;
  constexpr inline_text(std::string_view text) { *this += text; }
  constexpr inline_text(const char* text) : inline_text(std::string_view(text)) {}
  constexpr inline_text(const char* data, std::size_t size) : inline_text(std::string_view(data, size)) {}

  constexpr const char* data() const { return bytes; }
  constexpr std::size_t size() const { return count; }
  constexpr operator std::string_view() const { return {bytes, count}; }

  constexpr inline_text& operator+=(std::string_view more) {
    if (more.size() > sizeof(bytes) - count ||
        domains::count_characters({bytes, count}) + domains::count_characters({more.data(), more.size()}) > Length)
      throw std::length_error("the text has more characters than a dovetail::inline_text of its length");
    for (const char c : more) bytes[count++] = c;
    return *this;
  }

  friend constexpr bool operator==(const inline_text&, const inline_text&) = default;
};

namespace detail {
template <class SqlType>
struct text_of_parameter {
  static_assert(domain_of(SqlType::type).kind != family::text,
                "[dovetail/SC_TYPE] the text of a text is a std::string, or a bounded_text");
};
}  // namespace detail

/// The text of a value of another SQL type, `text_of<numeric<30, 5>>`, in a form that the type reads; it is read as the
/// server writes it, which may be another one. On the way to the server, the forms of uuids, exact numbers and labels
/// are checked; others are left to PostgreSQL, and SQLite keeps what it is given.
template <class SqlType>
class text_of : public held_text {
  static_assert(sizeof(detail::text_of_parameter<SqlType>) != 0);

 public:
  text_of() = default;
  text_of(std::string text) : held_text(std::move(text)) {}
  text_of(const char* text) : text_of(std::string(text)) {}
};

namespace value {

/// 16 bytes, and as text `0f8fad5b-d9cb-469f-a165-70867728950e`.
struct uuid {
  std::array<std::byte, 16> bytes{};

  friend constexpr auto operator<=>(const uuid&, const uuid&) = default;

  std::string text() const {
    std::string out;
    run::detail::append_hex(out, bytes.data(), bytes.size());
    for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) out.insert(hyphen, 1, '-');
    return out;
  }
  /// Empty if the text is none; its letters may be large.
  static constexpr std::optional<uuid> parse(std::string_view text) {
    if (!model::has_shape({text.data(), text.size()}, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")) return {};
    uuid result;
    std::size_t at = 0;
    for (std::byte& each : result.bytes) {
      if (text[at] == '-') ++at;
      each = static_cast<std::byte>(run::detail::hex_value(text[at]) * 16 + run::detail::hex_value(text[at + 1]));
      at += 2;
    }
    return result;
  }
};

/// Months, days and microseconds, counted apart as PostgreSQL does: a month has no number of days, and a day no number
/// of hours. Equal are those of equal counts; to the server 1 month equals 30 days (manual, section 8.5.4).
struct interval {
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t microseconds = 0;

  friend constexpr bool operator==(const interval&, const interval&) = default;

  /// ISO 8601 with a sign at each number, `P14M-3DT4H5M6.500000S`. All of them are always there, so that on SQLite
  /// equal intervals are equal texts. The hours stand apart from the seconds, which PostgreSQL reads as a double.
  std::string text() const {
    const std::int64_t seconds = microseconds / 1'000'000 % 60;
    const std::int64_t fraction = microseconds % 1'000'000;
    std::string digits = std::to_string(fraction < 0 ? -fraction : fraction);
    digits.insert(0, 6 - digits.size(), '0');
    return 'P' + std::to_string(months) + 'M' + std::to_string(days) + "DT" +
           std::to_string(microseconds / 3'600'000'000) + 'H' + std::to_string(microseconds / 60'000'000 % 60) + 'M' +
           (fraction < 0 && seconds == 0 ? "-" : "") + std::to_string(seconds) + '.' + digits + 'S';
  }
  /// Of PostgreSQL's IntervalStyle iso_8601, `P1Y2M3DT4H5M6.5S` and `PT0S`. Empty if the text is none, or too large.
  static std::optional<interval> parse(std::string_view text) {
    struct unit {
      char letter;
      int part;
      std::int64_t size;
    };
    constexpr unit units[]{{'Y', 0, 12},
                           {'M', 0, 1},
                           {'D', 1, 1},
                           {'H', 2, 3'600'000'000},
                           {'M', 2, 60'000'000},
                           {'S', 2, 1'000'000}};
    std::int64_t parts[3]{};
    const auto add = [&](int part, std::int64_t count, std::int64_t size) {
      return !__builtin_mul_overflow(count, size, &count) && !__builtin_add_overflow(parts[part], count, &parts[part]);
    };
    if (text.size() < 3 || text[0] != 'P') return {};
    text.remove_prefix(1);
    std::size_t next = 0;
    std::size_t end = 3;  // the units of days are in front of the T, those of seconds behind it
    while (!text.empty()) {
      if (text[0] == 'T' && end == 3) {
        next = 3;
        end = 6;
        text.remove_prefix(1);
      }
      const std::int64_t sign = text.substr(0, 1) == "-" ? -1 : 1;
      std::int64_t count = 0;
      const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), count);
      if (error != std::errc()) return {};
      text.remove_prefix(static_cast<std::size_t>(after - text.data()));
      std::int64_t fraction = 0;
      const bool has_fraction = text.substr(0, 1) == ".";
      if (has_fraction) {
        std::int64_t worth = 100'000;
        for (text.remove_prefix(1); !text.empty() && model::is_digit(text[0]); text.remove_prefix(1), worth /= 10) {
          if (worth == 0) return {};
          fraction += (text[0] - '0') * worth;
        }
        if (worth == 100'000) return {};
      }
      while (next != end && text.substr(0, 1) != std::string_view(&units[next].letter, 1)) ++next;
      if (next == end || (has_fraction && next != 5)) return {};
      if (!add(units[next].part, count, units[next].size) || !add(units[next].part, sign, fraction)) return {};
      text.remove_prefix(1);
      ++next;
    }
    if (!std::in_range<std::int32_t>(parts[0]) || !std::in_range<std::int32_t>(parts[1])) return {};
    return interval{static_cast<std::int32_t>(parts[0]), static_cast<std::int32_t>(parts[1]), parts[2]};
  }
};

/// The text of a JSON document; without anything, of `null`. Whether it is one is left to PostgreSQL, and SQLite keeps
/// what it is given. A jsonb column gives back another text of the same document.
class json : public held_text {
 public:
  json() : held_text("null") {}
  json(std::string text) : held_text(std::move(text)) {}
  json(const char* text) : json(std::string(text)) {}
};

}  // namespace value

namespace detail {
/// The shape of a document, and of value::json, which is any, none. Not asked of field_traits: those may stand further below.
template <class Document>
constexpr text_view shape_of_document() {
  return std::is_same_v<Document, value::json> ? text_view() : signature_of_type<Document>();
}
template <class... Documents>
struct document_names {
  static constexpr identifier array[]{identifier(shape_of_document<Documents>())...};
};
template <class... Documents>
inline constexpr array_view<identifier> document_types{document_names<Documents...>::array};
}  // namespace detail

/// A field of a C++ type whose text is a JSON document, in json and jsonb columns that hold documents of this type
/// alone (elsewhere RD_RANGE, if it is not checked):
///
///     template <> struct dt::field_traits<preferences> {
///       static constexpr dt::field_type type = dt::document_like<preferences>();
///       static std::string to_text(const preferences&);
///       static std::optional<preferences> from_text(std::string_view);  // empty where it is none
///     };
///
/// What from_text does not keep of a document is lost when it is written back: DT_LOST, where another release writes
/// documents of another type. `document_like<preferences_2, preferences_1>()` says that each document of the other type is
/// one of this, too, and comes back from it with all that it had; with `value::json` for the other, that from_text refuses
/// a document, or keeps all of it.
template <class T, class... Others>
constexpr field_type document_like() {
  field_type type{domains::of(family::document), detail::type_name<T>};
  type.holds.shape = detail::shape_of_document<T>();  // with its namespaces
  if constexpr (sizeof...(Others) != 0) type.holds.labels = detail::document_types<Others...>;
  return type;
}

namespace detail {

/// Whether a text is of the form of a type; yes, where only the server knows the form.
constexpr bool has_form_of(const domain& type, text_view text) {
  switch (type.kind) {
    case family::uuid: return model::has_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    case family::label: return type.has_label(text);
    case family::number: {
      const model::decimal_shape shape = model::shape_of_decimal(text);
      if (!shape.valid || shape.after > type.scale) return false;
      const limit size = model::limit_of(text);
      return type.low <= size && size <= type.high;
    }
    default: return true;
  }
}

/// The traits of a held_text: its text as it is.
template <class T>
struct held_traits {
  static std::string to_text(const T& value) { return value.str(); }
  static std::optional<T> from_text(std::string_view text) { return T(std::string(text)); }
};
/// The traits of a type with text() and parse().
template <class T>
struct parsed_traits {
  static std::string to_text(const T& value) { return value.text(); }
  static constexpr std::optional<T> from_text(std::string_view text) { return T::parse(text); }
};

template <int Length>
struct bounded_text_name {
  static constexpr void into(text_buffer& out) { out << "dovetail::bounded_text<" << Length << '>'; }
};
template <int Length>
struct inline_text_name {
  static constexpr void into(text_buffer& out) { out << "dovetail::inline_text<" << Length << '>'; }
};
template <class SqlType>
struct text_of_name {
  static constexpr void into(text_buffer& out) { out << "dovetail::text_of<" << type_name<SqlType> << '>'; }
};

}  // namespace detail

template <int Length>
struct field_traits<bounded_text<Length>> : detail::held_traits<bounded_text<Length>> {
  static constexpr field_type type{domains::characters(Length),
                                   detail::static_text<detail::bounded_text_name<Length>>::value};
  static std::optional<bounded_text<Length>> from_text(std::string_view text) {
    if (!bounded_text<Length>::fits(text)) return {};
    return bounded_text<Length>(std::string(text));
  }
};
template <int Length>
struct field_traits<inline_text<Length>> {
  static constexpr field_type type{domains::characters(Length),
                                   detail::static_text<detail::inline_text_name<Length>>::value};
  static std::string to_text(const inline_text<Length>& value) { return std::string(std::string_view(value)); }
  static std::optional<inline_text<Length>> from_text(std::string_view text) {
    if (!bounded_text<Length>::fits(text)) return {};
    return inline_text<Length>(text);
  }
};
template <class SqlType>
struct field_traits<text_of<SqlType>> : detail::held_traits<text_of<SqlType>> {
  static constexpr field_type type = field_like<SqlType>(detail::static_text<detail::text_of_name<SqlType>>::value);
  static std::optional<std::string> to_text(const text_of<SqlType>& value) {
    if (!detail::has_form_of(type.holds, {value.str().data(), value.str().size()})) return {};
    return value.str();
  }
};
template <>
struct field_traits<value::uuid> : detail::parsed_traits<value::uuid> {
  static constexpr field_type type = field_like<uuid>("dovetail::value::uuid");
};
template <>
struct field_traits<value::interval> : detail::parsed_traits<value::interval> {
  static constexpr field_type type = field_like<interval>("dovetail::value::interval");
};
template <>
struct field_traits<value::json> : detail::held_traits<value::json> {
  static constexpr field_type type = field_like<json>("dovetail::value::json");
};

}  // namespace dovetail
