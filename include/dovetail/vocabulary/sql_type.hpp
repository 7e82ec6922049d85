// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/domain.hpp>
#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

enum class type_kind : unsigned char {
  smallint,
  integer,
  bigint,
  boolean,
  text,
  varchar,
  character,
  numeric,
  real,
  double_precision,
  date,
  time,
  timestamp,
  timestamptz,
  interval,
  uuid,
  bytea,
  json,
  jsonb,
  enumeration,
  array,
};

/// The labels of an enumeration, in their order.
struct enumeration_labels {
  identifier name;
  array_view<identifier> labels;

  constexpr bool has(identifier label) const {
    for (const identifier& each : labels)
      if (each == label) return true;
    return false;
  }
  friend constexpr bool operator==(const enumeration_labels& a, const enumeration_labels& b) {
    return &a == &b || (a.name == b.name && a.labels == b.labels);
  }
};

struct array_element;

/// The type of a column, as a value.
struct sql_type {
  type_kind kind = type_kind::text;
  int length = 0;  ///< characters of varchar and char; digits of numeric, 0 for any; digits of a time's second
  int scale = 0;   ///< digits of numeric after the point
  const enumeration_labels* labels = nullptr;
  const array_element* element = nullptr;
};

struct array_element {
  sql_type type;
  domain holds;  ///< NULL included, which no array excludes (PostgreSQL manual, section 8.15)
};

constexpr bool operator==(const sql_type& a, const sql_type& b) {
  if (a.kind != b.kind || a.length != b.length || a.scale != b.scale) return false;
  if (a.element != b.element && (a.element == nullptr || b.element == nullptr || !(a.element->type == b.element->type)))
    return false;
  return a.labels == b.labels || (a.labels != nullptr && b.labels != nullptr && *a.labels == *b.labels);
}

/// How the value of a column is written in a DEFAULT, the same on every server.
enum class literal_form : unsigned char {
  none,  ///< not at all: servers differ
  whole,
  decimal,
  truth,
  text,
  date,
  time,
  timestamp,
  timestamptz,
  uuid,
  label,
};

/// What a server keeps that does not have the type.
enum class substitute : unsigned char { none, text, bytes };

/// What is to be said of a type apart from its parameters.
struct type_facts {
  text_view word;  ///< the standard's, or PostgreSQL's where the standard has none
  literal_form literal = literal_form::none;
  substitute kept_as = substitute::none;
};

constexpr type_facts facts_of(type_kind kind) {
  switch (kind) {
    case type_kind::smallint: return {"smallint", literal_form::whole};
    case type_kind::integer: return {"integer", literal_form::whole};
    case type_kind::bigint: return {"bigint", literal_form::whole};
    case type_kind::boolean: return {"boolean", literal_form::truth};
    case type_kind::text: return {"text", literal_form::text};
    case type_kind::varchar: return {"varchar", literal_form::text};
    case type_kind::character: return {"char", literal_form::text};
    case type_kind::numeric: return {"numeric", literal_form::decimal};
    case type_kind::real: return {"real", literal_form::decimal};
    case type_kind::double_precision: return {"double precision", literal_form::decimal};
    case type_kind::date: return {"date", literal_form::date, substitute::text};
    case type_kind::time: return {"time", literal_form::time, substitute::text};
    case type_kind::timestamp: return {"timestamp", literal_form::timestamp, substitute::text};
    case type_kind::timestamptz: return {"timestamptz", literal_form::timestamptz, substitute::text};
    case type_kind::interval: return {"interval", literal_form::none, substitute::text};
    case type_kind::uuid: return {"uuid", literal_form::uuid, substitute::text};
    case type_kind::bytea: return {"bytea", literal_form::none, substitute::bytes};
    case type_kind::json: return {"json", literal_form::none, substitute::text};
    case type_kind::jsonb: return {"jsonb", literal_form::none, substitute::text};
    case type_kind::enumeration: return {"enumeration", literal_form::label, substitute::text};
    case type_kind::array: return {"array"};
  }
  return {};
}
constexpr text_view type_word(type_kind kind) { return facts_of(kind).word; }

/// The digits of a second that times have if nothing is said: microseconds (PostgreSQL manual, section 8.5).
inline constexpr int most_second_digits = 6;

constexpr bool is_time(type_kind kind) {
  return kind == type_kind::time || kind == type_kind::timestamp || kind == type_kind::timestamptz;
}

/// `varchar(255)`, `numeric(12,2)`, `timestamptz(3)`, `text[]`, `enumeration order_status`. But for enumerations this is
/// also what PostgreSQL reads.
constexpr text_buffer& operator<<(text_buffer& out, const sql_type& type) {
  if (type.kind == type_kind::array) return out << type.element->type << "[]";
  out << type_word(type.kind);
  if (type.kind == type_kind::varchar || type.kind == type_kind::character) out << '(' << type.length << ')';
  if (type.kind == type_kind::numeric && type.length != 0) out << '(' << type.length << ',' << type.scale << ')';
  if (is_time(type.kind) && type.length != most_second_digits) out << '(' << type.length << ')';
  if (type.kind == type_kind::enumeration) out << ' ' << type.labels->name.text();
  return out;
}

/// What a column of this type can store, NULL aside.
constexpr domain domain_of(const sql_type& type) {
  switch (type.kind) {
    case type_kind::smallint: return domains::whole(16, true);
    case type_kind::integer: return domains::whole(32, true);
    case type_kind::bigint: return domains::whole(64, true);
    case type_kind::boolean: return domains::of(family::boolean);
    case type_kind::text: return domains::characters(domain::unlimited);
    case type_kind::varchar: return domains::characters(type.length);
    case type_kind::character: {
      domain d = domains::characters(type.length);
      d.padded = true;
      return d;
    }
    case type_kind::numeric: {
      if (type.length != 0) return domains::digits(type.length, type.scale);
      domain d = domains::digits(domain::unlimited, 1);
      d.scale = domain::unlimited;
      return d;
    }
    case type_kind::real: return domains::ieee(24);
    case type_kind::double_precision: return domains::ieee(53);
    case type_kind::date: {
      domain d = domains::of(family::date);
      d.infinite = true;
      return d;
    }
    case type_kind::time: return domains::to_the(family::time, type.length);
    case type_kind::timestamp: return domains::to_the(family::timestamp, type.length);
    case type_kind::timestamptz: return domains::to_the(family::timestamptz, type.length);
    case type_kind::interval: return domains::of(family::interval);
    case type_kind::uuid: return domains::of(family::uuid);
    case type_kind::bytea: return domains::of(family::bytes);
    case type_kind::json:
    case type_kind::jsonb: return domains::of(family::document);
    case type_kind::enumeration: return domains::labels(type.labels->labels);
    case type_kind::array: {
      domain d = domains::of(family::array);
      d.element = &type.element->holds;
      return d;
    }
  }
  return {};
}

namespace detail {

// The conditions on a type's parameters are classes of their own, which the type asks for their size: clang takes all of
// a class for invalid whose own assertion fails, and then says so wherever it is used.
template <int Length>
struct varchar_parameter {
  static_assert(Length >= 1 && Length <= 10'485'760, "[dovetail/SC_TYPE] a varchar or char holds 1 to 10485760 characters");
};
template <int Precision, int Scale>
struct numeric_parameters {
  static_assert(Precision >= 1 && Precision <= 1000 && Scale >= 0 && Scale <= Precision,
                "[dovetail/SC_TYPE] a numeric has 1 to 1000 digits, and no more after the point than it has");
};
template <class Type, int Digits>
struct precise_parameters {
  static_assert(is_time(Type::type.kind) && Digits >= 0 && Digits <= most_second_digits,
                "[dovetail/SC_TYPE] a time, timestamp or timestamptz keeps 0 to 6 digits of its second");
};
template <class Element>
struct array_parameter {
  static_assert(Element::type.kind != type_kind::array,
                "[dovetail/SC_TYPE] an array has any number of dimensions: declare array<> of the element alone");
};
template <std::size_t Count>
struct label_count {
  static_assert(Count != 0, "[dovetail/SC_TYPE] an enumeration has at least one label");
};

}  // namespace detail

/// 16 bits, -32768 to 32767.
struct smallint {
  static constexpr sql_type type{type_kind::smallint};
};
/// 32 bits.
struct integer {
  static constexpr sql_type type{type_kind::integer};
};
/// 64 bits.
struct bigint {
  static constexpr sql_type type{type_kind::bigint};
};
struct boolean {
  static constexpr sql_type type{type_kind::boolean};
};
/// Text of any length.
struct text {
  static constexpr sql_type type{type_kind::text};
};
/// Text of at most `Length` characters. Precondition: 1 to 10485760 (PostgreSQL's limit; manual, section 8.3).
template <int Length>
struct varchar {
  static_assert(sizeof(detail::varchar_parameter<Length>) != 0);
  static constexpr sql_type type{type_kind::varchar, Length};
};
/// Text of exactly `Length` characters, which the server pads with blanks and compares without them: no writer may
/// rely on it (WR_LOSSY), and varchar is nearly always better. Precondition: as of varchar.
template <int Length>
struct character {
  static_assert(sizeof(detail::varchar_parameter<Length>) != 0);
  static constexpr sql_type type{type_kind::character, Length};
};
/// An exact number of `Precision` digits, `Scale` of them after the point. Precondition: 1 to 1000 digits
/// (PostgreSQL manual, section 8.1.2), no more of them after the point than there are.
template <int Precision, int Scale = 0>
struct numeric {
  static_assert(sizeof(detail::numeric_parameters<Precision, Scale>) != 0);
  static constexpr sql_type type{type_kind::numeric, Precision, Scale};
};
/// An exact number of any length: no field holds all of them, but a checked one.
struct any_numeric {
  static constexpr sql_type type{type_kind::numeric};
};
/// IEEE 754 of 32 bits.
struct real {
  static constexpr sql_type type{type_kind::real};
};
/// IEEE 754 of 64 bits.
struct double_precision {
  static constexpr sql_type type{type_kind::double_precision};
};
struct date {
  static constexpr sql_type type{type_kind::date};
};
/// A time of day, without a zone.
struct time {
  static constexpr sql_type type{type_kind::time, most_second_digits};
};
/// What a calendar and a clock on the wall show, without a zone; a moment is a timestamptz.
struct timestamp {
  static constexpr sql_type type{type_kind::timestamp, most_second_digits};
};
/// A moment, to the microsecond.
struct timestamptz {
  static constexpr sql_type type{type_kind::timestamptz, most_second_digits};
};
/// A time, timestamp or timestamptz with fewer digits of the second: `precise<timestamptz, 3>`. The server rounds what
/// has more, without a word (PostgreSQL manual, section 8.5), so that no writer may send it (WR_LOSSY).
template <class Type, int Digits>
struct precise {
  static_assert(sizeof(detail::precise_parameters<Type, Digits>) != 0);
  static constexpr sql_type type{Type::type.kind, Digits};
};
/// Months, days and microseconds, each counted apart (PostgreSQL manual, section 8.5.4).
struct interval {
  static constexpr sql_type type{type_kind::interval};
};
struct uuid {
  static constexpr sql_type type{type_kind::uuid};
};
/// Bytes of any number.
struct bytea {
  static constexpr sql_type type{type_kind::bytea};
};
/// A document, kept as it was written.
struct json {
  static constexpr sql_type type{type_kind::json};
};
/// A document, kept without its blanks, its order of keys, and keys that stand twice.
struct jsonb {
  static constexpr sql_type type{type_kind::jsonb};
};

/// One of a fixed list of labels:
/// `struct order_status : dt::enumeration<"order_status", "open", "paid"> {};`, then `dt::column<"status", order_status>`.
/// A type of its own on PostgreSQL; text under a CHECK where a server has none. Raises SC_TYPE if a label stands twice,
/// and SC_NAME if one is no legal name (PostgreSQL holds labels to the length of names; manual, section 8.7.4).
template <fixed_string Name, fixed_string... Labels>
struct enumeration {
  static_assert(sizeof(detail::label_count<sizeof...(Labels)>) != 0);
  static constexpr enumeration_labels labels{identifier_of<Name>, detail::identifiers<Labels...>::value};
  static constexpr sql_type type{type_kind::enumeration, 0, 0, &labels};
};

/// Values of one type: `array<text>`. Each may be NULL, and the server does not hold them to one dimension.
template <class Element>
struct array {
  static_assert(sizeof(detail::array_parameter<Element>) != 0);
  static constexpr array_element element = [] {
    array_element e{Element::type, domain_of(Element::type)};
    e.holds.null = true;
    return e;
  }();
  static constexpr sql_type type{type_kind::array, 0, 0, Element::type.labels, &element};  // its enumeration, if any
};

}  // namespace dovetail
