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
  const enumeration_labels* labels = enumeration_of(&added);
  if (labels == nullptr && !is_index(&added)) return true;
  const std::size_t before = d.findings.size();
  if (labels != nullptr) {
    d.each_table(model::table::bit_of(labels->name), [&](const model::table& t) {
      for (const part* p : t.parts)
        if (const enumeration_labels* other = enumeration_of(p);
            other != nullptr && other->name == labels->name && !(*other == *labels))
          d.report(code::SC_TYPE, table, added.name, labels->name, "declared otherwise elsewhere");
    });
    return d.findings.size() == before;
  }
  if (d.find(added.name) != nullptr) d.report(code::MG_EXISTS, table, added.name, added.name, "table");
  d.each_table(model::table::bit_of(added.name), [&](const model::table& t) {
    for (const part* p : t.parts)
      if (p->name.hash == added.name.hash && is_index(p) && p->name == added.name)
        d.report(code::MG_EXISTS, table, added.name, t.name, word(p->kind));
  });
  if (const model::table* own = d.find(table))
    for (const part* p : own->parts)
      if (p->name.hash == added.name.hash && p->kind != part_kind::column && !is_index(p) && p->name == added.name)
        d.report(code::MG_EXISTS, table, added.name, table, word(p->kind));
  return d.findings.size() == before;
}

}  // namespace dovetail::model
