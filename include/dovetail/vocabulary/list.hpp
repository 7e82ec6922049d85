// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/array_view.hpp>

namespace dovetail {

/// A growing array for work in progress, in constant evaluation and at run time: what std::vector is, without the
/// cost of <vector> (0.16 s on g++ 12). T is default constructible and copied by assignment.
template <class T>
class list {
 public:
  constexpr list() = default;
  constexpr explicit list(array_view<T> from) { append(from); }
  constexpr list(const list& other) { append(other.all()); }
  constexpr list(list&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
  }
  constexpr list& operator=(list other) noexcept {
    swap(data_, other.data_);
    swap(size_, other.size_);
    swap(capacity_, other.capacity_);
    return *this;
  }
  constexpr ~list() { delete[] data_; }

  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* begin() { return data_; }
  constexpr T* end() { return data_ + size_; }
  constexpr const T* begin() const { return data_; }
  constexpr const T* end() const { return data_ + size_; }
  constexpr T& operator[](std::size_t i) { return data_[i]; }
  constexpr const T& operator[](std::size_t i) const { return data_[i]; }
  constexpr T& back() { return data_[size_ - 1]; }
  constexpr array_view<T> all() const { return {data_, size_}; }

  /// `value` may be an element of this list.
  constexpr void push_back(const T& value) {
    if (size_ == capacity_) {
      T kept = value;
      reserve(capacity_ < 2 ? 4 : capacity_ * 2);
      data_[size_++] = static_cast<T&&>(kept);
    } else {
      data_[size_++] = value;
    }
  }
  /// `more` is not a part of this list.
  constexpr void append(array_view<T> more) {
    if (size_ + more.size() > capacity_) {
      const std::size_t doubled = capacity_ * 2;
      reserve(size_ + more.size() > doubled ? size_ + more.size() + 2 : doubled);
    }
    for (const T& value : more) data_[size_++] = value;
  }
  /// Removes element `i`, keeping the order of the others.
  constexpr void erase(std::size_t i) {
    for (; i + 1 < size_; ++i) data_[i] = static_cast<T&&>(data_[i + 1]);
    --size_;
  }
  constexpr void resize(std::size_t size) {
    reserve(size);
    while (size_ < size) data_[size_++] = T{};
    size_ = size;
  }
  constexpr void clear() { size_ = 0; }

  constexpr void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    T* grown = new T[capacity]{};
    for (std::size_t i = 0; i != size_; ++i) grown[i] = static_cast<T&&>(data_[i]);
    delete[] data_;
    data_ = grown;
    capacity_ = capacity;
  }

 private:
  template <class U>
  static constexpr void swap(U& a, U& b) {
    U kept = a;
    a = b;
    b = kept;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace dovetail
