// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/vocabulary/list.hpp>

namespace dovetail {

/// Characters in storage that somebody else owns. Converts to std::string_view and std::string where those are
/// included; <string_view> alone costs 0.17 s on g++ 12, more than all of dovetail may.
class text_view {
 public:
  constexpr text_view() = default;
  constexpr text_view(const char* data, std::size_t size) : data_(data), size_(size) {}
  constexpr text_view(const char* closed) : data_(closed) {
    while (closed[size_] != '\0') ++size_;
  }
  constexpr text_view(array_view<char> characters) : data_(characters.data()), size_(characters.size()) {}

  constexpr const char* data() const { return data_; }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr const char* begin() const { return data_; }
  constexpr const char* end() const { return data_ + size_; }
  constexpr char operator[](std::size_t i) const { return data_[i]; }
  constexpr text_view substr(std::size_t from, std::size_t count) const { return {data_ + from, count}; }
  constexpr text_view substr(std::size_t from) const { return {data_ + from, size_ - from}; }

  constexpr bool contains(char c) const {
    for (char each : *this)
      if (each == c) return true;
    return false;
  }

  /// To std::string_view, std::string and their like.
  template <class String>
    requires requires { typename String::traits_type; }
  constexpr explicit operator String() const {
    return String(data_, size_);
  }

  friend constexpr bool operator==(text_view a, text_view b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i != a.size_; ++i)
      if (a.data_[i] != b.data_[i]) return false;
    return true;
  }

 private:
  const char* data_ = "";
  std::size_t size_ = 0;
};

/// A string literal as a template argument, as in `column<"nickname", text>`.
template <std::size_t N>
struct fixed_string {
  char characters[N]{};

  constexpr fixed_string(const char (&literal)[N]) {
    for (std::size_t i = 0; i != N; ++i) characters[i] = literal[i];
  }
  constexpr std::size_t size() const { return N - 1; }
  constexpr operator text_view() const { return {characters, N - 1}; }
};

/// Text under composition. In constant evaluation std::string cannot serve: libstdc++ 12's does not work there on clang.
class text_buffer {
 public:
  constexpr text_buffer& operator<<(text_view more) {
    characters_.append({more.data(), more.size()});
    return *this;
  }
  constexpr text_buffer& operator<<(char c) {
    characters_.push_back(c);
    return *this;
  }
  constexpr text_buffer& operator<<(std::uint64_t number) {
    char digits[20]{};
    std::size_t count = 0;
    do {
      digits[count++] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    while (count != 0) characters_.push_back(digits[--count]);
    return *this;
  }
  constexpr text_buffer& operator<<(std::int64_t number) {
    if (number < 0) *this << '-';
    // Unsigned, because the smallest number has no positive twin.
    const auto size = static_cast<std::uint64_t>(number);
    return *this << (number < 0 ? 0 - size : size);
  }
  constexpr text_buffer& operator<<(int number) { return *this << std::int64_t{number}; }

  constexpr text_view all() const { return {characters_.begin(), characters_.size()}; }
  constexpr std::size_t size() const { return characters_.size(); }
  constexpr bool empty() const { return characters_.empty(); }
  constexpr void clear() { characters_.clear(); }

 private:
  list<char> characters_;
};

namespace detail {

template <std::size_t N>
struct characters {
  char data[N + 1]{};
};

/// The text that `Compose::into(text_buffer&)` writes, in static storage of exactly its length.
template <class Compose>
struct static_text {
  static constexpr std::size_t size = [] {
    text_buffer buffer;
    Compose::into(buffer);
    return buffer.size();
  }();
  static constexpr characters<size> storage = [] {
    characters<size> result;
    text_buffer buffer;
    Compose::into(buffer);
    const char* const made = buffer.all().data();
    for (std::size_t i = 0; i != size; ++i) result.data[i] = made[i];
    return result;
  }();
  static constexpr text_view value{storage.data, size};
};

}  // namespace detail
}  // namespace dovetail
