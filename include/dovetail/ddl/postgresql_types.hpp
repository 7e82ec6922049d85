// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/sequences.hpp>
#include <dovetail/ddl/sql.hpp>

namespace dovetail::detail {

/// How PostgreSQL writes types, literals and columns, and what it does when they change.
struct postgresql_types {
  static constexpr bool begins_with_pg(text_view name) {
    return name.size() >= 3 && name[0] == 'p' && name[1] == 'g' && name[2] == '_';
  }

  /// `varchar(9)`, `timestamptz(3)`.
  static constexpr bool has_modifier(const sql_type& type) {
    return is_time(type.kind) ? type.length != most_second_digits : type.length != 0;
  }
  static constexpr bool is_json(const sql_type& type) {
    return type.kind == type_kind::json || (type.kind == type_kind::array && is_json(type.element->type));
  }

  static constexpr void put_type(text_buffer& out, const sql_type& type) {
    if (type.kind == type_kind::array) {
      put_type(out, type.element->type);
      out << "[]";
    } else if (type.kind == type_kind::enumeration) {
      out << sql::quoted{type.labels->name};
    } else {
      out << type;
    }
  }
  /// A backslash is safe in E'…' under every setting of standard_conforming_strings, and only there.
  static constexpr void put_text(text_buffer& out, text_view text) {
    if (!text.contains('\\')) return sql::put_text(out, text);
    out << "E'";
    for (char c : text) {
      if (c == '\'' || c == '\\') out << c;
      out << c;
    }
    out << '\'';
  }
  /// What stands after DEFAULT. Precondition: the column has one.
  static constexpr void put_default(text_buffer& out, const model::column& c) {
    if (c.value.kind == model::default_kind::expression)
      out << '(' << c.value.text << ')';
    else if (c.value.kind == model::default_kind::next_value)
      sql::put_call(out, "nextval", c.value.text, put_text) << ')';
    else if (sql::is_bare(c) || c.value.kind == model::default_kind::boolean)
      out << c.value.text;
    else
      put_text(out, c.value.text);
  }
  static constexpr text_view word(model::identity_kind kind) {
    return kind == model::identity_kind::always ? "ALWAYS" : "BY DEFAULT";
  }
  static constexpr void put_column(text_buffer& out, const model::column& c) {
    out << sql::quoted{c.name} << ' ';
    put_type(out, c.type);
    sql::put_collation(out, c);
    if (c.is_generated()) sql::put_generated(out, c, c.more->expression);
    if (!c.nullable) out << " NOT NULL";
    if (c.value.kind != model::default_kind::none) put_default(out << " DEFAULT ", c);
    if (c.identity != model::identity_kind::none) out << " GENERATED " << word(c.identity) << " AS IDENTITY";
  }

  /// The same value for all rows, so that it is stored once, in the catalogue (since 11; manual, ALTER TABLE, notes).
  /// Expressions that are not known to be stable count as volatile.
  static constexpr bool is_stable(text_view expression) {
    constexpr text_view stable[]{"now()", "CURRENT_TIMESTAMP", "current_timestamp", "CURRENT_DATE", "current_date", "transaction_timestamp()"};
    for (text_view known : stable)
      if (expression == known) return true;
    return false;
  }

  /// Whether the table is written anew when a column changes its type, without an expression (measured on 15).
  static constexpr bool rewrites(const sql_type& from, const sql_type& to) {
    using enum type_kind;
    const bool from_text = from.kind == text || from.kind == varchar;
    if (from_text && to.kind == text) return false;
    if (from_text && to.kind == varchar) return from.kind == text || to.length < from.length;
    if (from.kind != to.kind) return true;
    switch (from.kind) {
      case numeric: return to.length != 0 && (from.length == 0 || to.scale != from.scale || to.length < from.length);
      case time:
      case timestamp:
      case timestamptz:
      case interval: return to.length < from.length;
      default: return true;
    }
  }
};

}  // namespace dovetail::detail
