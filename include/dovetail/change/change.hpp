// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/draft.hpp>
#include <dovetail/model/schema.hpp>

namespace dovetail::model {

/// Every kind of change. What each one does stands in the header of its name.
enum class change_kind : unsigned char { add_column, drop_column, create_table, drop_table, add_index, drop_index };

/// A change as a value. Which members a kind uses, its header says.
struct change {
  change_kind kind;
  identifier table;
  identifier object;                   ///< the column or index that it is about
  const part* declared = nullptr;      ///< the column or index that it adds
  const model::table* created = nullptr;  ///< the table that it creates
};

/// The rules of one kind of change, together in its header:
/// `name` as users write it; `destroys`, whether stored values are gone afterwards; `apply`, what it does to a schema
/// (reporting findings instead, where it cannot); `inverse`, the change that restores the schema, given the table
/// before (null if it does not exist).
template <change_kind Kind>
struct effect;

/// Reports what a new part of `table` shares with the tables that exist, and may not: as an index its name with another
/// index, with a table or with a constraint of its own table (MG_EXISTS), an enumeration of one name and other labels
/// (SC_TYPE). To be called before the part is added; false if it may not be.
constexpr bool check_shared_names(draft& d, const identifier& table, const part& added) {
  const column* c = as_column(&added);
  const enumeration_labels* labels = c != nullptr && c->type.kind == type_kind::enumeration ? c->type.labels : nullptr;
  if (labels == nullptr && !is_index(&added)) return true;
  bool free = true;
  d.each_table([&](const model::table& t) {
    if (labels == nullptr && t.name == added.name) {
      d.report(code::MG_EXISTS, table, added.name, t.name, "table");
      free = false;
    }
    for (const part* p : t.parts) {
      if (labels == nullptr) {
        const bool shares = is_index(p) || (t.name == table && p->kind != part_kind::column);
        if (!shares || !(p->name == added.name)) continue;
        d.report(code::MG_EXISTS, table, added.name, t.name, word(p->kind));
        free = false;
      } else if (const column* other = as_column(p); other != nullptr && other->type.kind == type_kind::enumeration &&
                                                     other->type.labels->name == labels->name &&
                                                     !(*other->type.labels == *labels)) {
        d.report(code::SC_TYPE, table, added.name, labels->name, "declared otherwise elsewhere");
        free = false;
      }
    }
  });
  return free;
}

}  // namespace dovetail::model
