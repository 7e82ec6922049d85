// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// The name of a version, table, column, key or index, with a hash that is computed once: most comparisons of names in
/// a schema find them different, and then cost one step instead of one per character.
class identifier {
 public:
  constexpr identifier() = default;
  constexpr identifier(text_view text) : text_(text) {
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  constexpr identifier(const char* text) : identifier(text_view(text)) {}

  constexpr text_view text() const { return text_; }
  constexpr bool empty() const { return text_.empty(); }
  constexpr operator text_view() const { return text_; }

  friend constexpr bool operator==(const identifier& a, const identifier& b) {
    return a.hash == b.hash && a.text_ == b.text_;
  }

  /// Names of different hashes differ. A member and no function: a loop over a whole schema compares it first, and
  /// in constant evaluation a call costs several times what a comparison does.
  std::uint64_t hash = 14695981039346656037U;

 private:
  text_view text_;
};

/// The longest name that every supported server keeps whole: PostgreSQL cuts silently after 63 bytes (NAMEDATALEN - 1;
/// manual, section 4.1.1), MySQL and MariaDB refuse after 64 characters.
inline constexpr std::size_t longest_identifier = 63;

/// Why a text cannot be a name, or empty if it can. Every other character is legal, since names are always quoted.
constexpr text_view identifier_fault(text_view name) {
  if (name.empty()) return "it is empty";
  if (name.size() > longest_identifier) return "it is longer than 63 bytes";
  for (char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "it holds a control character";
  if (name[name.size() - 1] == ' ') return "it ends with a space";
  return {};
}

/// The first thing that was declared under each name; for what would else compare all names with all others.
template <class T>
class name_map {
 public:
  /// Room for `count` names.
  constexpr explicit name_map(std::size_t count) { slots_.resize(count * 2 + 1); }

  /// What was kept under this name before, or null: then `value` is kept now.
  constexpr const T* insert(const identifier& name, const T& value) {
    std::size_t at = static_cast<std::size_t>(name.hash % slots_.size());
    while (slots_[at].used) {
      if (slots_[at].name == name) return &slots_[at].value;
      if (++at == slots_.size()) at = 0;
    }
    slots_[at] = {true, name, value};
    return nullptr;
  }

 private:
  struct slot {
    bool used = false;
    identifier name;
    T value{};
  };
  list<slot> slots_;
};

/// A name from a template argument, hashed once for the whole program.
template <fixed_string Name>
inline constexpr identifier identifier_of{text_view(Name)};

namespace detail {

template <fixed_string... Names>
struct identifiers {
  static constexpr identifier array[sizeof...(Names)]{identifier_of<Names>...};
  static constexpr array_view<identifier> value{array};
};
template <>
struct identifiers<> {
  static constexpr array_view<identifier> value{};
};

}  // namespace detail
}  // namespace dovetail
