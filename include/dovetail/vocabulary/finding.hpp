// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/cpp_type.hpp>
#include <dovetail/vocabulary/sql_type.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// The stable codes of findings: RD a reader breaks, WR a writer breaks, DT stored data is lost or breaks a reader,
/// MG a migration cannot be done or undone, RO the order of a rollout, SC a declaration contradicts itself,
/// DL a server cannot do it. Each one's meaning and fix stand in vocabulary/findings.def.
enum class code : unsigned char {
#define DOVETAIL_FINDING(name, sentence, fix) name,
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING
};

/// What a finding says of its subject.
enum class subject_kind : unsigned char { none, reader, writer };

/// Remarks of RD_NULL, where it is not the column itself that is null.
namespace remark {
inline constexpr text_view null_by_join = "an outer join makes it null";
inline constexpr text_view null_in_array = "each element of an array may be NULL";
inline constexpr text_view null_by_expression = "its expression may be NULL";
}  // namespace remark

/// One broken rule, with the facts that its message names. What is not known stays empty.
struct finding {
  code what{};
  bool has_cause = false;
  code cause{};         ///< of a finding of the order: what breaks, which the order would have avoided
  subject_kind subject = subject_kind::none;
  text_view release;
  text_view row;        ///< the struct
  text_view field;      ///< its member
  text_view table;
  text_view object;     ///< a column, key, index or constraint of the table
  text_view version;    ///< the schema version in which it happens
  text_view unlike;     ///< a version in which it is otherwise
  text_view migration;  ///< the migration that has been applied to that version, or that is at fault
  int step = 0;         ///< of the migration, from 1
  bool inverse = false; ///< it is the step's inverse that is at fault
  int event = 0;        ///< of the rollout, from 1
  text_view other;      ///< a second name, such as the target of a foreign key
  text_view detail;     ///< a remark of the rule
  const sql_type* column_type = nullptr;
  const field_type* type = nullptr;  ///< of the field
};

namespace detail {

template <std::size_t N>
struct finding_array {
  finding array[N];
};

template <class Check>
constexpr std::size_t count_findings() {
  list<finding> found;
  Check::into(found);
  return found.size();
}
template <class Check, std::size_t Count>
struct kept_findings {
  static constexpr finding_array<Count> storage = [] {
    list<finding> found;
    Check::into(found);
    finding_array<Count> result;
    for (std::size_t i = 0; i != Count; ++i) result.array[i] = found[i];
    return result;
  }();
  static constexpr array_view<finding> value{storage.array};
};
template <class Check>
struct kept_findings<Check, 0> {
  static constexpr array_view<finding> value{};
};

/// The findings that `Check::into(list<finding>&)` reports, in static storage. Where there are none, which is nearly
/// always, the check runs once.
template <class Check>
struct static_findings : kept_findings<Check, count_findings<Check>()> {};

/// All findings of several sources, each with a static `findings`.
template <class... Sources>
struct joined_findings {
  // A loop, since clang nests fold expressions no deeper than 256.
  static constexpr void into(list<finding>& out) {
    const array_view<finding> sources[sizeof...(Sources) + 1]{Sources::findings..., {}};
    for (const array_view<finding>& each : sources)
      if (!each.empty()) out.append(each);
  }
  static constexpr array_view<finding> findings = static_findings<joined_findings>::value;
};

}  // namespace detail

}  // namespace dovetail
