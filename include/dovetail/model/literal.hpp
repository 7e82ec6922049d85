// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/model/part.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

namespace dovetail::model {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// `text` has the shape of `pattern`, in which 0 stands for a digit, x for a hexadecimal digit, and everything else for
/// itself.
constexpr bool has_shape(text_view text, text_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char p = pattern[i];
    if (p == '0' ? !is_digit(text[i]) : p == 'x' ? !is_hex_digit(text[i]) : text[i] != p) return false;
  }
  return true;
}

/// The number of digits before and after the point of `-12.50`; `valid` is false if it is no such number.
struct decimal_shape {
  bool valid = false;
  int before = 0;
  int after = 0;
};
constexpr decimal_shape shape_of_decimal(text_view text) {
  decimal_shape shape;
  std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
  bool leading = true;
  bool any = false;
  for (; i != text.size() && is_digit(text[i]); ++i) {
    any = true;
    leading = leading && text[i] == '0';
    if (!leading) ++shape.before;
  }
  if (i != text.size() && text[i] == '.')
    for (++i; i != text.size() && is_digit(text[i]); ++i) ++shape.after;
  shape.valid = any && i == text.size();
  return shape;
}

/// The number that a literal stands for. Precondition: it has the shape of a decimal.
constexpr limit limit_of(text_view text) {
  // 1.00 is 1.
  if (text.contains('.'))
    while (text[text.size() - 1] == '0') text = text.substr(0, text.size() - 1);
  const decimal_shape shape = shape_of_decimal(text);
  limit value = limit::of_digits(shape.before, shape.after != 0, text[0] == '-');
  if (shape.before >= 20) return value;
  value.magnitude = 0;
  for (std::size_t i = text[0] == '-' ? 1 : 0; i != text.size() && text[i] != '.'; ++i)
    value.magnitude = value.magnitude * 10 + static_cast<std::uint64_t>(text[i] - '0');
  return value;
}

/// `text` is a whole number that a signed integer of so many bits holds.
constexpr bool fits_integer(text_view text, int bits) {
  const decimal_shape shape = shape_of_decimal(text);
  if (!shape.valid || shape.after != 0 || text[text.size() - 1] == '.') return false;
  if (shape.before > 19) return false;
  const bool negative = text[0] == '-';
  const std::uint64_t limit = (std::uint64_t{1} << (bits - 1)) - (negative ? 0U : 1U);
  std::uint64_t value = 0;
  for (std::size_t i = negative ? 1 : 0; i != text.size(); ++i)
    value = value * 10 + static_cast<std::uint64_t>(text[i] - '0');
  return value <= limit;
}

/// A day that exists, `2024-02-29`.
constexpr bool is_date(text_view text) {
  if (!has_shape(text, "0000-00-00")) return false;
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i != count; ++i) value = value * 10 + (text[at + i] - '0');
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year == 0 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days[]{31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day <= days[month - 1];
}

/// A time of day, `12:00:00`.
constexpr bool is_time_of_day(text_view text) {
  if (!has_shape(text, "00:00:00")) return false;
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return number(0) < 24 && number(3) < 60 && number(6) < 60;
}
/// A day and a time, `2024-02-29 12:00:00`.
constexpr bool is_day_and_time(text_view text) {
  return text.size() == 19 && text[10] == ' ' && is_date(text.substr(0, 10)) && is_time_of_day(text.substr(11));
}
/// A moment in UTC, `2024-02-29 12:00:00+00`.
constexpr bool is_moment(text_view text) {
  return text.size() == 22 && is_day_and_time(text.substr(0, 19)) && text.substr(19) == "+00";
}

/// Why the column cannot store this default, or empty if it can. A default_sql is the server's to judge.
constexpr text_view default_fault(const column& c) {
  const text_view text = c.value.text;
  const literal_form form = facts_of(c.type.kind).literal;
  switch (c.value.kind) {
    case default_kind::none:
    case default_kind::next_value:
    case default_kind::expression: return {};
    case default_kind::boolean: return form == literal_form::truth ? "" : "true and false are for a boolean column";
    case default_kind::number:
    case default_kind::text: break;
  }
  const bool number = c.value.kind == default_kind::number;
  const domain range = domain_of(c.type);
  switch (form) {
    case literal_form::whole:
      if (range.high.digits == 5) return number && fits_integer(text, 16) ? "" : "not a whole number of 16 bits";
      if (range.high.digits == 10) return number && fits_integer(text, 32) ? "" : "not a whole number of 32 bits";
      return number && fits_integer(text, 64) ? "" : "not a whole number of 64 bits";
    case literal_form::decimal: {
      const decimal_shape shape = shape_of_decimal(text);
      if (!shape.valid) return "not a number such as \"12.50\"";
      if (c.type.kind != type_kind::numeric || c.type.length == 0) return {};
      if (shape.after > c.type.scale) return "more digits after the point than the column keeps";
      return shape.before > c.type.length - c.type.scale ? "more digits before the point than the column holds" : "";
    }
    case literal_form::truth: return "a boolean column takes true or false";
    case literal_form::text:
      if (number) return "a number is no text";
      return domains::count_characters(text) <= range.length ? "" : "longer than the column";
    case literal_form::date: return !number && is_date(text) ? "" : "not a day such as \"2024-02-29\"";
    case literal_form::time: return !number && is_time_of_day(text) ? "" : "not a time of day such as \"12:00:00\"";
    case literal_form::timestamp:
      return !number && is_day_and_time(text) ? "" : "not a day and a time such as \"2024-02-29 12:00:00\"";
    case literal_form::timestamptz:
      return !number && is_moment(text) ? "" : "not a moment such as \"2024-02-29 12:00:00+00\"";
    case literal_form::uuid:
      return !number && has_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
                 ? ""
                 : "not of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    case literal_form::label: return !number && c.type.labels->has(text) ? "" : "not a label of the enumeration";
    case literal_form::none: return "its type has no literal that all servers share: use default_sql";
  }
  return {};
}

/// Why raw SQL cannot stand where an expression is wanted, or empty if it can: it ends outside of every quote and
/// bracket, and holds no comment and no semicolon, so that it cannot break out of its place. This reads the quoting of
/// standard SQL, and refuses what servers read differently: a dollar sign opens PostgreSQL's other quotes; a backslash
/// opens escapes in E'' strings and on MySQL; a backtick quotes on MySQL and SQLite, and is an operator on PostgreSQL.
/// Square brackets hold a subscript on PostgreSQL and a name on SQLite, which ends at the first one that closes, so
/// that no quote in them may hold one.
constexpr text_view expression_fault(text_view expression) {
  bool any = false;
  list<char> open;
  int square = 0;
  const char* const text = expression.data();
  for (std::size_t i = 0; i != expression.size(); ++i) {
    const char c = text[i];
    if (c >= 'a' && c <= 'z') {  // most are
      any = true;
      continue;
    }
    if (c == ' ') continue;
    any = true;
    const char next = i + 1 != expression.size() ? expression[i + 1] : '\0';
    if (c == '\\') return "it holds a backslash";
    if (c == '\0') return "it holds a NUL";
    if (c == '\'' || c == '"') {
      std::size_t close = i + 1;
      // A doubled quote closes and opens again, which comes to the same.
      while (close != expression.size() && expression[close] != c) {
        if (expression[close] == '\\') return "it holds a backslash";
        if (expression[close] == '\0') return "it holds a NUL";
        if (expression[close] == ']' && square != 0) return "a quote in square brackets holds one";
        ++close;
      }
      if (close == expression.size()) return "a quote is not closed";
      i = close;
    } else if (c == '(' || c == '[') {
      open.push_back(c);
      square += c == '[';
    } else if (c == ')' || c == ']') {
      if (open.empty()) return "a bracket is closed that was not opened";
      if ((open.back() == '(') != (c == ')')) return "a bracket is closed by one of another kind";
      open.erase(open.size() - 1);
      square -= c == ']';
    } else if (c == ';') {
      return "it holds a semicolon";
    } else if (c == '$') {
      return "it holds a dollar sign";
    } else if (c == '`') {
      return "it holds a backtick";
    } else if (c == '#' || (c == '-' && next == '-') || (c == '/' && next == '*')) {
      return "it holds a comment";
    }
  }
  if (!open.empty()) return "a bracket is not closed";
  return any ? "" : "it is empty";
}

/// Raw SQL mentions this name as a word, quoted or not. A word inside a string counts too: better once too often.
constexpr bool mentions(text_view expression, text_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (name.empty() || name.size() > expression.size()) return false;
  // A text is long, and few of its characters are the name's first: those others cost one comparison or two.
  const char small = lower(name[0]);
  const char large = small >= 'a' && small <= 'z' ? static_cast<char>(small - 'a' + 'A') : small;
  const char* const text = expression.data();
  const std::size_t last = expression.size() - name.size();
  for (std::size_t i = 0; i <= last; ++i) {
    if (text[i] != small && text[i] != large) continue;
    std::size_t same = 0;
    std::size_t end = i;
    while (same != name.size() && end < expression.size() && lower(expression[end]) == lower(name[same])) {
      // A quote in a quoted name is doubled.
      end += name[same] == '"' && end + 1 < expression.size() && expression[end + 1] == '"' ? 2 : 1;
      ++same;
    }
    if (same != name.size()) continue;
    const bool begins = i == 0 || !sql::is_word_character(expression[i - 1]);
    const bool ends = end == expression.size() || !sql::is_word_character(expression[end]);
    if (begins && ends) return true;
  }
  return false;
}

/// Raw SQL without an expression_fault names this column, and nothing else of its name: in quotes, or as PostgreSQL folds
/// words to small letters, but for key words; and not before a bracket, where a function stands.
constexpr bool names_column(text_view expression, text_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  text_buffer quoted;
  quoted << sql::quoted{name};
  const std::size_t size = expression.size();
  for (std::size_t i = 0, end = 0; i != size; i = end) {
    const char c = expression[i];
    end = i + 1;
    bool same = false;
    if (c == '\'' || c == '"') {
      // A doubled quote is one of the text.
      while (expression[end] != c || (end + 1 != size && expression[end + 1] == c)) end += expression[end] == c ? 2 : 1;
      same = expression.substr(i, ++end - i) == quoted.all();
    } else if (sql::is_word_character(c)) {
      while (end != size && sql::is_word_character(expression[end])) ++end;
      same = end - i == name.size() && !sql::is_key_word(name);
      for (std::size_t j = 0; same && i + j != end; ++j) same = lower(expression[i + j]) == name[j];
    }
    std::size_t next = end;
    while (next != size && expression[next] == ' ') ++next;
    if (same && (next == size || expression[next] != '(')) return true;
  }
  return false;
}

/// Why raw SQL without an expression_fault cannot be the query of a view, or empty if it can. The columns of an asterisk
/// follow those of the table: SQLite reads them anew each time, so that a new column breaks the view, and PostgreSQL when
/// the view is created.
constexpr text_view query_fault(text_view query) {
  if (!query.contains('*')) return {};
  text_view last;  // the word or sign before; a name or text in quotes is none
  for (std::size_t i = 0; i != query.size(); ++i) {
    const char c = query[i];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') continue;
    // Others multiply, or count.
    constexpr text_view selects[]{",", ".", "select", "distinct", "all"};
    if (c == '*')
      for (text_view each : selects)
        if (mentions(last, each)) return "it selects *, and no names of columns";
    std::size_t end = i + 1;
    if (c == '\'' || c == '"')
      while (query[end++] != c) {
      }
    else
      while (sql::is_word_character(c) && end != query.size() && sql::is_word_character(query[end])) ++end;
    last = c == '\'' || c == '"' ? text_view() : query.substr(i, end - i);
    i = end - 1;
  }
  return {};
}

}  // namespace dovetail::model
