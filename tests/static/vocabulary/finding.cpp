// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/finding.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

template <class...>
struct silent {
  static constexpr void into(dt::list<dt::finding>&) {}
  static constexpr dt::array_view<dt::finding> findings = dt::detail::static_findings<silent>::value;
};
using nothing = silent<>;
template <code First, code Second>
struct two {
  static constexpr void into(dt::list<dt::finding>& out) {
    dt::finding f;
    f.what = First;
    f.table = "purchase";
    out.push_back(f);
    f.what = Second;
    f.step = 2;
    out.push_back(f);
  }
  static constexpr dt::array_view<dt::finding> findings = dt::detail::static_findings<two>::value;
};
using broken = two<code::RD_NULL, code::WR_NULL>;
using ordered = two<code::RO_BEGIN, code::RO_VERSION>;

static_assert(nothing::findings.empty());
static_assert(test::are(broken::findings, code::RD_NULL, code::WR_NULL));
static_assert(broken::findings[1].table == "purchase" && broken::findings[0].step == 0 &&
              broken::findings[1].step == 2);

// All sources, in their order, the empty ones included.
using all = dt::detail::joined_findings<broken, nothing, ordered>;
static_assert(test::are(all::findings, code::RD_NULL, code::WR_NULL, code::RO_BEGIN, code::RO_VERSION));
static_assert(dt::detail::joined_findings<>::findings.empty());
static_assert(dt::detail::joined_findings<nothing, nothing>::findings.empty());

static_assert(test::count(all::findings, code::RD_NULL) == 1 && test::count(all::findings, code::SC_NAME) == 0);
static_assert(!test::are(all::findings, code::RD_NULL) && test::are(nothing::findings));

// A finding of which nothing is known says nothing.
static_assert(dt::finding().subject == dt::subject_kind::none && dt::finding().release.empty() &&
              dt::finding().column_type == nullptr && dt::finding().type == nullptr && !dt::finding().inverse &&
              dt::finding().event == 0);

}  // namespace
