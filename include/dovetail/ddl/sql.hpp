// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/data.hpp>
#include <dovetail/model/schema.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

/// What the SQL of all dialects has in common.
namespace dovetail::sql {

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

/// What stands behind a constraint, or an option of ALTER CONSTRAINT.
constexpr text_view word(model::deferral deferred) {
  switch (deferred) {
    case model::deferral::none: return {};
    case model::deferral::deferrable: return " DEFERRABLE";
    case model::deferral::initially_deferred: return " DEFERRABLE INITIALLY DEFERRED";
  }
  return {};
}
/// `USING "gin" ("a") INCLUDE ("b") WHERE (c)`, of an index or an exclusion constraint.
constexpr void put_elements(text_buffer& out, const model::index& i) {
  if (i.more == nullptr) return put_columns(out, i.columns);
  if (!i.more->method.empty()) out << "USING " << quoted{i.more->method} << ' ';
  if (i.more->elements.empty())
    put_columns(out, i.columns);
  else
    out << '(' << i.more->elements << ')';
  if (!i.more->included.empty()) put_columns(out << " INCLUDE ", i.more->included);
  if (!i.more->predicate.empty()) out << " WHERE (" << i.more->predicate << ')';
}
/// A constraint as it stands in CREATE TABLE or after ADD; nothing for other parts.
constexpr void put_constraint(text_buffer& out, const model::part& p) {
  if (!p.name.empty()) out << "CONSTRAINT " << quoted{p.name} << ' ';
  switch (p.kind) {
    case model::part_kind::primary_key:
    case model::part_kind::unique: {
      const auto& k = static_cast<const model::key&>(p);
      out << (p.kind == model::part_kind::unique ? text_view("UNIQUE ") : text_view("PRIMARY KEY "));
      if (k.nulls_not_distinct) out << "NULLS NOT DISTINCT ";
      put_columns(out, k.columns);
      out << word(k.deferred);
      break;
    }
    case model::part_kind::check: out << "CHECK (" << static_cast<const model::check&>(p).expression << ')'; break;
    case model::part_kind::foreign_key: {
      const auto& f = static_cast<const model::foreign_key&>(p);
      out << "FOREIGN KEY ";
      put_columns(out, f.columns);
      out << " REFERENCES " << quoted{f.target} << ' ';
      put_columns(out, f.target_columns);
      if (f.on_delete != referential_action::no_action) out << " ON DELETE " << word(f.on_delete);
      if (f.on_update != referential_action::no_action) out << " ON UPDATE " << word(f.on_update);
      out << word(f.deferred);
      break;
    }
    case model::part_kind::exclusion:
      put_elements(out << "EXCLUDE ", static_cast<const model::index&>(p));
      out << word(static_cast<const model::index&>(p).details().deferred);
      break;
    case model::part_kind::column:
    case model::part_kind::comment:
    case model::part_kind::sequence:
    case model::part_kind::index:
    case model::part_kind::trigger:
    case model::part_kind::partitioning:
    case model::part_kind::partition:
    case model::part_kind::sync: break;
  }
}

/// `CREATE UNIQUE INDEX <how> "i" ON "t" USING "gin" ("a") INCLUDE ("b") WHERE (c)`; `how` is empty, or a word and a
/// space.
constexpr void put_create_index(text_buffer& out, const model::index& i, text_view table, text_view how) {
  out << "CREATE " << (i.unique ? text_view("UNIQUE ") : text_view()) << "INDEX " << how << quoted{i.name} << " ON "
      << quoted{table} << ' ';
  put_elements(out, i);
}

/// The rows that have nothing of a side of a sync, and should.
constexpr void put_missing(auto& out, array_view<model::assignment> side) {
  put_joined(out, " AND ", side, [&](const model::assignment& a) { out << quoted{a.column} << " IS NULL"; });
  put_joined(out << " AND (", " OR ", side, [&](const model::assignment& a) { out << '(' << a.expression << ") IS NOT NULL"; });
  out << ')';
}
/// The rows that may not be there when a sync is filled; `put_differs(side)` puts where a side does not say what the other
/// one says.
constexpr void put_out_of_step(auto& out, const model::sync& s, auto put_differs) {
  if (s.follows) return put_differs(s.newer);
  if (s.older.empty()) return put_missing(out, s.newer);
  out << '(';
  put_differs(s.newer);
  out << ") AND (";
  put_differs(s.older);
  out << ')';
}

/// `("a", "b")`, the columns of a view or function; `put(column)` writes what follows each name.
template <class Put>
constexpr void put_columns_of(text_buffer& out, const model::table& source, Put put) {
  text_view between = "(";
  for (const model::part* p : source.parts)
    if (const model::column* c = model::as_column(p)) {
      out << between << quoted{c->name};
      put(*c);
      between = ", ";
    }
  out << ')';
}
/// `CREATE VIEW "v" ("a") AS SELECT …`.
constexpr void put_create_view(text_buffer& out, const model::table& view) {
  out << "CREATE VIEW " << quoted{view.name} << ' ';
  put_columns_of(out, view, [](const model::column&) {});
  out << " AS " << view.query;
}

/// How many rows of a large table are changed at a time, so that nobody waits long for them.
inline constexpr int rows_per_batch = 1000;

/// The columns of a key that orders the rows of a table, none of which is set.
constexpr array_view<identifier> order_of(const auto& t, array_view<model::assignment> set) {
  return model::find_key(t, [&](const identifier& name) {
    for (const model::assignment& a : set)
      if (a.column == name) return false;
    return true;
  });
}

/// `UPDATE "t" SET "a" = (b)`.
constexpr void put_update(auto& out, const model::operation& o) {
  const array_view<model::assignment> set = o.data->assignments;
  out << "UPDATE " << quoted{o.table};
  for (std::size_t i = 0; i != set.size(); ++i)
    out << (i == 0 ? text_view(" SET ") : text_view(", ")) << quoted{set[i].column} << " = (" << set[i].expression << ')';
}
/// `SELECT <place>, "a" FROM "t"`: the rows that a client transforms.
constexpr void put_transformed(auto& out, const model::operation& o, text_view place) {
  put_names(out << "SELECT " << place << ", ", o.data->columns);
  out << " FROM " << quoted{o.table};
}
/// `UPDATE "t" SET "b" = $2, "a" = NULL`: writes one back. Its place is $1.
constexpr void put_transformation(auto& out, const model::operation& o) {
  std::uint64_t parameter = 1;
  text_view between = " SET ";
  out << "UPDATE " << quoted{o.table};
  for (const model::assignment& a : o.data->assignments) {
    out << between << quoted{a.column} << " = ";
    between = ", ";
    if (a.expression.empty())
      out << '$' << ++parameter;
    else
      out << a.expression;
  }
}
/// Proves that it is done.
constexpr void put_unfinished(auto& out, const model::operation& o) {
  out << "SELECT 1 FROM " << quoted{o.table} << " WHERE " << o.data->unfinished << " LIMIT 1";
}
/// The same for all rows at once.
constexpr void put_whole_update(auto& out, const model::operation& o) {
  put_update(out, o);
  if (!o.data->condition.empty()) out << " WHERE (" << o.data->condition << ')';
}
/// `INSERT INTO "t" ("a") VALUES (1), (2)`, where `put_value(out, column, value)` writes a value that is not NULL.
template <class PutValue>
constexpr void put_insert(text_buffer& out, const model::table& t, const model::data_change& data, PutValue put_value) {
  put_columns(out << "INSERT INTO " << quoted{t.name} << ' ', data.columns);
  for (std::size_t i = 0; i != data.rows.size(); ++i) {
    out << (i == 0 ? text_view(" VALUES (") : text_view(", ("));
    for (std::size_t k = 0; k != data.columns.size(); ++k) {
      if (k != 0) out << ", ";
      if (data.rows[i][k].kind == model::default_kind::none)
        out << "NULL";
      else
        put_value(out, *t.find_column(data.columns[k]), data.rows[i][k]);
    }
    out << ')';
  }
}
/// `DELETE FROM "t" WHERE "a" = 1 OR "a" = 2`, by a key.
template <class PutValue>
constexpr void put_delete(text_buffer& out, const model::table& t, const model::data_change& data, PutValue put_value) {
  const array_view<identifier> key = model::key_of_rows(t, data.columns);
  out << "DELETE FROM " << quoted{t.name} << " WHERE ";
  for (std::size_t i = 0; i != data.rows.size(); ++i)
    for (std::size_t k = 0; k != key.size(); ++k) {
      if (k != 0)
        out << " AND ";
      else if (i != 0)
        out << " OR ";
      put_value(out << quoted{key[k]} << " = ", *t.find_column(key[k]), data.rows[i][model::place_in(data.columns, key[k])]);
    }
}

/// Numbers stand bare, also those that a numeric column's default gives as text.
constexpr bool is_bare(const model::column& c) {
  const literal_form form = facts_of(c.type.kind).literal;
  return form == literal_form::whole || form == literal_form::decimal;
}

/// ` COLLATE "C"`, where the column has one of its own.
constexpr void put_collation(text_buffer& out, const model::column& c) {
  if (const text_view collation = c.details().collation; !collation.empty()) out << " COLLATE " << quoted{collation};
}
/// What stands behind the type of a generated column; nothing for others.
constexpr void put_generated(text_buffer& out, const model::column& c, text_view expression) {
  if (!c.is_generated()) return;
  const bool stored = c.more->generated == model::generated_kind::stored;
  out << " GENERATED ALWAYS AS (" << expression << ')' << (stored ? text_view(" STORED") : text_view(" VIRTUAL"));
}

/// Some table has a column of this enumeration.
constexpr bool uses(const model::schema& s, const enumeration_labels& labels) {
  for (const model::table* t : s.tables)
    for (const model::part* p : t->parts)
      if (const enumeration_labels* each = model::enumeration_of(p); each != nullptr && each->name == labels.name)
        return true;
  return false;
}

/// Calls `visit(labels)` for each enumeration of a table, once.
template <class Visit>
constexpr void each_enumeration(const model::table& t, Visit visit) {
  list<const enumeration_labels*> seen;
  for (const model::part* p : t.parts) {
    const enumeration_labels* labels = model::enumeration_of(p);
    if (labels == nullptr) continue;
    bool known = false;
    for (const enumeration_labels* each : seen) known = known || each->name == labels->name;
    if (known) continue;
    seen.push_back(labels);
    visit(*labels);
  }
}

}  // namespace dovetail::sql
