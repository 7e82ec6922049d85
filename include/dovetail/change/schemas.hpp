// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <dovetail/change/sequences.hpp>

/// Schemas of PostgreSQL's, in which tables, sequences, views, functions and routines may be: `in_schema<"billing",
/// "invoice">` is the name of one.
namespace dovetail {

namespace detail {
constexpr model::table make_named_schema(const identifier& name) {
  model::table t(name, {});
  t.kind = model::source_kind::name_space;
  t.shared_names = ~std::uint64_t{0};  // an index may have a name that something in it has
  return t;
}
}  // namespace detail

/// A schema of the server's, among the tables of a version, in which others may be: `named_schema<"billing">`. PostgreSQL;
/// elsewhere DL_UNSUPPORTED.
template <fixed_string Name>
struct named_schema {
  static constexpr model::table value = detail::make_named_schema(identifier_of<in_schema<Name, "">>);
};

namespace model::changes {

struct create_schema {
  static constexpr text_view name = "create_schema";

  static constexpr void apply(auto& d, const change& c) {
    if (!create_table::is_free(d, c.table, c.table)) return;
    d.create(*c.created);
    validate_in(d, c.created->name);
  }
  static constexpr change inverse(const auto&, const auto&);
};

struct drop_schema {
  static constexpr text_view name = "drop_schema";

  static constexpr void apply(auto& d, const change& c) {
    if (d.find(c.table) == nullptr) {
      d.report(code::MG_TARGET, c.table, {}, "schema");
      return;
    }
    d.each_table(0, [&](const table& t) {
      if (t.kind != source_kind::name_space && schema_of(t.name) == schema_of(c.table))
        d.report(code::MG_DEPENDENT, c.table, {}, t.name, word(t.kind));
      t.each_partition([&](const partition& p) {
        if (schema_of(p.name) == schema_of(c.table)) d.report(code::MG_DEPENDENT, c.table, {}, p.name, word(p.kind));
      });
    });
    if (d.findings.empty()) d.drop(c.table);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<create_schema>, c.table, {}, nullptr, before.find(c.table)};
  }
};
constexpr change create_schema::inverse(const auto& c, const auto&) { return {&kind_of<drop_schema>, c.table, {}}; }

/// It is a rename, to a name that differs in its schema.
struct set_schema {
  static constexpr text_view name = "set_schema";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = d.find(c.table);
    if (c.renamed == c.table)
      d.report(code::MG_NO_CHANGE, c.table);
    else if (t != nullptr && t->kind == source_kind::sequence)
      rename_sequence::apply(d, c);
    else
      rename_table::apply(d, c);
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<set_schema>, c.renamed, {}, nullptr, nullptr, c.table};
  }
};

}  // namespace model::changes

namespace detail {
/// A name without its schema.
template <fixed_string Name>
inline constexpr auto bare_name = [] {
  constexpr std::size_t size = without_schema(Name).size();
  char text[size + 1]{};
  for (std::size_t i = 0; i != size; ++i) text[i] = Name.characters[Name.size() - size + i];
  return fixed_string<sizeof(text)>(text);
}();
}  // namespace detail

/// Creates a schema: `create_schema<"billing">`. Raises MG_EXISTS and SC_NAME.
template <fixed_string Name>
struct create_schema {
  static constexpr model::change value{&model::kind_of<model::changes::create_schema>, named_schema<Name>::value.name, {},
                                       nullptr, &named_schema<Name>::value};
};
/// Drops a schema in which nothing is: `drop_schema<"billing">`. What others have made there the server refuses to drop. It
/// stores nothing, so that this is not lossy; rights on it are not declared, and go. Raises MG_TARGET and MG_DEPENDENT
/// (something is in it).
template <fixed_string Name>
struct drop_schema {
  static constexpr model::change value{&model::kind_of<model::changes::drop_schema>, named_schema<Name>::value.name, {}};
};
/// Moves a table or sequence to another schema: `set_schema<"invoice", "billing">`; `set_schema<in_schema<"billing",
/// "invoice">, "">` moves it to where the search_path makes what has no schema. Foreign keys to it and defaults follow, its
/// indexes and what numbers its rows go along. As a rename it breaks every release that names it where it was (but for one of
/// whom nobody knows that its search_path finds it); gradual_rename_table<"invoice", in_schema<"billing", "invoice">> leaves
/// an alias there. Raises MG_TARGET, MG_EXISTS, MG_NO_CHANGE, SC_SCHEMA, SC_SEQUENCE (a column of another schema owns the
/// sequence) and MG_DEPENDENT (as rename_table and rename_sequence do).
template <fixed_string Name, fixed_string Schema>
struct set_schema {
  static constexpr model::change value{&model::kind_of<model::changes::set_schema>, identifier_of<Name>, {}, nullptr, nullptr,
                                       identifier_of<in_schema<Schema, detail::bare_name<Name>>>};
};

}  // namespace dovetail
