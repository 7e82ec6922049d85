// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/extract.hpp>

/// Groups of columns that become rows of a table of their own.
namespace dovetail {

namespace model::phases {

/// Each group of columns becomes a row of the new table, which a discriminator tells from the others.
template <class From, class Recipe>
struct extracted_rows : columns_to_table<From, Recipe, extracted_rows<From, Recipe>> {
  using base = columns_to_table<From, Recipe, extracted_rows>;
  using base::key;
  using base::subject;
  static constexpr const column& discriminator = Recipe::discriminator;
  static constexpr array_view<column_group> groups = Recipe::groups;
  static constexpr array_view<identifier> columns = Recipe::new_columns;

  struct key_columns {
    identifier all[key.size() + 1]{};
  };
  static constexpr key_columns own_key_columns = [] {
    key_columns made;
    for (std::size_t i = 0; i != key.size(); ++i) made.all[i] = key[i];
    made.all[key.size()] = discriminator.name;
    return made;
  }();
  /// As every server calls it; of the types that a discriminator has.
  struct type_text {
    static constexpr void into(text_buffer& out) {
      switch (discriminator.type.kind) {
        case type_kind::smallint: out << "smallint"; break;
        case type_kind::integer: out << "integer"; break;
        case type_kind::bigint: out << "bigint"; break;
        case type_kind::varchar:
          out << "varchar(" << static_cast<std::uint64_t>(discriminator.type.length) << ')';
          break;
        default: out << "text";
      }
    }
  };
  static constexpr extraction names{Recipe::table, Recipe::part, Recipe::shadow, Recipe::changes, key, groups, own_key_columns.all, columns,
                                    subject.find_partitioning() != nullptr, dovetail::detail::static_text<type_text>::value};
  static constexpr bool is_carried(const part&) { return false; }
  static constexpr bool is_index_carried(const part&) { return false; }

  static constexpr model::key own_key{{part_kind::primary_key, {}}, own_key_columns.all};
  struct values_text {
    static constexpr void into(text_buffer& out) {
      out << sql::quoted{discriminator.name} << " IN (";
      sql::put_joined(out, ", ", groups, [&](const column_group& g) { out << g.value; });
      out << ')';
    }
  };
  /// The way back has a place for no other row.
  static constexpr check values{{part_kind::check, Recipe::values},
                                dovetail::detail::static_text<values_text>::value,
                                Recipe::labels.empty() ? identifier() : discriminator.name,
                                Recipe::labels.empty() ? narrowing() : narrowing{narrowing::what::labels, {}, {}, Recipe::labels, 0, {}}};
  struct columns_of_part {
    column all[key.size() + 1 + columns.size()]{};
  };
  static constexpr columns_of_part new_columns = [] {
    columns_of_part made;
    column* next = made.all;
    for (const identifier& each : key) *next++ = base::copy_of(each, each, false);
    *next++ = discriminator;
    for (std::size_t i = 0; i != columns.size(); ++i) *next++ = base::copy_of(groups[0].columns[i], columns[i], columns.size() != 1);
    return made;
  }();
  struct part_pointers {
    const part* array[key.size() + columns.size() + 6]{};
    std::size_t size = 0;
  };
  static constexpr part_pointers new_parts = [] {
    part_pointers p;
    for (const column& each : new_columns.all) p.array[p.size++] = &each;
    p.array[p.size++] = &own_key;
    p.array[p.size++] = &base::reference;
    if (columns.size() != 1) p.array[p.size++] = &base::some;
    p.array[p.size++] = &values;
    p.array[p.size] = &base::writes;
    return p;
  }();

  static constexpr void report_more(draft& d) {
    const auto refuse = [&](text_view object, text_view why) { d.report(code::MG_EXTRACTED, Recipe::part, object, {}, why); };
    const type_kind type = discriminator.type.kind;
    if (!is_whole(discriminator.type) && type != type_kind::text && type != type_kind::varchar)
      refuse(discriminator.name, "make the discriminator text, varchar, smallint, integer or bigint");
    if (discriminator.optional() || discriminator.more != nullptr)
      refuse(discriminator.name, "declare the discriminator without options: it is NOT NULL, and whoever inserts a row says which one it is");
    for (std::size_t i = 0; i != columns.size(); ++i)
      if (contains(own_key_columns.all, columns[i]) || is_among(columns, i)) refuse(columns[i], "another name for one of them: two columns of the new table have this one");
    if (contains(key, discriminator.name)) refuse(discriminator.name, "another name for one of them: two columns of the new table have this one");
    for (std::size_t i = 0; i != groups.size(); ++i) {
      column stored = discriminator;
      stored.value = Recipe::values_of_rows[i];
      if (const text_view fault = default_fault(stored); !fault.empty()) refuse(groups[i].value, fault);
      for (std::size_t j = 0; j != i; ++j)
        if (Recipe::values_of_rows[j] == stored.value) refuse(groups[i].value, "give each row_of a value of its own: its rows are told apart by it");
      if (groups[i].columns.size() != columns.size())
        refuse(groups[i].value, "name in row_of a column of the table for each of columns<>, in their order");
    }
    for (std::size_t i = 0; i != base::old_columns.size(); ++i)
      if (is_among(base::old_columns, i)) refuse(base::old_columns[i], "name each column of the table once: what it stores is stored in one row");
    if (!d.findings.empty()) return;
    for (const column_group& g : groups)
      for (std::size_t i = 0; i != columns.size(); ++i) {
        const column& c = *subject.find_column(g.columns[i]);
        if (is_document(c.type))
          base::report_fault(d, Recipe::table, c, "leave the document out: what releases make of one is followed from column to column, as gradual_extract_table has them");
        else if (!difference(*subject.find_column(groups[0].columns[i]), c).empty())
          base::report_fault(d, Recipe::table, c, "give the columns that become one the same type, collation and comment before");
      }
  }
  /// The same as one before it.
  static constexpr bool is_among(array_view<identifier> all, std::size_t i) { return contains({all.data(), i}, all[i]); }
  static constexpr bool is_document(const sql_type& type) {
    return type.kind == type_kind::jsonb || (type.kind == type_kind::array && is_document(type.element->type));
  }
};

}  // namespace model::phases

namespace detail {

template <literal Value>
struct sql_of_literal {
  static constexpr model::default_value value{Value.kind, text_of_literal<Value>()};
  static constexpr void into(text_buffer& out) {
    if (value.kind == model::default_kind::text)
      sql::put_text(out, value.text);
    else
      out << value.text;
  }
};
template <class Discriminator, class Columns, class... Rows>
consteval bool are_rows_to_extract() {
  if constexpr (declares<Discriminator, model::column> && names_columns<Columns> && (requires { model::column_group(Rows::group); } && ...))
    return sizeof...(Rows) != 0 && !Columns::value.empty();
  else
    return false;
}
template <bool Right>
struct rows_to_extract_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] gradual_extract_rows takes the discriminator as a column, columns<\"a\", \"b\"> of the new table, and row_of<\"value\", \"column\", \"column\"> for each of its rows");
};
template <fixed_string Part, class Discriminator>
struct values_rule {
  static constexpr void into(text_buffer& out) {
    text_buffer name;
    put_flat(name, Part) << '_' << Discriminator::value.name;
    put_shortened(out, name.all(), "_check");
  }
};

}  // namespace detail

/// One row of the new table for each of the old one: the value of its discriminator, and the columns of the old table
/// that its columns are.
template <detail::literal Value, fixed_string... Columns>
struct row_of {
  static constexpr model::default_value value = detail::sql_of_literal<Value>::value;
  static constexpr model::column_group group{detail::static_text<detail::sql_of_literal<Value>>::value, detail::identifiers<Columns...>::value};
};

/// Repeated groups of columns as rows of a table of their own: `gradual_extract_rows<"customer", "phone", column<"kind",
/// text>, columns<"number">, row_of<"home", "home_phone">, row_of<"work", "work_phone">>`, whose primary key is that of the
/// old table and the discriminator. A row is there where not all columns of its group are NULL (several columns get a check
/// that says so, one is NOT NULL), and goes with the other row (ON DELETE CASCADE); a check allows no other value of the
/// discriminator, so that there is a way back. The phases are those of gradual_extract_table. Until `contract` an UPDATE of
/// the new table fails with 40001 where another transaction has changed the row meanwhile, and is to be tried again. Raises
/// MG_EXTRACTED (a column is NOT NULL, or has a default, or is of another type than that of another row; two rows have one
/// value), MG_DEPENDENT (what else stands on the columns), MG_TARGET and MG_EXISTS. PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Table, fixed_string NewTable, class Discriminator, class Columns, class... Rows>
struct gradual_extract_rows {
  static_assert(sizeof(Discriminator) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::rows_to_extract_parameter<detail::are_rows_to_extract<Discriminator, Columns, Rows...>()>) != 0);
  template <class>
  using facts = model::phases::no_recipe;
};
template <fixed_string Table, fixed_string NewTable, class Discriminator, class Columns, class... Rows>
  requires(detail::are_rows_to_extract<Discriminator, Columns, Rows...>())
struct gradual_extract_rows<Table, NewTable, Discriminator, Columns, Rows...> : detail::extraction_names<Table, NewTable> {
  static constexpr identifier values{detail::static_text<detail::values_rule<NewTable, Discriminator>>::value};
  static constexpr const model::column& discriminator = Discriminator::value;
  static constexpr array_view<identifier> new_columns = Columns::value;
  static constexpr model::column_group groups[sizeof...(Rows)]{Rows::group...};
  static constexpr model::default_value values_of_rows[sizeof...(Rows)]{Rows::value...};
  static constexpr identifier names_of_rows[sizeof...(Rows)]{identifier(Rows::value.text)...};
  /// The values, if they are texts.
  static constexpr array_view<identifier> labels{names_of_rows, model::is_whole(discriminator.type) ? 0 : sizeof...(Rows)};
  static constexpr std::size_t column_count = (0 + ... + Rows::group.columns.size());
  struct all_columns {
    identifier array[column_count + 1]{};
  };
  static constexpr all_columns columns_of_rows = [] {
    all_columns all;
    std::size_t n = 0;
    for (const model::column_group& g : groups)
      for (const identifier& each : g.columns) all.array[n++] = each;
    return all;
  }();
  static constexpr auto& columns = columns_of_rows.array;

  template <class From>
  using facts = model::phases::extracted_rows<From, gradual_extract_rows>;
};

}  // namespace dovetail
