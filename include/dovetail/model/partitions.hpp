// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <dovetail/model/declare.hpp>
#include <dovetail/model/partition_bounds.hpp>

/// Partitioned tables. Their rows are in partitions, which have no columns, keys or indexes of their own; releases read and
/// write the table by its name, and a unit that names a partition names no table (RD_TABLE_MISSING, WR_TABLE_MISSING). What
/// contradicts itself, or what PostgreSQL refuses, raises SC_PARTITION. PostgreSQL; elsewhere DL_UNSUPPORTED.
namespace dovetail {

namespace detail {

template <model::partition_method By, fixed_string... Columns>
struct partitioned_by {
  static constexpr model::partitioning value{
      {model::part_kind::partitioning, {}}, By, identifiers<Columns...>::value, &model::rules_of_partitions};
};
template <cell... Values>
struct cells {
  static constexpr model::default_value values[sizeof...(Values) + 1]{value_of_cell<Values>()..., {}};
  static constexpr array_view<model::default_value> value{values, sizeof...(Values)};
};
constexpr model::partition make_partition(const identifier& name, model::partition_method by) {
  model::partition p{};
  p.kind = model::part_kind::partition;
  p.name = name;
  p.by = by;
  return p;
}

}  // namespace detail

/// The table is partitioned by ranges of these columns: `partitioned_by_range<"created_at">`, among its parts. Each primary
/// key, unique constraint and unique index of it has them all (SC_PARTITION).
template <fixed_string... Columns>
struct partitioned_by_range : detail::partitioned_by<model::partition_method::range, Columns...> {};
/// By lists of values of this column: `partitioned_by_list<"country">`.
template <fixed_string Column>
struct partitioned_by_list : detail::partitioned_by<model::partition_method::list, Column> {};
/// By the remainders of a hash of these columns: `partitioned_by_hash<"customer_id">`.
template <fixed_string... Columns>
struct partitioned_by_hash : detail::partitioned_by<model::partition_method::hash, Columns...> {};

/// The first values of a range, one for each column of the partition key, as default_value<> takes them; `from<>` has no
/// beginning.
template <detail::cell... Values>
struct from : detail::cells<Values...> {};
/// The first values behind it; `until<>` has no end.
template <detail::cell... Values>
struct until : detail::cells<Values...> {};

/// A partition of rows from some values on, and before others: `range_partition<"measure_2026", from<"2026-01-01">,
/// until<"2027-01-01">>`. A day, a time and a number are compared, and ranges that overlap or are empty raise SC_PARTITION;
/// of text, uuid and numeric the server knows the order.
template <fixed_string Name, class From, class Until>
struct range_partition {
  static constexpr model::partition value = [] {
    model::partition p = detail::make_partition(identifier_of<Name>, model::partition_method::range);
    p.from = From::value;
    p.until = Until::value;
    return p;
  }();
};
/// A partition of rows with one of these values: `list_partition<"customer_eu", "de", "fr">`, null{} among them.
template <fixed_string Name, detail::cell... Values>
struct list_partition {
  static constexpr model::partition value = [] {
    model::partition p = detail::make_partition(identifier_of<Name>, model::partition_method::list);
    p.values = detail::cells<Values...>::value;
    return p;
  }();
};
/// A partition of the rows whose hash has this remainder: `hash_partition<"event_0", 4, 0>`.
template <fixed_string Name, std::uint64_t Modulus, std::uint64_t Remainder>
struct hash_partition {
  static constexpr model::partition value = [] {
    model::partition p = detail::make_partition(identifier_of<Name>, model::partition_method::hash);
    p.modulus = Modulus;
    p.remainder = Remainder;
    return p;
  }();
};
/// The partition of the rows that no other takes: `default_partition<"measure_rest">`. Without one, a writer that may send
/// others raises WR_PARTITION where that can be told. Each partition that comes later has it looked through, in the
/// background.
template <fixed_string Name>
struct default_partition {
  static constexpr model::partition value = detail::make_partition(identifier_of<Name>, model::partition_method::rest);
};

}  // namespace dovetail
