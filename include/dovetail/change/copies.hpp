// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/gradual.hpp>

/// Gradual changes between tables.
namespace dovetail {

namespace model::phases {

/// Columns of a parent as copies in its children, which stay.
template <class From, class Recipe>
struct denormalised {
  static constexpr const table* child = From::value.find(Recipe::table);
  static constexpr const foreign_key* key =
      child == nullptr ? nullptr : static_cast<const foreign_key*>(child->find(part_kind::foreign_key, Recipe::key));
  static constexpr const table* parent = key == nullptr ? nullptr : From::value.find(key->target);
  static constexpr array_view<assignment> copies = Recipe::copies;

  struct details {
    column_details of[copies.size() + 1]{};
  };
  static constexpr details kept_details = [] {
    details all{};
    for (std::size_t i = 0; parent != nullptr && i != copies.size(); ++i)
      if (const column* source = parent->find_column(identifier(copies[i].expression)))
        all.of[i].collation = source->details().collation;
    return all;
  }();
  struct columns {
    column declared[copies.size() + 1]{};  ///< as they are to be in the end
    column bare[copies.size() + 1]{};      ///< as they come and go: null
  };
  static constexpr columns kept_columns = [] {
    columns all{};
    if (parent == nullptr) return all;
    bool may_miss = false;
    for (const identifier& name : key->columns)
      if (const column* c = child->find_column(name)) may_miss = may_miss || c->nullable;
    for (std::size_t i = 0; i != copies.size(); ++i) {
      column& made = all.declared[i];
      if (const column* source = parent->find_column(identifier(copies[i].expression))) {
        made.type = source->type;
        made.nullable = source->nullable || may_miss;
        if (!kept_details.of[i].collation.empty()) made.more = &kept_details.of[i];
      }
      made.kind = part_kind::column;
      made.name = copies[i].column;
      all.bare[i] = made;
      all.bare[i].nullable = true;
    }
    return all;
  }();
  struct pointers {
    const part* array[copies.size() + 1]{};
  };
  static constexpr pointers bare_parts = [] {
    pointers p;
    for (std::size_t i = 0; i != copies.size(); ++i) p.array[i] = &kept_columns.bare[i];
    return p;
  }();
  static constexpr table bare_columns{Recipe::table, {bare_parts.array, copies.size()}};
  static constexpr sync stale{{part_kind::sync, Recipe::name}, {}, copies, sync_side::newer, false, key};

  static constexpr void report(const finding& proto, list<finding>& out) {
    if (parent != nullptr) return;
    finding f = proto;
    f.what = code::MG_TARGET;
    f.table = Recipe::table;
    f.object = child == nullptr ? text_view() : Recipe::key.text();
    f.other = child == nullptr ? text_view("table") : word(part_kind::foreign_key);
    out.push_back(f);
  }

  static constexpr change about(const change_kind& kind, const identifier& object = Recipe::name,
                                const part* declared = nullptr) {
    return {&kind, Recipe::table, object, declared};
  }
  static constexpr void expand(auto put) {
    put({&kind_of<changes::add_sync>, Recipe::table, Recipe::name, &stale, &bare_columns}, about(kind_of<changes::drop_sync>));
  }
  static constexpr void fill(auto put) {
    put(about(kind_of<changes::fill_sync>), about(kind_of<changes::retire_sync>, Recipe::name, &stale));
    for (std::size_t i = 0; i != copies.size(); ++i)
      if (!kept_columns.declared[i].nullable)
        put(about(kind_of<changes::set_not_null>, copies[i].column), about(kind_of<changes::drop_not_null>, copies[i].column));
  }
};

}  // namespace model::phases

/// Copies of a parent's columns in its children, which triggers keep equal from then on: `gradual_denormalise<"item",
/// "item_purchase_fkey", synced<"customer_name", "name">>`. The foreign key leads to the parent, and an index begins with its
/// columns. `expand` adds the columns and the triggers, `fill` copies what is there, in batches, and proves by a query that
/// every row has what its parent has; there is nothing to `contract`, since the parent keeps its columns. The copies are
/// NOT NULL where each row has a parent whose column is. Raises MG_TARGET (no such foreign key) and SC_SYNC (see `copies`).
template <fixed_string Table, fixed_string ForeignKey, class... Synced>
struct gradual_denormalise {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier key = identifier_of<ForeignKey>;
  static constexpr array_view<model::assignment> copies = detail::copies_of<newer<Synced...>>;
  static constexpr identifier name{detail::static_text<detail::sync_name<Table, ForeignKey>>::value};
  template <class From>
  using facts = model::phases::denormalised<From, gradual_denormalise>;
};

}  // namespace dovetail
