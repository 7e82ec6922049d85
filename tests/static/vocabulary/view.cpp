// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/view.hpp>

using dovetail::view;

namespace {

constexpr int few[]{1, 2, 3};
constexpr int same[]{1, 2, 3};
constexpr int other[]{1, 2, 4};

static_assert(view<int>().empty() && view<int>().size() == 0 && view<int>().data() == nullptr);
static_assert(view<int>().begin() == view<int>().end());

static_assert(view<int>(few).size() == 3 && !view<int>(few).empty());
static_assert(view<int>(few)[2] == 3);
static_assert(view<int>(few, 2).end() == few + 2);

static_assert(view<int>(few) == view<int>(few));
static_assert(view<int>(few) == view<int>(same));
static_assert(!(view<int>(few) == view<int>(other)));
static_assert(!(view<int>(few) == view<int>(few, 2)), "a part at the same place is not the whole");
static_assert(view<int>(few, 0) == view<int>());
static_assert(view<int>(few, 2) == view<int>(other, 2));

constexpr int sum(view<int> all) {
  int total = 0;
  for (int each : all) total += each;
  return total;
}
static_assert(sum(few) == 6 && sum({}) == 0);

}  // namespace
