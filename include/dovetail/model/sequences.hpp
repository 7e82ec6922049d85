// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <dovetail/model/declare.hpp>

/// Sequences: numbers that the server hands out, each once, to whoever asks. They are objects of a version, as tables are.
namespace dovetail {

namespace detail {
/// A sequence, of which something may not be said yet.
struct sequence_options : model::sequence {
  bool starts = false;
  bool has_min = false;
  bool has_max = false;
};
}  // namespace detail

/// The first number. Without it, it is the minimum, or the maximum of a sequence that goes down.
template <std::int64_t Number>
struct start_with {
  static constexpr void apply(detail::sequence_options& s) {
    s.start = Number;
    s.starts = true;
  }
};
/// From one number to the next; a negative one goes down. Without it, 1.
template <std::int64_t Number>
struct increment_by {
  static constexpr void apply(detail::sequence_options& s) { s.increment = Number; }
};
/// The smallest number. Without it, it is 1, or the type's smallest of a sequence that goes down.
template <std::int64_t Number>
struct min_value {
  static constexpr void apply(detail::sequence_options& s) {
    s.min = Number;
    s.has_min = true;
  }
};
/// The largest number. Without it, it is the type's, or -1 of a sequence that goes down.
template <std::int64_t Number>
struct max_value {
  static constexpr void apply(detail::sequence_options& s) {
    s.max = Number;
    s.has_max = true;
  }
};
/// So many numbers are kept ready for each session, which leaves out those that it does not use. Without it, 1.
template <std::int64_t Number>
struct cache {
  static constexpr void apply(detail::sequence_options& s) { s.cache = Number; }
};
/// After the last number comes the first one again. Without it, whoever asks for one more is refused.
struct cycle {
  static constexpr void apply(detail::sequence_options& s) { s.cycles = true; }
};
/// The sequence is of a column: `owned_by<"invoice", "number">`. While it is, the column and its table are neither dropped
/// nor renamed, and the column keeps its type (MG_DEPENDENT): alter_sequence without it comes before.
template <fixed_string Table, fixed_string Column>
struct owned_by {
  static constexpr void apply(detail::sequence_options& s) {
    s.owner = identifier_of<Table>;
    s.owner_column = identifier_of<Column>;
  }
};

namespace detail {
template <class Type, class... Options>
inline constexpr model::sequence sequence_of = [] {
  sequence_options s{};
  s.kind = model::part_kind::sequence;
  s.type = Type::type.kind;
  (Options::apply(s), ...);
  const std::int64_t largest = s.type == type_kind::smallint  ? INT16_MAX
                               : s.type == type_kind::integer ? INT32_MAX
                                                              : INT64_MAX;
  const bool down = s.increment < 0;
  if (!s.has_min) s.min = down ? -largest - 1 : 1;
  if (!s.has_max) s.max = down ? -1 : largest;
  if (!s.starts) s.start = down ? s.max : s.min;
  return static_cast<const model::sequence&>(s);
}();
}  // namespace detail

/// A sequence, among the tables of a version: `struct invoice_number : dt::sequence<"invoice_number", dt::bigint,
/// dt::start_with<1000>, dt::increment_by<10>> {};`, with any of start_with, increment_by, min_value, max_value, cache,
/// cycle and owned_by. Its type is smallint, integer or bigint. Its numbers have gaps: who is rolled back does not give his
/// back. create_sequence, alter_sequence, rename_sequence and drop_sequence make, change and drop it. Raises SC_SEQUENCE.
/// PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Name, class Type, class... Options>
struct sequence {
  static_assert(sizeof(Type) != 0);  // for its own errors, before it is asked for more
  static constexpr const model::part* parts[]{&detail::sequence_of<Type, Options...>};
  static constexpr model::table value{identifier_of<Name>, parts};
};

/// The default of a column that is the next number of a sequence: `column<"number", bigint, next_value_of<"invoice_number">>`.
/// Writers may omit the column. Raises SC_SEQUENCE: there is no such sequence, or it gives numbers that the column cannot
/// store.
template <fixed_string Sequence>
struct next_value_of {
  static constexpr void apply(model::column& c) { c.value = {model::default_kind::next_value, Sequence}; }
};

}  // namespace dovetail
