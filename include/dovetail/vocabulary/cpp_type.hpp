// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/domain.hpp>
#include <dovetail/vocabulary/sql_type.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// The type of a row's field, as a value: which values it holds.
struct field_type {
  domain holds;              ///< `holds.null`: it is a std::optional
  text_view spelled;         ///< how a user writes it, without std::optional
  bool checked = false;      ///< what it cannot hold is an error at run time: `checked<T>` says that this is meant
  bool approximate = false;  ///< rounding is meant
  bool gap = false;          ///< an enum class of which not all enumerators are seen, or vectors of it: no field of a row
  bool has_twin = false;     ///< columns of the kind `twin` store exactly these values, NULL aside: most verdicts need
  type_kind twin = type_kind::text;  ///< no look at domains then
};

constexpr text_buffer& operator<<(text_buffer& out, const field_type& type) {
  if (type.holds.null) out << "std::optional<";
  out << type.spelled;
  if (type.holds.null) out << '>';
  return out;
}

}  // namespace dovetail
