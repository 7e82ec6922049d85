// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

enum class field_kind : unsigned char {
  unknown,
  boolean,
  signed_integer,
  unsigned_integer,
  float32,
  float64,
  decimal,
  text,
  bytes,
  timestamp,
  date,
  uuid,
  json,
  enumeration,
};

/// The type of a row's field, as a value: which values it can hold.
struct field_type {
  field_kind kind = field_kind::unknown;
  int bits = 0;                ///< of an integer
  int precision = 0;           ///< digits of a decimal
  int scale = 0;               ///< digits of a decimal after the point
  bool optional = false;       ///< holds NULL
  text_view spelled;           ///< how a user writes it, without std::optional
  view<identifier> labels;     ///< enumerators of an enum class
};

constexpr text_buffer& operator<<(text_buffer& out, const field_type& type) {
  if (type.optional) out << "std::optional<";
  out << type.spelled;
  if (type.optional) out << '>';
  return out;
}

}  // namespace dovetail
