// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/vocabulary/finding.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// Characters of exactly their length and a closing NUL that is written, not implied: g++ prints the padding of a longer
/// buffer, and clang prints a string whose NUL is implied as a list of numbers (both measured).
template <std::size_t N>
struct str {
  char characters[N];
};

/// One line of a message: clang 16 to 19 cut a text after about 32 characters, so a line comes in pieces.
template <str... Pieces>
struct line {};

namespace detail {

/// A sentence, and the lines below it.
template <fixed_string Sentence, class... Lines>
struct prose {
  static constexpr void into(text_buffer& out) {
    out << Sentence;
    ((out << "\n  ", put(out, Lines{})), ...);
  }

 private:
  template <str... Pieces>
  static constexpr void put(text_buffer& out, line<Pieces...>) {
    ((out << text_view(Pieces.characters)), ...);
  }
};

}  // namespace detail

/// Its instantiation is the compile error of a finding: the code and its sentence, then the lines.
template <code Code, class... Lines>
struct raise;

#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
// The compiler takes a message that is computed (P2741): the whole finding, as prose.
template <code, std::size_t>
inline constexpr bool holds = false;

#define DOVETAIL_FINDING(name, sentence, fix)                                                          \
  template <class... Lines>                                                                            \
  struct raise<code::name, Lines...> {                                                                 \
    static_assert(holds<code::name, sizeof...(Lines)>,                                                 \
                  (detail::static_text<detail::prose<"[dovetail/" #name "] " sentence, Lines...>>::value)); \
  };
#else
/// Never true: what a failing check says of its subject are this template's arguments, which compilers print.
template <class... Lines>
inline constexpr bool holds = false;

#define DOVETAIL_FINDING(name, sentence, fix)                         \
  template <class... Lines>                                           \
  struct raise<code::name, Lines...> {                                \
    static_assert(holds<Lines...>, "[dovetail/" #name "] " sentence); \
  };
#endif
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING

namespace detail {

inline constexpr std::size_t longest_piece = 31;

/// Where the next piece of `text` ends: after a space if there is one in reach, so that no word is cut.
constexpr std::size_t piece_end(text_view text, std::size_t begin) {
  if (text.size() - begin <= longest_piece) return text.size();
  for (std::size_t end = begin + longest_piece; end > begin + longest_piece / 2; --end)
    if (text[end - 1] == ' ') return end;
  return begin + longest_piece;
}
constexpr std::size_t count_pieces(text_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i = piece_end(text, i)) ++count;
  return count;
}
constexpr text_view piece_of(text_view text, std::size_t wanted) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i != wanted; ++i) begin = piece_end(text, begin);
  return text.substr(begin, piece_end(text, begin) - begin);
}

template <std::size_t N>
constexpr str<N + 1> exact(text_view text) {
  str<N + 1> result{};
  for (std::size_t i = 0; i != N; ++i) result.characters[i] = text[i];
  result.characters[N] = '\0';
  return result;
}

template <class Text, class Indices>
struct line_of_text;
template <class Text, std::size_t... I>
struct line_of_text<Text, std::index_sequence<I...>> {
  using type = line<exact<piece_of(Text::value, I).size()>(piece_of(Text::value, I))...>;
};

/// The line that says the text `Text::value`, which has static storage.
template <class Text>
using line_of = typename line_of_text<Text, std::make_index_sequence<count_pieces(Text::value)>>::type;

/// `Dependent` puts off the error until a template is used.
template <fixed_string Text, class... Dependent>
struct literal_text {
  static constexpr text_view value = Text;
};
template <fixed_string Label, fixed_string Text>
struct labelled_text {
  static constexpr void into(text_buffer& out) { out << Label << Text; }
  static constexpr text_view value = static_text<labelled_text>::value;
};

/// `raise` where a condition holds, and otherwise nothing.
template <bool Failed, code Code, class... Lines>
struct raise_if {};
template <code Code, class... Lines>
struct raise_if<true, Code, Lines...> : raise<Code, Lines...> {};

}  // namespace detail
}  // namespace dovetail
