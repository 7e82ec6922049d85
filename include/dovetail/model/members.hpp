// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace dovetail::detail {

/// The most members of an aggregate that are reached.
inline constexpr std::size_t most_members = 100;

/// All members of an aggregate of `Count`: `members<2>::pass(row, visit)` calls `visit(row.first, row.second)`. Structured
/// bindings, since every other way costs several times as much for each struct, Boost.PFR's tuple of references among them
/// (measured: 4.8 million instructions of g++ 12 more, for a struct of 8 members).
template <std::size_t Count>
struct members;

template <>
struct members<0> {
  template <class Row, class Visit>
  static constexpr decltype(auto) pass(Row&, Visit&& visit) {
    return visit();
  }
};

#define DOVETAIL_MEMBERS(count, ...)                                 \
  template <>                                                        \
  struct members<count> {                                            \
    template <class Row, class Visit>                                \
    static constexpr decltype(auto) pass(Row& row, Visit&& visit) {  \
      auto& [__VA_ARGS__] = row;                                     \
      return visit(__VA_ARGS__);                                     \
    }                                                                \
  };
// The members from `begin` + 1 to `begin` + 10 are x0 to x9; those before them are given, with a comma behind them.
#define DOVETAIL_MEMBERS_FROM(begin, x, ...)                                                   \
  DOVETAIL_MEMBERS(begin + 1, __VA_ARGS__ x##0)                                                \
  DOVETAIL_MEMBERS(begin + 2, __VA_ARGS__ x##0, x##1)                                          \
  DOVETAIL_MEMBERS(begin + 3, __VA_ARGS__ x##0, x##1, x##2)                                    \
  DOVETAIL_MEMBERS(begin + 4, __VA_ARGS__ x##0, x##1, x##2, x##3)                              \
  DOVETAIL_MEMBERS(begin + 5, __VA_ARGS__ x##0, x##1, x##2, x##3, x##4)                        \
  DOVETAIL_MEMBERS(begin + 6, __VA_ARGS__ x##0, x##1, x##2, x##3, x##4, x##5)                  \
  DOVETAIL_MEMBERS(begin + 7, __VA_ARGS__ x##0, x##1, x##2, x##3, x##4, x##5, x##6)            \
  DOVETAIL_MEMBERS(begin + 8, __VA_ARGS__ x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7)      \
  DOVETAIL_MEMBERS(begin + 9, __VA_ARGS__ x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7, x##8) \
  DOVETAIL_MEMBERS(begin + 10, __VA_ARGS__ DOVETAIL_TEN(x))
#define DOVETAIL_TEN(x) x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7, x##8, x##9
#define DOVETAIL_THIRTY(x, y, z) DOVETAIL_TEN(x), DOVETAIL_TEN(y), DOVETAIL_TEN(z)
DOVETAIL_MEMBERS_FROM(0, a, )
DOVETAIL_MEMBERS_FROM(10, b, DOVETAIL_TEN(a), )
DOVETAIL_MEMBERS_FROM(20, c, DOVETAIL_TEN(a), DOVETAIL_TEN(b), )
DOVETAIL_MEMBERS_FROM(30, d, DOVETAIL_THIRTY(a, b, c), )
DOVETAIL_MEMBERS_FROM(40, e, DOVETAIL_THIRTY(a, b, c), DOVETAIL_TEN(d), )
DOVETAIL_MEMBERS_FROM(50, f, DOVETAIL_THIRTY(a, b, c), DOVETAIL_TEN(d), DOVETAIL_TEN(e), )
DOVETAIL_MEMBERS_FROM(60, g, DOVETAIL_THIRTY(a, b, c), DOVETAIL_THIRTY(d, e, f), )
DOVETAIL_MEMBERS_FROM(70, h, DOVETAIL_THIRTY(a, b, c), DOVETAIL_THIRTY(d, e, f), DOVETAIL_TEN(g), )
DOVETAIL_MEMBERS_FROM(80, i, DOVETAIL_THIRTY(a, b, c), DOVETAIL_THIRTY(d, e, f), DOVETAIL_TEN(g), DOVETAIL_TEN(h), )
DOVETAIL_MEMBERS_FROM(90, j, DOVETAIL_THIRTY(a, b, c), DOVETAIL_THIRTY(d, e, f), DOVETAIL_THIRTY(g, h, i), )
#undef DOVETAIL_THIRTY
#undef DOVETAIL_TEN
#undef DOVETAIL_MEMBERS_FROM
#undef DOVETAIL_MEMBERS

}  // namespace dovetail::detail
