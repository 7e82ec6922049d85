// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/domain.hpp>
#include <dovetail/vocabulary/identifier.hpp>
#include <dovetail/vocabulary/text.hpp>

/// Names, texts and rules as every server reads them. No name and no literal can end before its place does: names are
/// quoted with every quote in them doubled, and so are texts.
namespace dovetail::sql {

struct quoted {
  text_view name;
};
/// `"Robert""; DROP TABLE customer"`: a name, whatever it holds.
constexpr text_buffer& operator<<(text_buffer& out, quoted q) {
  out << '"';
  for (char c : q.name) {
    if (c == '"') out << '"';
    out << c;
  }
  return out << '"';
}

/// `"a", "b"`.
constexpr void put_names(text_buffer& out, array_view<identifier> names) {
  for (std::size_t i = 0; i != names.size(); ++i) out << (i == 0 ? text_view() : text_view(", ")) << quoted{names[i]};
}
/// `("a", "b")`.
constexpr void put_columns(text_buffer& out, array_view<identifier> names) {
  out << '(';
  put_names(out, names);
  out << ')';
}

/// `'it''s'`, in the standard's quoting: a backslash has no meaning of its own.
constexpr void put_text(text_buffer& out, text_view text) {
  out << '\'';
  for (char c : text) {
    if (c == '\'') out << '\'';
    out << c;
  }
  out << '\'';
}

/// The condition that a column's values obey a rule. Precondition: the limits of a range are known to the last digit.
constexpr void put_rule(text_buffer& out, text_view column, const narrowing& rule) {
  using enum narrowing::what;
  const quoted name{column};
  const auto put_limit = [&](const limit& l) {
    if (l.negative) out << '-';
    out << l.magnitude;
  };
  switch (rule.kind) {
    case nothing:
      break;
    case range:
      out << name << " BETWEEN ";
      put_limit(rule.low);
      out << " AND ";
      put_limit(rule.high);
      break;
    case labels:
      out << name << " IN (";
      for (std::size_t i = 0; i != rule.labels.size(); ++i) {
        if (i != 0) out << ", ";
        put_text(out, rule.labels[i]);
      }
      out << ')';
      break;
    case length:
      out << "length(" << name << ") <= " << rule.length;
      break;
    case pattern:
      out << name << " LIKE ";
      put_text(out, rule.pattern);
      break;
    case finite:
      out << name << " > '-infinity' AND " << name << " < 'infinity'";
      break;
  }
}

}  // namespace dovetail::sql
