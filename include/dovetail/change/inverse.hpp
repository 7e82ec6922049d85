// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/changes.hpp>
#include <dovetail/change/partitions.hpp>

/// What would undo a change, where nobody has declared it. Steps declare theirs, which is proven; this is for tools and
/// tests, and no other header includes it, since it compiles every kind of change.
namespace dovetail::model {

/// The same, of a change of one of these kinds.
template <class... Rules>
constexpr change inverse_by(const change& c, const schema& before) {
  change found{};
  const auto is_of = [&]<class Kind>(const Kind&) {
    if (c.kind == &kind_of<Kind>) found = Kind::inverse(c, before);
    return c.kind == &kind_of<Kind>;
  };
  static_cast<void>((is_of(Rules{}) || ...));
  return found;
}

/// The change that restores the schema after `c`, which is applied to `before`; of a change that cannot be done there, any.
constexpr change natural_inverse(const change& c, const schema& before) {
  using namespace changes;
  return inverse_by<set_default, set_not_null, drop_not_null, set_identity, set_type, set_collation,
                            set_column_comment, set_comment, add_column, drop_column, rename_column, add_constraint,
                            drop_constraint, rename_constraint, set_deferrable, keep_rows, backfill, clear_column,
                            insert_rows, delete_rows, run_sql, add_label, drop_label, rename_label, add_index, drop_index,
                            rename_index, add_sync, drop_sync, fill_sync, retire_sync, add_twin, swap, create_table,
                            drop_table, rename_table, rename_behind_alias, rename_to_alias, add_trigger, drop_trigger,
                            rename_trigger, create_view, drop_view, replace_view, create_sequence, drop_sequence,
                            rename_sequence, alter_sequence, create_schema, drop_schema, set_schema, create_partition, drop_partition,
                            attach_partition, detach_partition, partition_table, unpartition_table>(c, before);
}

}  // namespace dovetail::model
