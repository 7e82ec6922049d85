// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/finding.hpp>

/// What static tests ask of a list of findings.
namespace test {

/// The codes of the findings are exactly these, in this order.
template <class... Codes>
constexpr bool are(dovetail::array_view<dovetail::finding> found, Codes... wanted) {
  const dovetail::code codes[]{wanted..., dovetail::code{}};
  if (found.size() != sizeof...(wanted)) return false;
  for (std::size_t i = 0; i != found.size(); ++i)
    if (found[i].what != codes[i]) return false;
  return true;
}

/// So many findings have this code.
constexpr std::size_t count(dovetail::array_view<dovetail::finding> found, dovetail::code wanted) {
  std::size_t n = 0;
  for (const dovetail::finding& f : found)
    if (f.what == wanted) ++n;
  return n;
}

}  // namespace test
