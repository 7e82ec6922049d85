// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/diagnose/lines.hpp>
#include <dovetail/vocabulary/raise.hpp>

namespace dovetail::diagnose {

namespace detail {

/// One line of finding `I` of a check.
template <class Check, std::size_t I, std::size_t Line>
struct line_text {
  static constexpr void into(text_buffer& out) { put_line(out, Check::findings[I], Line); }
  static constexpr text_view value = dovetail::detail::static_text<line_text>::value;
};

template <class Check, std::size_t I, class Lines>
struct raise_finding;
template <class Check, std::size_t I, std::size_t... Line>
struct raise_finding<Check, I, std::index_sequence<Line...>>
    : raise<Check::findings[I].what, dovetail::detail::line_of<line_text<Check, I, Line>>...> {};

}  // namespace detail

/// Raises every finding of a check as an error of its own, when it is instantiated. `value` is true all the same: where
/// there are findings compilation has failed already, and a false one would fail a second time without saying why.
template <class Check, class Indices = std::make_index_sequence<Check::findings.size()>>
struct judge;
template <class Check, std::size_t... I>
struct judge<Check, std::index_sequence<I...>>
    : detail::raise_finding<Check, I, std::make_index_sequence<count_lines(Check::findings[I])>>... {
  static constexpr bool value = true;
};

}  // namespace dovetail::diagnose
