// SPDX-License-Identifier: BSL-1.0
#include <dovetail/diagnose/judge.hpp>

#include <type_traits>

namespace dt = dovetail;

namespace {

// What it raises, compile_fail/ shows; here that it is quiet when there is nothing to raise, and how a line is cut.
struct sound {
  static constexpr dt::array_view<dt::finding> findings{};
};
static_assert(dt::diagnose::judge<sound>::value);
static_assert(std::is_empty_v<dt::diagnose::judge<sound>>);

struct broken {
  static constexpr dt::finding found[1]{[] {
    dt::finding f;
    f.what = dt::code::RO_NOT_LIVE;
    f.release = "7";
    return f;
  }()};
  static constexpr dt::array_view<dt::finding> findings{found};
};
using dt::diagnose::detail::line_text;
static_assert(line_text<broken, 0, 0>::value == "release 7");
static_assert(line_text<broken, 0, 1>::value == "fix: start it before, or remove the stop");
static_assert(std::is_same_v<dt::detail::line_of<line_text<broken, 0, 1>>,
                             dt::line<dt::str<26>{"fix: start it before, or "}, dt::str<16>{"remove the stop"}>>);

}  // namespace
