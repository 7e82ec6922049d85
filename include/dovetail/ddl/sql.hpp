// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/model/schema.hpp>
#include <dovetail/vocabulary/text.hpp>

/// What the SQL of all dialects has in common. No name and no literal can end before its place does: names are quoted
/// with every quote in them doubled, and so are texts.
namespace dovetail::sql {

struct quoted {
  text_view name;
};
/// `"Robert""; DROP TABLE customer"`: a name, whatever it holds.
constexpr text_buffer& operator<<(text_buffer& out, quoted q) {
  out << '"';
  for (char c : q.name) {
    if (c == '"') out << '"';
    out << c;
  }
  return out << '"';
}

/// `"a", "b"`.
constexpr void put_names(text_buffer& out, view<identifier> names) {
  for (std::size_t i = 0; i != names.size(); ++i) out << (i == 0 ? text_view() : text_view(", ")) << quoted{names[i]};
}
/// `("a", "b")`.
constexpr void put_columns(text_buffer& out, view<identifier> names) {
  out << '(';
  put_names(out, names);
  out << ')';
}

/// `'it''s'`, in the standard's quoting: a backslash has no meaning of its own.
constexpr void put_text(text_buffer& out, text_view text) {
  out << '\'';
  for (char c : text) {
    if (c == '\'') out << '\'';
    out << c;
  }
  out << '\'';
}

constexpr text_view word(referential_action action) {
  switch (action) {
    case referential_action::no_action: return "NO ACTION";
    case referential_action::restrict: return "RESTRICT";
    case referential_action::cascade: return "CASCADE";
    case referential_action::set_null: return "SET NULL";
    case referential_action::set_default: return "SET DEFAULT";
  }
  return {};
}

/// A constraint as it stands in CREATE TABLE or after ADD; nothing for columns and indexes.
constexpr void put_constraint(text_buffer& out, const model::part& p) {
  if (!p.name.empty()) out << "CONSTRAINT " << quoted{p.name} << ' ';
  switch (p.kind) {
    case model::part_kind::primary_key:
      out << "PRIMARY KEY ";
      put_columns(out, model::columns_of(&p));
      break;
    case model::part_kind::unique:
      out << "UNIQUE ";
      put_columns(out, model::columns_of(&p));
      break;
    case model::part_kind::check: out << "CHECK (" << static_cast<const model::check&>(p).expression << ')'; break;
    case model::part_kind::foreign_key: {
      const auto& f = static_cast<const model::foreign_key&>(p);
      out << "FOREIGN KEY ";
      put_columns(out, f.columns);
      out << " REFERENCES " << quoted{f.target} << ' ';
      put_columns(out, f.target_columns);
      if (f.on_delete != referential_action::no_action) out << " ON DELETE " << word(f.on_delete);
      if (f.on_update != referential_action::no_action) out << " ON UPDATE " << word(f.on_update);
      break;
    }
    case model::part_kind::column:
    case model::part_kind::index: break;
  }
}

/// `CREATE UNIQUE INDEX <how> "i" ON "t" ("a")`; `how` is empty, or a word and a space.
constexpr void put_create_index(text_buffer& out, const model::index& i, text_view table, text_view how) {
  out << "CREATE " << (i.unique ? text_view("UNIQUE ") : text_view()) << "INDEX " << how << quoted{i.name} << " ON "
      << quoted{table} << ' ';
  put_columns(out, i.columns);
}

/// Numbers stand bare, also those that a numeric column's default gives as text.
constexpr bool is_bare(const model::column& c) {
  return c.value.kind == model::default_kind::number || c.type.kind == type_kind::numeric ||
         c.type.kind == type_kind::real || c.type.kind == type_kind::double_precision;
}

/// Some table has a column of this enumeration.
constexpr bool uses(const model::schema& s, const enumeration_labels& labels) {
  for (const model::table* t : s.tables)
    for (const model::part* p : t->parts)
      if (const model::column* c = model::as_column(p);
          c != nullptr && c->type.kind == type_kind::enumeration && c->type.labels->name == labels.name)
        return true;
  return false;
}

/// Calls `visit(labels)` for each enumeration of a table, once.
template <class Visit>
constexpr void each_enumeration(const model::table& t, Visit visit) {
  list<const enumeration_labels*> seen;
  for (const model::part* p : t.parts) {
    const model::column* c = model::as_column(p);
    if (c == nullptr || c->type.kind != type_kind::enumeration) continue;
    bool known = false;
    for (const enumeration_labels* each : seen) known = known || each->name == c->type.labels->name;
    if (known) continue;
    seen.push_back(c->type.labels);
    visit(*c->type.labels);
  }
}

}  // namespace dovetail::sql
