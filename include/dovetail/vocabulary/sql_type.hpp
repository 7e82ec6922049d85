// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

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
  numeric,
  real,
  double_precision,
  timestamptz,
  date,
  uuid,
  bytea,
  jsonb,
  enumeration,
};

/// The labels of an enumeration, in their order.
struct enumeration_labels {
  identifier name;
  view<identifier> labels;

  constexpr bool has(identifier label) const {
    for (const identifier& each : labels)
      if (each == label) return true;
    return false;
  }
  friend constexpr bool operator==(const enumeration_labels& a, const enumeration_labels& b) {
    return &a == &b || (a.name == b.name && a.labels == b.labels);
  }
};

/// The type of a column, as a value.
struct sql_type {
  type_kind kind = type_kind::text;
  int length = 0;  ///< characters of varchar, digits of numeric
  int scale = 0;   ///< digits of numeric after the point
  const enumeration_labels* labels = nullptr;

  friend constexpr bool operator==(const sql_type& a, const sql_type& b) {
    if (a.kind != b.kind || a.length != b.length || a.scale != b.scale) return false;
    return a.labels == b.labels || (a.labels != nullptr && b.labels != nullptr && *a.labels == *b.labels);
  }
};

/// The standard's word for a type, without its parameters; PostgreSQL's where the standard has none.
constexpr text_view type_word(type_kind kind) {
  switch (kind) {
    case type_kind::smallint: return "smallint";
    case type_kind::integer: return "integer";
    case type_kind::bigint: return "bigint";
    case type_kind::boolean: return "boolean";
    case type_kind::text: return "text";
    case type_kind::varchar: return "varchar";
    case type_kind::numeric: return "numeric";
    case type_kind::real: return "real";
    case type_kind::double_precision: return "double precision";
    case type_kind::timestamptz: return "timestamptz";
    case type_kind::date: return "date";
    case type_kind::uuid: return "uuid";
    case type_kind::bytea: return "bytea";
    case type_kind::jsonb: return "jsonb";
    case type_kind::enumeration: return "enumeration";
  }
  return {};
}

/// `varchar(255)`, `numeric(12,2)`, `enumeration order_status`.
constexpr text_buffer& operator<<(text_buffer& out, const sql_type& type) {
  out << type_word(type.kind);
  if (type.kind == type_kind::varchar) out << '(' << type.length << ')';
  if (type.kind == type_kind::numeric) out << '(' << type.length << ',' << type.scale << ')';
  if (type.kind == type_kind::enumeration) out << ' ' << type.labels->name.text();
  return out;
}

namespace detail {

// The conditions on a type's parameters are classes of their own, which the type asks for their size: clang takes all of
// a class for invalid whose own assertion fails, and then says so wherever it is used.
template <int Length>
struct varchar_parameter {
  static_assert(Length >= 1 && Length <= 10'485'760, "[dovetail/SC_TYPE] a varchar holds 1 to 10485760 characters");
};
template <int Precision, int Scale>
struct numeric_parameters {
  static_assert(Precision >= 1 && Precision <= 1000 && Scale >= 0 && Scale <= Precision,
                "[dovetail/SC_TYPE] a numeric has 1 to 1000 digits, and no more after the point than it has");
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
/// An exact number of `Precision` digits, `Scale` of them after the point. Precondition: 1 to 1000 digits
/// (PostgreSQL manual, section 8.1.2), no more of them after the point than there are.
template <int Precision, int Scale = 0>
struct numeric {
  static_assert(sizeof(detail::numeric_parameters<Precision, Scale>) != 0);
  static constexpr sql_type type{type_kind::numeric, Precision, Scale};
};
/// IEEE 754 of 32 bits.
struct real {
  static constexpr sql_type type{type_kind::real};
};
/// IEEE 754 of 64 bits.
struct double_precision {
  static constexpr sql_type type{type_kind::double_precision};
};
/// A moment, to the microsecond.
struct timestamptz {
  static constexpr sql_type type{type_kind::timestamptz};
};
struct date {
  static constexpr sql_type type{type_kind::date};
};
struct uuid {
  static constexpr sql_type type{type_kind::uuid};
};
/// Bytes of any number.
struct bytea {
  static constexpr sql_type type{type_kind::bytea};
};
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

}  // namespace dovetail
