// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/raise.hpp>

#include <type_traits>

namespace dt = dovetail;
using dt::text_view;
using namespace dt::detail;

namespace {

// Lines come in pieces of at most 31 characters, which clang prints whole, and end after a word if they can.
constexpr text_view sentence = "declare nickname as std::optional<std::string>, or make the column not null first";
static_assert(count_pieces("") == 0);
static_assert(count_pieces("short") == 1 && piece_of("short", 0) == "short");
static_assert(count_pieces("exactly thirty-one characters..") == 1);
static_assert(count_pieces("exactly thirty-two characters...") == 2);
static_assert(piece_of(sentence, 0) == "declare nickname as ");
static_assert(piece_of(sentence, 1) == "std::optional<std::string>, or ");
static_assert(piece_of(sentence, 2) == "make the column not null first");
static_assert(count_pieces(sentence) == 3);
// A word that is longer than a piece is cut, and nothing of it is lost.
constexpr text_view word_70 = "0123456789012345678901234567890123456789012345678901234567890123456789";
static_assert(count_pieces(word_70) == 3 && piece_of(word_70, 0).size() == 31 && piece_of(word_70, 2).size() == 8);

constexpr bool whole(text_view text) {
  dt::text_buffer out;
  for (std::size_t i = 0; i != count_pieces(text); ++i) {
    if (piece_of(text, i).size() > longest_piece || piece_of(text, i).empty()) return false;
    out << piece_of(text, i);
  }
  return out.all() == text;
}
static_assert(whole(sentence) && whole(word_70) && whole("") && whole(" ") &&
              whole("a                                "));

// Exactly its length, and a NUL that is written.
static_assert(std::is_same_v<decltype(exact<2>("ab")), dt::str<3>>);
static_assert(exact<2>("ab").characters[1] == 'b' && exact<2>("ab").characters[2] == '\0');

static_assert(std::is_same_v<line_of<literal_text<"fix: add the column before this release starts">>,
                             dt::line<dt::str<28>{"fix: add the column before "}, dt::str<20>{"this release starts"}>>);
static_assert(std::is_same_v<line_of<labelled_text<"version: ", "2">>, dt::line<dt::str<11>{"version: 2"}>>);
static_assert(std::is_same_v<line_of<literal_text<"">>, dt::line<>>);

// Where nothing failed, nothing is raised.
static_assert(std::is_empty_v<raise_if<false, dt::code::SC_CHAIN>>);

}  // namespace
