// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/dovetail.hpp>

namespace test {

/// A recipe from its first version to its last.
template <class First, class Recipe>
struct phases_of {
  using v1 = First;
  struct expand : dovetail::expand<v1, Recipe> {};
  struct v2 : dovetail::after<"2", expand> {};
  struct fill : dovetail::fill<v2, Recipe> {};
  struct v3 : dovetail::after<"3", fill> {};
  struct contract : dovetail::contract<v3, Recipe> {};
  struct v4 : dovetail::after<"4", contract> {};
  static_assert(dovetail::reversible<expand> && dovetail::reversible<fill> && dovetail::reversible<contract> && dovetail::lossless<v4>);
};

}  // namespace test
