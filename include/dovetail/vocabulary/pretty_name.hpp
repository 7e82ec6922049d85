// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/text.hpp>

namespace dovetail::detail {

/// The compiler's text of this function with T in it.
template <class T>
constexpr text_view signature_of_type() {
#if defined(__clang__) || defined(__GNUC__)
  return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#else
#error "dovetail reads the names of structs from __PRETTY_FUNCTION__: use g++ 12 or newer, or clang 16 or newer"
#endif
}

template <auto Value>
constexpr text_view signature_of_value() {
  return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}

constexpr bool in_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The last identifier of a text, such as `full_name` of `[Value = (& probe<card>.card::full_name)]`; empty where the
/// text ends in something else, such as `(status)7`. Read from the end, which is where the wanted name stands.
constexpr text_view last_identifier(text_view text) {
  std::size_t end = text.size();
  while (end != 0 && (text[end - 1] == ']' || text[end - 1] == ')' || text[end - 1] == '}')) --end;
  std::size_t begin = end;
  while (begin != 0 && in_identifier(text[begin - 1])) --begin;
  if (begin != end && text[begin] >= '0' && text[begin] <= '9') return {};
  if (begin != 0 && text[begin - 1] == ')') return {};
  return text.substr(begin, end - begin);
}

/// Where the type stands in its signature: "… [with T = shop::card]" on g++, "… [T = shop::card]" on clang.
inline constexpr std::size_t type_begin = [] {
  constexpr text_view signature = signature_of_type<void>();
  std::size_t i = signature.size();
  while (signature[i - 1] != ' ') --i;
  return i;
}();

/// The name of a class without its namespaces: `card`. Of a specialisation, the whole with its arguments.
constexpr text_view read_type_name(text_view signature) {
  const char* const begin = signature.data() + type_begin;
  const char* const end = signature.data() + signature.size() - 1;
  const char* name = end;
  if (end[-1] == '>') {
    // Namespaces end before the first angle bracket.
    name = begin;
    for (const char* p = begin; p != end && *p != '<'; ++p)
      if (*p == ':' || *p == ' ') name = p + 1;
  } else {
    while (name != begin && name[-1] != ':' && name[-1] != ' ') --name;
  }
  return {name, static_cast<std::size_t>(end - name)};
}

template <class T>
inline constexpr text_view type_name = read_type_name(signature_of_type<T>());

}  // namespace dovetail::detail
