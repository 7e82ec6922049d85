// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Findings and scripts as prose, for logs, tests and the command line. Needs fmt 9 or newer; nothing else does.

#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <dovetail/ddl/statement.hpp>
#include <dovetail/diagnose/lines.hpp>

namespace dovetail {

namespace detail {

inline std::string_view to_string_view(text_view text) { return {text.data(), text.size()}; }

}  // namespace detail

/// A finding as the compiler's message says it: the code and its sentence, then who, where, in which version, and the
/// fix, a line each.
inline std::string explain(const finding& f) {
  std::string out = fmt::format("[dovetail/{}] {}", detail::to_string_view(diagnose::name_of(f.what)),
                                detail::to_string_view(diagnose::sentence_of(f.what)));
  for (std::size_t i = 0; i != diagnose::count_lines(f); ++i) {
    text_buffer line;
    diagnose::put_line(line, f, i);
    fmt::format_to(std::back_inserter(out), "\n  {}", detail::to_string_view(line.all()));
  }
  return out;
}

/// All findings of a check, an empty line between each two: `explain(findings<compatibility<app_7, v1, v2>>)`.
inline std::string explain(array_view<finding> all) {
  std::string out;
  for (const finding& f : all) {
    if (!out.empty()) out += "\n\n";
    out += explain(f);
  }
  return out;
}

}  // namespace dovetail

/// A text, with the format of strings.
template <>
struct fmt::formatter<dovetail::text_view> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(dovetail::text_view text, Context& context) const {
    return fmt::formatter<std::string_view>::format(dovetail::detail::to_string_view(text), context);
  }
};

/// A finding as prose.
template <>
struct fmt::formatter<dovetail::finding> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const dovetail::finding& f, Context& context) const {
    return fmt::formatter<std::string_view>::format(dovetail::explain(f), context);
  }
};

/// A statement as it is sent.
template <>
struct fmt::formatter<dovetail::statement> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const dovetail::statement& s, Context& context) const {
    return fmt::formatter<std::string_view>::format(dovetail::detail::to_string_view(s.text), context);
  }
};

/// A whole script, each statement with its semicolon, as psql and sqlite3 read it; but for one that changes rows in batches,
/// which only run_script repeats: a comment says so. Throws std::logic_error where functions of C++ transform rows: no text
/// has them, and what comes after them must not be run without them.
template <>
struct fmt::formatter<dovetail::ddl_script> {
  constexpr auto parse(fmt::format_parse_context& context) { return context.begin(); }
  template <class Context>
  auto format(const dovetail::ddl_script& script, Context& context) const {
    auto out = context.out();
    for (const dovetail::statement& s : script)
      if (s.in_client)
        throw std::logic_error("dovetail: functions of C++ transform rows of " + readable<std::string>(s.table) +
                               " in this script, which no text of it has: run it with dovetail::run::run_up or run_down");
    for (const dovetail::statement& s : script) {
      if (s.batch_key != 0) out = fmt::format_to(out, "-- The next two are repeated for each batch of rows, by run_script.\n");
      out = fmt::format_to(out, "{};\n", dovetail::detail::to_string_view(s.text));
    }
    return out;
  }
};
