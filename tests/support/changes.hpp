// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/inverse.hpp>
#include <dovetail/change/migration.hpp>

#include "findings.hpp"

/// What static tests ask of a change.
namespace test {

/// One change, applied to a version: what was found, and how the tables look.
struct applied {
  dovetail::model::draft draft;

  constexpr applied(const dovetail::model::schema& before, const dovetail::model::change& c)
      : draft(before, proto(before)) {
    dovetail::model::apply(draft, c);
  }
  static constexpr dovetail::finding proto(const dovetail::model::schema& before) {
    dovetail::finding f;
    f.version = before.version;
    f.migration = "testing";
    f.step = 1;
    return f;
  }
};

/// A change raises exactly these codes, in this order.
template <class... Codes>
constexpr bool raises(const dovetail::model::schema& before, const dovetail::model::change& c, Codes... codes) {
  return are(applied(before, c).draft.findings.all(), codes...);
}
/// The first finding of a change that fails.
constexpr dovetail::finding first_finding(const dovetail::model::schema& before, const dovetail::model::change& c) {
  return applied(before, c).draft.findings[0];
}

/// The natural inverse of a change can be applied after it, and restores what stood there before.
constexpr bool comes_back(const dovetail::model::schema& before, const dovetail::model::change& c) {
  applied done(before, c);
  if (!done.draft.findings.empty()) return false;
  done.draft.begin_inverse();
  dovetail::model::apply(done.draft, natural_inverse(c, before));
  if (!done.draft.findings.empty()) return false;
  dovetail::detail::prove_restored(done.draft);
  return done.draft.findings.empty();
}

}  // namespace test
