// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/list.hpp>

#include <utility>

using dovetail::list;
using dovetail::array_view;

namespace {

constexpr int digits[]{1, 2, 3, 4};

constexpr list<int> counted_to(int n) {
  list<int> all;
  for (int i = 0; i != n; ++i) all.push_back(i);
  return all;
}
constexpr bool counts_to(const list<int>& all, int n) {
  if (all.size() != static_cast<std::size_t>(n)) return false;
  for (int i = 0; i != n; ++i)
    if (all[static_cast<std::size_t>(i)] != i) return false;
  return true;
}

static_assert(list<int>().empty() && list<int>().size() == 0 && list<int>().all().empty());
static_assert(list<int>().begin() == list<int>().end());

// Growing keeps what is there, at every size about the doublings.
static_assert([] {
  for (int n : {1, 15, 16, 17, 31, 32, 33, 100})
    if (!counts_to(counted_to(n), n)) return false;
  return true;
}());

// An element of the list itself, while the list grows.
static_assert([] {
  list<int> all = counted_to(16);
  all.push_back(all[7]);
  return all.size() == 17 && all.back() == 7;
}());

static_assert([] {
  list<int> all(digits);
  all.append(digits);
  all.append({});
  return all.size() == 8 && all[3] == 4 && all[4] == 1 && all.back() == 4;
}());

static_assert([] {
  list<int> all(digits);
  all.erase(1);
  if (!(all.size() == 3 && all[0] == 1 && all[1] == 3 && all[2] == 4)) return false;
  all.erase(2);
  all.erase(0);
  return all.size() == 1 && all[0] == 3;
}());

static_assert([] {
  list<int> all(digits);
  all.resize(6);
  if (!(all.size() == 6 && all[3] == 4 && all[4] == 0 && all[5] == 0)) return false;
  all.resize(2);
  return all.size() == 2 && all.back() == 2;
}());

static_assert([] {
  list<int> all(digits);
  all.clear();
  all.push_back(9);
  return all.size() == 1 && all[0] == 9;
}());

static_assert([] {
  list<int> all(digits);
  all.reserve(100);
  const int* before = all.begin();
  for (int i = 0; i != 96; ++i) all.push_back(i);
  return all.begin() == before && all.size() == 100 && all[3] == 4;
}());

// Copies are of their own; a moved list gives its elements away.
static_assert([] {
  list<int> first(digits);
  list<int> second = first;
  second[0] = 7;
  list<int> third;
  third = second;
  third = third.all().empty() ? first : third;
  list<int> fourth = std::move(second);
  first = std::move(third);
  return fourth[0] == 7 && first[0] == 7 && first.size() == 4 && second.empty();
}());

static_assert([] {
  const list<int> all(digits);
  return all.all() == array_view<int>(digits) && all.end() - all.begin() == 4;
}());

// Elements that own storage.
static_assert([] {
  list<list<int>> rows;
  for (int i = 0; i != 20; ++i) rows.push_back(counted_to(i));
  rows.erase(3);
  return rows.size() == 19 && counts_to(rows[2], 2) && counts_to(rows[3], 4) && counts_to(rows.back(), 19);
}());

}  // namespace
