// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/draft.hpp>
#include <dovetail/ddl/statement.hpp>

/// What a dialect makes of an update of rows.
namespace test {

template <class Dialect, class Version>
struct rows_script {
  dovetail::detail::script_builder script;

  constexpr rows_script(const char* table, dovetail::array_view<dovetail::model::assignment> set,
                        const char* condition) {
    dovetail::model::draft d(Version::value, {});
    d.update_rows(table, set, condition);
    for (const auto& o : d.operations()) Dialect::render(script, o, Version::value, Version::value);
  }
  constexpr dovetail::text_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : script.ends()[i - 1];
    return script.text().all().substr(begin, script.ends()[i] - begin);
  }
  constexpr const dovetail::statement& facts(std::size_t i) const { return script.facts()[i]; }
};

}  // namespace test
