// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/model/declare.hpp>
#include <dovetail/model/row.hpp>
#include <dovetail/vocabulary/identifier.hpp>

namespace dovetail {

namespace model {

enum class unit_kind : unsigned char { reads, inserts, updates };

/// A statement of a deployed binary: a struct that it reads from a table, or writes to it.
struct unit {
  unit_kind kind = unit_kind::reads;
  identifier table;
  const row* fields = nullptr;
  view<identifier> columns;  ///< one for each field
  view<identifier> key;      ///< of an update: the columns that its WHERE names

  constexpr bool writes() const { return kind != unit_kind::reads; }
};

struct release {
  identifier name;
  view<const unit*> units;
};

}  // namespace model

/// Binds a member of the struct to a column of another name: `field<&card::full_name, "name">`.
template <auto Member, fixed_string Column>
struct field {
  static constexpr identifier member{detail::last_identifier(detail::signature_of_value<Member>())};
  static constexpr identifier column = identifier_of<Column>;
};

/// The columns by which an update finds its rows: `updates<"customer", renaming, key<"id">>`. The struct carries them,
/// else WR_KEY.
template <fixed_string... Columns>
struct key {
  static constexpr view<identifier> columns = detail::identifiers<Columns...>::value;
};

namespace detail {

template <class Option>
concept renames_field = requires { Option::member; };

template <class Option>
constexpr void rename_column(const identifier& field, identifier& column) {
  if constexpr (renames_field<Option>)
    if (Option::member == field) column = Option::column;
}

template <class Row, class... Options>
struct unit_columns {
  static constexpr std::size_t count = row_of<Row>.fields.size();
  struct names {
    identifier array[count + 1];
  };
  static constexpr names renamed = [] {
    names result{};
    for (std::size_t i = 0; i != count; ++i) {
      const identifier& name = row_of<Row>.fields[i].name;
      result.array[i] = name;
      (rename_column<Options>(name, result.array[i]), ...);
    }
    return result;
  }();
  static constexpr view<identifier> value{renamed.array, count};
};

template <class... Options>
struct unit_key {
  static constexpr view<identifier> value{};
};
template <fixed_string... Columns, class... Options>
struct unit_key<dovetail::key<Columns...>, Options...> {
  static constexpr view<identifier> value = dovetail::key<Columns...>::columns;
};
template <class Option, class... Options>
struct unit_key<Option, Options...> : unit_key<Options...> {};

template <model::unit_kind Kind, fixed_string Table, class Row, class... Options>
struct unit : must_be_row<Row> {
  using row_type = Row;
  static constexpr model::unit value{Kind, identifier_of<Table>, &row_of<Row>, unit_columns<Row, Options...>::value,
                                     unit_key<Options...>::value};
};

}  // namespace detail

/// SELECTs the struct's columns, by name, from a table: `reads<"customer", card>`. Other columns do not matter. Findings:
/// RD_TABLE_MISSING, RD_COL_MISSING, RD_NULL, RD_TYPE, RD_RANGE, RD_LOSSY, RD_ENUM.
template <fixed_string Table, class Row, class... Options>
struct reads : detail::unit<model::unit_kind::reads, Table, Row, Options...> {};
/// INSERTs the struct's columns, by name; every other column has to be optional (WR_REQUIRED). Findings:
/// WR_TABLE_MISSING, WR_COL_MISSING, WR_REQUIRED, WR_NULL, WR_TYPE, WR_RANGE, WR_LOSSY, WR_ENUM, WR_GENERATED.
template <fixed_string Table, class Row, class... Options>
struct inserts : detail::unit<model::unit_kind::inserts, Table, Row, Options...> {};
/// UPDATEs the struct's columns where its `key<…>` columns are equal: `updates<"customer", renaming, key<"id">>`.
/// Findings: those of a writer, and WR_KEY.
template <fixed_string Table, class Row, class... Options>
struct updates : detail::unit<model::unit_kind::updates, Table, Row, Options...> {};

/// A deployed binary: `struct app_7 : dt::release<"7", unit…> {};`
template <fixed_string Name, class... Units>
struct release {
  // A unit that is none is an error of the release that lists it, which is nearer than the first check.
  using made = std::index_sequence<sizeof(Units)...>;
  static constexpr model::release value{identifier_of<Name>, detail::pointers_to<model::unit, Units...>::value};
};

}  // namespace dovetail
