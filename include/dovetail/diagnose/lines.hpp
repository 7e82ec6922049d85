// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/diagnose/advice.hpp>
#include <dovetail/vocabulary/finding.hpp>

namespace dovetail::diagnose {

/// `RD_NULL`.
constexpr text_view name_of(code what) {
  switch (what) {
#define DOVETAIL_FINDING(name, sentence, fix) \
  case code::name: return #name;
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING
  }
  return {};
}
/// What is wrong, in a sentence.
constexpr text_view sentence_of(code what) {
  switch (what) {
#define DOVETAIL_FINDING(name, sentence, fix) \
  case code::name: return sentence;
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING
  }
  return {};
}
/// What to do, with {words} for the facts of a finding.
constexpr text_view fix_of(code what) {
  switch (what) {
#define DOVETAIL_FINDING(name, sentence, fix) \
  case code::name: return fix;
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING
  }
  return {};
}

namespace detail {

/// The fact that a word in a fix stands for.
constexpr void put_fact(text_buffer& out, text_view word, const finding& f) {
  const auto put = [&](text_view name, text_view fact) {
    if (word == name) out << fact;
  };
  put("release", f.release);
  put("row", f.row);
  put("field", f.field);
  put("table", f.table);
  put("object", f.object);
  put("version", f.version);
  put("migration", f.migration);
  put("other", f.other);
  put("detail", f.detail);
  if (word == "keep") put_keep(out, f);
  if (word == "column_type" && f.column_type != nullptr) out << *f.column_type;
  if (word == "column_length" && f.column_type != nullptr)
    out << (f.column_type->element == nullptr ? *f.column_type : f.column_type->element->type).length;
  if (f.type == nullptr) return;
  if (word == "field_type") out << f.type->spelled;
  if (word == "mend_of_null") put_mend_of_null(out, f);
  if (f.column_type == nullptr) return;
  if (word == "mend") put_mend(out, f);
  if (word == "or_checked") put_wrapped(out, f, false, " if an error at run time is right");
  if (word == "or_approximate") put_wrapped(out, f, true, " if rounding is meant");
}

constexpr void put_fix(text_buffer& out, const finding& f) {
  const text_view instead = fix_instead(f);
  const text_view text = instead.empty() ? fix_of(f.what) : instead;
  for (std::size_t i = 0; i != text.size(); ++i) {
    if (text[i] != '{') {
      out << text[i];
      continue;
    }
    const std::size_t begin = i + 1;
    while (text[i] != '}') ++i;
    put_fact(out, text.substr(begin, i - begin), f);
  }
}

}  // namespace detail

namespace detail {

constexpr bool says(text_view text, text_view part) {
  for (std::size_t i = 0; i + part.size() <= text.size(); ++i)
    if (text.substr(i, part.size()) == part) return true;
  return false;
}

/// The kinds of lines of a message; a kind that has nothing to say is empty.
inline constexpr std::size_t line_kinds = 6;

/// Who, where, in which version, what differs, and the fix.
constexpr void put_kind_of_line(text_buffer& out, const finding& f, std::size_t line) {
  switch (line) {
    case 0:
      if (f.subject != subject_kind::none) {
        out << (f.subject == subject_kind::reader ? text_view("reader") : text_view("writer"));
        if (!f.row.empty()) out << ' ' << f.row;
        if (!f.field.empty()) out << "::" << f.field;
        if (f.type != nullptr) out << " (" << *f.type << ')';
        if (!f.release.empty()) out << " of release " << f.release;
      } else if (!f.release.empty()) {
        out << "release " << f.release;
      } else if (f.step != 0) {
        out << "migration " << f.migration << ", " << (f.inverse ? text_view("inverse of step ") : text_view("step "))
            << f.step;
      } else if (!f.migration.empty() && f.event == 0) {
        out << "migration " << f.migration;
      }
      break;
    case 1:
      if (f.table.empty()) {  // an enumeration, which is of no table, or a label of it
        if (!f.object.empty()) out << "at " << f.object;
        break;
      }
      out << (f.object.empty() ? text_view("table ") : text_view("at ")) << f.table;
      if (!f.object.empty()) out << '.' << f.object;
      if (f.column_type != nullptr) out << ", " << *f.column_type;
      break;
    case 2:
      if (f.version.empty()) break;
      out << "in version " << f.version;
      if (!f.migration.empty() && (f.event != 0 || f.step != 0 || !f.release.empty()))
        out << (f.step != 0 ? text_view(" under") : f.inverse ? text_view(" before") : text_view(" after")) << " migration "
            << f.migration;
      if (!f.unlike.empty() && !(f.unlike == f.version)) out << ", unlike version " << f.unlike;
      if (f.event != 0) out << ", event " << f.event << " of the rollout";
      break;
    case 3: {
      // What the fix says is not said twice.
      const text_view fix = fix_of(f.what);
      const text_view other = says(fix, "{other}") || says(fix, "{keep}") ? text_view() : f.other;
      const text_view detail = says(fix, "{detail}") || says(fix, "{keep}") ? text_view() : f.detail;
      if (other.empty() && detail.empty()) break;
      out << (f.what == code::RD_NULL ? text_view("since ") : text_view("about ")) << other
          << (other.empty() || detail.empty() ? text_view() : text_view(": ")) << detail;
      break;
    }
    case 4:
      if (f.has_cause) out << "because " << sentence_of(f.cause);
      break;
    default:
      out << "fix: ";
      put_fix(out, f);
      break;
  }
}

}  // namespace detail

/// The lines below a finding's sentence. The one text of a finding, for the compiler's message and for prose.
constexpr std::size_t count_lines(const finding& f) {
  std::size_t count = 0;
  for (std::size_t kind = 0; kind != detail::line_kinds; ++kind) {
    text_buffer line;
    detail::put_kind_of_line(line, f, kind);
    if (!line.empty()) ++count;
  }
  return count;
}
/// Precondition: `wanted < count_lines(f)`.
constexpr void put_line(text_buffer& out, const finding& f, std::size_t wanted) {
  for (std::size_t kind = 0;; ++kind) {
    text_buffer line;
    detail::put_kind_of_line(line, f, kind);
    if (line.empty()) continue;
    if (wanted == 0) {
      const text_view all = line.all();
      for (std::size_t i = 0; i != all.size(); ++i)
        if (all[i] != schema_mark)
          out << all[i];
        else if (i + 1 != all.size() && all[i + 1] != ' ')  // a schema itself is at the end of its name
          out << '.';
      return;
    }
    --wanted;
  }
}

}  // namespace dovetail::diagnose
