// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/array_view.hpp>

using dovetail::array_view;

namespace {

constexpr int few[]{1, 2, 3};
constexpr int same[]{1, 2, 3};
constexpr int other[]{1, 2, 4};

static_assert(array_view<int>().empty() && array_view<int>().size() == 0 && array_view<int>().data() == nullptr);
static_assert(array_view<int>().begin() == array_view<int>().end());

static_assert(array_view<int>(few).size() == 3 && !array_view<int>(few).empty());
static_assert(array_view<int>(few)[2] == 3);
static_assert(array_view<int>(few, 2).end() == few + 2);

static_assert(array_view<int>(few) == array_view<int>(few));
static_assert(array_view<int>(few) == array_view<int>(same));
static_assert(!(array_view<int>(few) == array_view<int>(other)));
static_assert(!(array_view<int>(few) == array_view<int>(few, 2)), "a part at the same place is not the whole");
static_assert(array_view<int>(few, 0) == array_view<int>());
static_assert(array_view<int>(few, 2) == array_view<int>(other, 2));

constexpr int sum(array_view<int> all) {
  int total = 0;
  for (int each : all) total += each;
  return total;
}
static_assert(sum(few) == 6 && sum({}) == 0);

}  // namespace
