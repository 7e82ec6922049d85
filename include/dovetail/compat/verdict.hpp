// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/cpp_type.hpp>
#include <dovetail/vocabulary/finding.hpp>
#include <dovetail/vocabulary/sql_type.hpp>

namespace dovetail::compat {

/// What is wrong between a field and a column, NULL aside. A verdict is stricter than the servers on purpose: PostgreSQL
/// rounds numeric to the column's scale and double to integers without a word (manual, sections 8.1.2 and 10.4).
struct verdict {
  bool ok = true;
  code what{};
  text_view label;  ///< of an enumeration, where one is missing
};

namespace detail {

constexpr verdict bad(code what, text_view label = {}) { return {false, what, label}; }

/// Bits of an integer column, or 0.
constexpr int integer_bits(const sql_type& t) {
  switch (t.kind) {
    case type_kind::smallint: return 16;
    case type_kind::integer: return 32;
    case type_kind::bigint: return 64;
    default: return 0;
  }
}
/// The decimal digits that hold every value of an integer column.
constexpr int integer_digits(int bits) { return bits == 16 ? 5 : bits == 32 ? 10 : 19; }

/// The decimal digits that an integer of so many bits holds whatever they are: one fewer than its largest value has.
constexpr int sure_digits(int bits) { return bits == 8 ? 2 : bits == 16 ? 4 : bits == 32 ? 9 : 18; }

constexpr bool is_number(const sql_type& t) {
  return integer_bits(t) != 0 || t.kind == type_kind::numeric || t.kind == type_kind::real ||
         t.kind == type_kind::double_precision;
}

}  // namespace detail

/// Whether a field can hold every value that a column of this type stores.
constexpr verdict reading(const field_type& f, const sql_type& t) {
  using namespace detail;
  const int bits = integer_bits(t);
  switch (f.kind) {
    case field_kind::signed_integer:
      if (bits != 0) return f.bits >= bits ? verdict{} : bad(code::RD_RANGE);
      if (t.kind == type_kind::numeric && t.scale == 0)
        return t.length <= sure_digits(f.bits) ? verdict{} : bad(code::RD_RANGE);
      return bad(is_number(t) ? code::RD_LOSSY : code::RD_TYPE);
    case field_kind::unsigned_integer:
      if (bits != 0 || (t.kind == type_kind::numeric && t.scale == 0)) return bad(code::RD_RANGE);
      return bad(is_number(t) ? code::RD_LOSSY : code::RD_TYPE);
    case field_kind::float32:
      if (t.kind == type_kind::real || t.kind == type_kind::smallint) return {};
      return bad(is_number(t) ? code::RD_LOSSY : code::RD_TYPE);
    case field_kind::float64:
      if (t.kind == type_kind::real || t.kind == type_kind::double_precision || bits == 16 || bits == 32) return {};
      return bad(is_number(t) ? code::RD_LOSSY : code::RD_TYPE);
    case field_kind::decimal: {
      const int whole = f.precision - f.scale;
      if (bits != 0) return whole >= integer_digits(bits) ? verdict{} : bad(code::RD_RANGE);
      if (t.kind != type_kind::numeric) return bad(is_number(t) ? code::RD_LOSSY : code::RD_TYPE);
      if (f.scale < t.scale) return bad(code::RD_LOSSY);
      return whole >= t.length - t.scale ? verdict{} : bad(code::RD_RANGE);
    }
    case field_kind::boolean:
      return t.kind == type_kind::boolean ? verdict{} : bad(code::RD_TYPE);
    case field_kind::text:
      return t.kind == type_kind::text || t.kind == type_kind::varchar || t.kind == type_kind::enumeration
                 ? verdict{}
                 : bad(code::RD_TYPE);
    case field_kind::bytes:
      return t.kind == type_kind::bytea ? verdict{} : bad(code::RD_TYPE);
    case field_kind::timestamp:
      return t.kind == type_kind::timestamptz ? verdict{} : bad(code::RD_TYPE);
    case field_kind::date:
      return t.kind == type_kind::date ? verdict{} : bad(code::RD_TYPE);
    case field_kind::uuid:
      return t.kind == type_kind::uuid ? verdict{} : bad(code::RD_TYPE);
    case field_kind::json:
      return t.kind == type_kind::jsonb ? verdict{} : bad(code::RD_TYPE);
    case field_kind::enumeration:
      if (t.kind != type_kind::enumeration) return bad(code::RD_TYPE);
      for (const identifier& label : t.labels->labels) {
        bool known = false;
        for (const identifier& each : f.labels) known = known || each == label;
        if (!known) return bad(code::RD_ENUM, label);
      }
      return {};
    case field_kind::unknown: break;
  }
  return bad(code::RD_TYPE);
}

/// Whether a column of this type stores every value that a field can hold, unchanged. A std::string into varchar(n) is
/// accepted although it may be too long: both servers refuse such a value with an error, but for PostgreSQL's trailing
/// blanks (manual, section 8.3), and run/check_length.hpp finds it before it is sent.
constexpr verdict writing(const field_type& f, const sql_type& t) {
  using namespace detail;
  const int bits = integer_bits(t);
  switch (f.kind) {
    case field_kind::signed_integer:
    case field_kind::unsigned_integer: {
      const int needed = f.kind == field_kind::signed_integer ? f.bits : f.bits + 1;
      if (bits != 0) return bits >= needed ? verdict{} : bad(code::WR_RANGE);
      if (t.kind == type_kind::numeric)
        return t.length - t.scale >= (f.bits <= 8 ? 3 : f.bits == 64 ? (needed == 65 ? 20 : 19) : integer_digits(f.bits))
                   ? verdict{}
                   : bad(code::WR_RANGE);
      return bad(is_number(t) ? code::WR_LOSSY : code::WR_TYPE);
    }
    case field_kind::float32:
      if (t.kind == type_kind::real || t.kind == type_kind::double_precision) return {};
      return bad(is_number(t) ? code::WR_LOSSY : code::WR_TYPE);
    case field_kind::float64:
      if (t.kind == type_kind::double_precision) return {};
      return bad(is_number(t) ? code::WR_LOSSY : code::WR_TYPE);
    case field_kind::decimal:
      if (t.kind != type_kind::numeric) {
        if (bits != 0 && f.scale == 0) return f.precision <= sure_digits(bits) ? verdict{} : bad(code::WR_RANGE);
        return bad(is_number(t) ? code::WR_LOSSY : code::WR_TYPE);
      }
      if (t.scale < f.scale) return bad(code::WR_LOSSY);
      return t.length - t.scale >= f.precision - f.scale ? verdict{} : bad(code::WR_RANGE);
    case field_kind::boolean:
      return t.kind == type_kind::boolean ? verdict{} : bad(code::WR_TYPE);
    case field_kind::text:
      return t.kind == type_kind::text || t.kind == type_kind::varchar ? verdict{} : bad(code::WR_TYPE);
    case field_kind::bytes:
      return t.kind == type_kind::bytea ? verdict{} : bad(code::WR_TYPE);
    case field_kind::timestamp:
      return t.kind == type_kind::timestamptz ? verdict{} : bad(code::WR_TYPE);
    case field_kind::date:
      return t.kind == type_kind::date ? verdict{} : bad(code::WR_TYPE);
    case field_kind::uuid:
      return t.kind == type_kind::uuid || t.kind == type_kind::text ? verdict{} : bad(code::WR_TYPE);
    case field_kind::json:
      return t.kind == type_kind::jsonb ? verdict{} : bad(code::WR_TYPE);
    case field_kind::enumeration:
      if (t.kind != type_kind::enumeration) return bad(code::WR_TYPE);
      for (const identifier& each : f.labels)
        if (!t.labels->has(each)) return bad(code::WR_ENUM, each);
      return {};
    case field_kind::unknown: break;
  }
  return bad(code::WR_TYPE);
}

}  // namespace dovetail::compat
