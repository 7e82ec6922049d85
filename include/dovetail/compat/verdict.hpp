// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/vocabulary/cpp_type.hpp>
#include <dovetail/vocabulary/finding.hpp>
#include <dovetail/vocabulary/sql_type.hpp>

/// What is right between a field and a column, NULL aside: one inclusion of domains each way, and the few cells in
/// which a direction matters. A verdict is stricter than the servers on purpose: PostgreSQL rounds numeric to the
/// column's scale and double to integers without a word (manual, sections 8.1.2 and 10.4).
namespace dovetail::compat {

struct verdict {
  bool ok = true;
  code what{};
  text_view label;  ///< of an enumeration, where one is missing
};

namespace detail {

constexpr tolerance tolerance_of(const field_type& f) { return {f.checked, f.approximate}; }

/// The field of an array's elements.
constexpr field_type element_of(const field_type& f) {
  return {*f.holds.element, f.spelled, f.checked, f.approximate};
}

/// Text of any form.
constexpr bool is_free_text(const domain& d) { return d.kind == family::text && !d.closed; }

}  // namespace detail

/// Whether a field can hold every value of a column: of all that its type and its checks allow, or of what its writers
/// have stored.
constexpr verdict reading(const field_type& f, const domain& column) {
  if (f.holds.kind == family::array && column.kind == family::array) {
    if (column.element->null && !f.holds.element->null) return {false, code::RD_NULL, {}};
    return reading(detail::element_of(f), *column.element);
  }
  domain stored = column;
  // Without a declared number of digits, a number that has too many is seen like one that is out of range.
  if (stored.scale == domain::unlimited) stored.scale = f.holds.scale;
  inclusion fault = includes(f.holds, stored, detail::tolerance_of(f));
  // Text may have the form of a uuid or a label, which only a look at the value tells.
  if (fault.fails == respect::kind && detail::is_free_text(column) &&
      (f.holds.kind == family::uuid || (f.holds.kind == family::label && !column.padded)))
    fault = {f.checked || f.holds.any_label ? respect::none : respect::range, {}};
  switch (fault.fails) {
    case respect::none: return {};
    case respect::range: return {false, code::RD_RANGE, {}};
    case respect::digits: return {false, code::RD_LOSSY, {}};
    case respect::length: return {false, code::RD_LEN, {}};
    case respect::label: return {false, code::RD_ENUM, fault.label};
    case respect::null:
    case respect::pattern:
    case respect::kind: break;
  }
  return {false, code::RD_TYPE, {}};
}
/// A field of the column's own type: it holds all that the column stores, also under a check, and the column stores all
/// that it sends.
constexpr bool are_twins(const field_type& f, const sql_type& t) { return f.has_twin && f.twin == t.kind; }

constexpr verdict reading(const field_type& f, const sql_type& t) {
  return are_twins(f, t) ? verdict{} : reading(f, domain_of(t));
}

/// Whether a column of this type stores every value that a field may send, unchanged. A std::string into varchar(n) is
/// accepted although it may be too long: both servers refuse such a value with an error, but for PostgreSQL's trailing
/// blanks (manual, section 8.3), and run/check_length.hpp finds it before it is sent.
constexpr verdict writing(const field_type& f, const domain& column) {
  if (f.holds.kind == family::array && column.kind == family::array)  // whose elements may all be NULL
    return writing(detail::element_of(f), *column.element);
  domain sent = f.holds;
  if (sent.kind == family::uuid && detail::is_free_text(column)) {
    sent = domains::characters(36);
    sent.padded = column.length == 36;  // which leaves no room for a blank
  }
  inclusion fault = includes(column, sent, detail::tolerance_of(f));
  if (sent.kind == family::date && column.kind == family::timestamp)
    fault = {f.approximate ? respect::none : respect::digits, {}};
  // An integer column reads no text with a point, so that the server cannot round it.
  if (sent.kind == family::number && sent.scale != 0 && column.kind == family::number && !column.decimal)
    fault = {respect::digits, {}};
  if (fault.fails == respect::length && detail::is_free_text(sent) && sent.length == domain::unlimited) return {};
  switch (fault.fails) {
    case respect::none: return {};
    case respect::range: return {false, code::WR_RANGE, {}};
    case respect::digits: return {false, code::WR_LOSSY, {}};
    case respect::length: return {false, code::WR_LEN, {}};
    case respect::label: return {false, code::WR_ENUM, fault.label};
    case respect::null:
    case respect::pattern:
    case respect::kind: break;
  }
  return {false, code::WR_TYPE, {}};
}
constexpr verdict writing(const field_type& f, const sql_type& t) {
  return are_twins(f, t) ? verdict{} : writing(f, domain_of(t));
}

}  // namespace dovetail::compat
