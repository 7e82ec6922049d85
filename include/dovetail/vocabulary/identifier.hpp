// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// The name of a version, table, column, key or index, with a hash that is computed once: most comparisons of names in
/// a schema find them different, and then cost one step. Those that find them equal cost a few more, and not one for each
/// character, of which each costs g++ some 10 us: of names of up to 16 characters, which most are, nothing is lost.
class identifier {
 public:
  constexpr identifier() = default;
  constexpr identifier(const char* data, std::size_t size) : data_(data), size_(size) {
    const char* const end = data + size;
    const char* const ninth = size < 8 ? end : data + 8;
    std::uint64_t first = 0;
    for (; data != ninth; ++data) first = first << 8 | static_cast<unsigned char>(*data);
    for (; data != end; ++data) rest_ = rest_ << 8 | static_cast<unsigned char>(*data);
    // Both factors are odd, so that `hash` and `rest_` together tell `first`.
    hash = (first ^ rest_ * 0xC2B2AE3D27D4EB4FU) * 0x9E3779B97F4A7C15U;
  }
  constexpr identifier(text_view text) : identifier(text.data(), text.size()) {}
  constexpr identifier(const char* text) : identifier(text_view(text)) {}

  constexpr text_view text() const { return {data_, size_}; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr operator text_view() const { return {data_, size_}; }

  friend constexpr bool operator==(const identifier& a, const identifier& b) {
    return a.hash == b.hash && a.rest_ == b.rest_ && a.size_ == b.size_ && (a.size_ <= 16 || a.text() == b.text());
  }

  /// Names of different hashes differ. A member and no function: a loop over a whole schema compares it first, and
  /// in constant evaluation a call costs several times what a comparison does.
  std::uint64_t hash = 0;

 private:
  std::uint64_t rest_ = 0;  ///< the characters from the ninth on, or the last eight of them
  const char* data_ = "";
  std::size_t size_ = 0;
};

constexpr bool contains(array_view<identifier> all, const identifier& wanted) {
  for (const identifier& each : all)
    if (each.hash == wanted.hash && each == wanted) return true;
  return false;
}

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

/// Stands in the name of what is in a schema of the server's, between the two names; what is declared otherwise holds none.
inline constexpr char schema_mark = '\x1f';
/// The place of the mark; the size of a name without one.
constexpr std::size_t place_of_schema_mark(text_view name) {
  const char* at = name.begin();
  const char* const end = name.end();
  while (at != end && *at != schema_mark) ++at;
  return static_cast<std::size_t>(at - name.begin());
}
/// The schema that a name says; empty if it says none.
constexpr text_view schema_of(text_view name) {
  const std::size_t at = place_of_schema_mark(name);
  return at == name.size() ? text_view() : name.substr(0, at);
}
constexpr text_view without_schema(text_view name) {
  const std::size_t at = place_of_schema_mark(name);
  return at == name.size() ? name : name.substr(at + 1);
}

/// A name as people read it: `billing.invoice`.
template <class String>
String readable(text_view name) {
  String result(name);
  for (char& c : result)
    if (c == schema_mark) c = '.';
  return result;
}

/// A name made of another: its beginning, in whole characters, and an end, of no more bytes than a name may have; in the
/// same schema.
constexpr void put_shortened(text_buffer& out, text_view name, text_view end) {
  std::size_t size = name.size();
  while (without_schema(name.substr(0, size)).size() + end.size() > longest_identifier ||
         (size != name.size() && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U))
    --size;
  out << name.substr(0, size) << end;
}

/// A name that says no schema, made of one that may: `billing_invoice`. What stands on a table, such as a trigger, is in none.
constexpr text_buffer& put_flat(text_buffer& out, text_view name) {
  for (char c : name) out << (c == schema_mark ? '_' : c);
  return out;
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

/// The name of something in a schema of PostgreSQL's, wherever a name is asked for: `table<in_schema<"billing", "invoice">,
/// …>`, `references<in_schema<"billing", "invoice">, "id">`, `reads<in_schema<"billing", "invoice">, card>`. The schema is
/// declared as named_schema<"billing"> (SC_SCHEMA). A name without one is looked up, and made, where the server's search_path
/// says.
template <fixed_string Schema, fixed_string Name>
inline constexpr auto in_schema = [] {
  constexpr std::size_t begin = Schema.size() == 0 ? 0 : Schema.size() + 1;
  char text[begin + Name.size() + 1]{};
  for (std::size_t i = 0; i != Schema.size(); ++i) text[i] = Schema.characters[i];
  if constexpr (begin != 0) text[begin - 1] = schema_mark;
  for (std::size_t i = 0; i != Name.size(); ++i) text[begin + i] = Name.characters[i];
  return fixed_string<sizeof(text)>(text);
}();

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
