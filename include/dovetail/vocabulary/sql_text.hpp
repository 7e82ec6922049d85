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
/// `"Robert""; DROP TABLE customer"`: a name, whatever it holds; `"billing"."invoice"`, one in a schema.
constexpr text_buffer& operator<<(text_buffer& out, quoted q) {
  out << '"';
  for (char c : q.name) {
    if (c == '"') out << '"';
    if (c == schema_mark)
      out << "\".\"";
    else
      out << c;
  }
  return out << '"';
}
/// An expression is this name in quotes, and nothing else.
constexpr bool is_quoted(text_view expression, text_view name) {
  text_buffer out;
  return expression == (out << quoted{name}).all();
}
/// The name of something that is in the schema of a table, such as an index of it.
struct beside {
  text_view table;
  text_view name;
};
constexpr text_buffer& operator<<(text_buffer& out, beside b) {
  if (const text_view schema = schema_of(b.table); !schema.empty()) out << quoted{schema} << '.';
  return out << quoted{b.name};
}

/// `each(element)` for all, with a word between them.
template <class T, class Each>
constexpr void put_joined(auto& out, text_view word, array_view<T> all, Each each) {
  for (std::size_t i = 0; i != all.size(); ++i) {
    if (i != 0) out << word;
    each(all[i]);
  }
}

/// `"id" = NEW."customer_id" AND …`: columns, and those of a row of a trigger that they are equal to.
constexpr void put_equal(auto& out, array_view<identifier> columns, text_view row, array_view<identifier> others) {
  for (std::size_t i = 0; i != columns.size(); ++i)
    out << (i == 0 ? text_view() : text_view(" AND ")) << quoted{columns[i]} << " = " << row << quoted{others[i]};
}
/// `"customer"."id" = "address"."customer_id" AND …`: columns of two tables.
constexpr void put_equal(auto& out, text_view table, array_view<identifier> columns, text_view other,
                         array_view<identifier> others) {
  for (std::size_t i = 0; i != columns.size(); ++i)
    out << (i == 0 ? text_view() : text_view(" AND ")) << quoted{table} << '.' << quoted{columns[i]} << " = " << quoted{other}
        << '.' << quoted{others[i]};
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

/// What a name without quotes consists of. Servers take each byte beyond ASCII for a letter (PostgreSQL manual, section
/// 4.1.1: "letters with diacritical marks and non-Latin letters").
constexpr bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// A word in small letters that without quotes is none of a name in an expression, or may be none: the reserved ones of
/// PostgreSQL 15 (manual, appendix C), and those beside which an operator has its second word.
constexpr bool is_key_word(text_view word) {
  // One array of characters: each text_view of a literal would be measured by whoever includes this.
  constexpr char words[] =
      "all analyse analyze and any array as asc asymmetric at authorization between binary both case cast check "
      "collate collation column concurrently constraint create cross current_catalog current_date current_role "
      "current_schema current_time current_timestamp current_user default deferrable desc distinct do else end "
      "escape except false fetch for foreign freeze from full grant group having ilike in initially inner "
      "intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull "
      "null offset on only or order outer overlaps placing primary references returning right select session_user "
      "similar some symmetric table tablesample then to trailing true union unique unknown user using variadic "
      "verbose when where window with ";
  const text_view all(words, sizeof(words) - 1);
  for (std::size_t begin = 0, i = 0; i != all.size(); ++i) {
    if (all[i] != ' ') continue;
    if (all.substr(begin, i - begin) == word) return true;
    begin = i + 1;
  }
  return false;
}

/// Two expressions are the same but for quotes around names that need none: `email` and `"email"`.
constexpr bool same(text_view a, text_view b) {
  if (a == b) return true;
  // Where a name in quotes ends that PostgreSQL reads the same without them; 0 if none begins here.
  const auto plain_until = [](text_view text, std::size_t i) -> std::size_t {
    if (i == text.size() || text[i] != '"') return 0;
    // Behind a word it would be one with that, U&"..." is spelled otherwise, and a doubled quote is one of the name.
    if (i != 0 && (is_word_character(text[i - 1]) || text[i - 1] == '&' || text[i - 1] == '"')) return 0;
    std::size_t end = i + 1;
    while (end != text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '_' ||
                                  (text[end] >= '0' && text[end] <= '9' && end != i + 1)))
      ++end;
    if (end == text.size() || text[end] != '"' || end == i + 1) return 0;
    if (end + 1 != text.size() && text[end + 1] == '"') return 0;
    return is_key_word(text.substr(i + 1, end - i - 1)) ? 0 : end;
  };
  char quote = '\0';
  std::size_t j = 0;
  for (std::size_t i = 0; i != a.size() || j != b.size();) {
    const std::size_t end_a = quote == '\0' ? plain_until(a, i) : 0;
    const std::size_t end_b = quote == '\0' ? plain_until(b, j) : 0;
    if (end_a != 0 || end_b != 0) {
      const auto word = [](text_view text, std::size_t from, std::size_t end) {
        if (end != 0) return text.substr(from + 1, end - from - 1);
        std::size_t last = from;
        while (last != text.size() && is_word_character(text[last])) ++last;
        return text.substr(from, last - from);
      };
      const text_view name = word(a, i, end_a);
      if (!(name == word(b, j, end_b))) return false;
      i = end_a != 0 ? end_a + 1 : i + name.size();
      j = end_b != 0 ? end_b + 1 : j + name.size();
      continue;
    }
    if (i == a.size() || j == b.size() || a[i] != b[j]) return false;
    if (quote != '\0' ? a[i] == quote : a[i] == '\'' || a[i] == '"') quote = quote != '\0' ? '\0' : a[i];
    ++i;
    ++j;
  }
  return true;
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
