// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

/// Gives a column other properties, which `property(any_part&)` sets.
template <class Property>
constexpr void alter_any(auto& d, const change& c, Property property, text_view expression = {}) {
  const column* old = target_column(d, c);
  if (old == nullptr) return;
  draft::derived& made = d.derive(*old);
  auto& altered = static_cast<column&>(made.made.get());
  property(made.made);
  if (difference(*old, altered).empty()) {
    d.report(code::MG_NO_CHANGE, c.table, c.object);
    return;
  }
  if (!(altered.type == old->type)) {
    made.type = &static_cast<const column&>(*c.declared).type;
    if (!check_shared_names(d, c.table, altered)) return;
  }
  d.alter(c.table, old, &altered, expression);
  validate_users(d, c.table, altered);
}
template <class Property>
constexpr void alter_column(auto& d, const change& c, Property property, text_view expression = {}) {
  alter_any(d, c, [&](any_part& made) { property(static_cast<column&>(made.get())); }, expression);
}
/// The column that a change is about, before it; null if there is none.
constexpr const column* column_before(const change& c, const auto& before) {
  const table* t = before.find(c.table);
  return t == nullptr ? nullptr : t->find_column(c.object);
}

struct set_default {
  static constexpr text_view name = "set_column_default";

  static constexpr void apply(auto& d, const change& c) {
    alter_column(d, c, [&](column& altered) {
      altered.value = c.declared == nullptr ? default_value{} : static_cast<const column&>(*c.declared).value;
    });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<set_default>, c.table, c.object, column_before(c, before)};
  }
};

struct set_not_null {
  static constexpr text_view name = "set_not_null";

  static constexpr void apply(auto& d, const change& c) {
    alter_column(d, c, [](column& altered) { altered.nullable = false; });
  }
  static constexpr change inverse(const auto&, const auto&);
};
struct drop_not_null {
  static constexpr text_view name = "drop_not_null";

  static constexpr void apply(auto& d, const change& c) {
    alter_column(d, c, [](column& altered) { altered.nullable = true; });
  }
  static constexpr change inverse(const auto& c, const auto&) {
    return {&kind_of<set_not_null>, c.table, c.object};
  }
};
constexpr change set_not_null::inverse(const auto& c, const auto&) {
  return {&kind_of<drop_not_null>, c.table, c.object};
}

struct set_identity {
  static constexpr text_view name = "set_identity";

  static constexpr void apply(auto& d, const change& c) {
    alter_column(d, c, [&](column& altered) {
      altered.identity =
          c.declared == nullptr ? identity_kind::none : static_cast<const column&>(*c.declared).identity;
    });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<set_identity>, c.table, c.object, column_before(c, before)};
  }
};

struct set_type {
  static constexpr text_view name = "set_type";

  static constexpr void apply(auto& d, const change& c) {
    const column* old = target_column(d, c);
    if (old == nullptr) return;
    if (old->is_generated()) {
      d.report(code::MG_GENERATED, c.table, c.object);
      return;
    }
    const sql_type& to = static_cast<const column&>(*c.declared).type;
    if (const text_view fault = c.expression.empty() ? text_view() : expression_fault(c.expression); !fault.empty()) {
      d.report(code::SC_EXPRESSION, c.table, c.object, c.expression, fault);
      return;
    }
    if (c.expression.empty())
      switch (includes(domain_of(to), domain_of(old->type)).fails) {
        case respect::none: break;
        // The server refuses a value that does not fit, and with it the change.
        case respect::range:
        case respect::length:
        case respect::label:
        case respect::null: break;
        case respect::digits: d.destroy(); break;
        case respect::pattern:
        case respect::kind: d.report(code::MG_CONVERSION, c.table, c.object).column_type = d.lasting(&old->type); return;
      }
    if (views_need(d, c.table, c.object) || generated_need(d, c.table, c.object)) return;
    if (!(old->type == to) && foreign_keys_need(d, c.table, c.object)) return;
    alter_column(d, c, [&](column& altered) { altered.type = to; }, c.expression);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<set_type>, c.table, c.object, column_before(c, before)};
  }
};

struct set_collation {
  static constexpr text_view name = "set_collation";

  static constexpr void apply(auto& d, const change& c) {
    if (target_column(d, c) == nullptr) return;
    if (views_need(d, c.table, c.object) || generated_need(d, c.table, c.object) || foreign_keys_need(d, c.table, c.object))
      return;
    alter_any(d, c, [&](any_part& made) {
      made.details().collation =
          c.declared == nullptr ? text_view() : static_cast<const column&>(*c.declared).details().collation;
    });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<set_collation>, c.table, c.object, column_before(c, before)};
  }
};

struct set_column_comment {
  static constexpr text_view name = "set_column_comment";

  static constexpr void apply(auto& d, const change& c) {
    alter_any(d, c, [&](any_part& made) {
      made.details().comment =
          c.declared == nullptr ? text_view() : static_cast<const column&>(*c.declared).details().comment;
    });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<set_column_comment>, c.table, c.object, column_before(c, before)};
  }
};

struct set_comment {
  static constexpr text_view name = "set_comment";

  static constexpr void apply(auto& d, const change& c) {
    const table* t = target_table(d, c);
    if (t == nullptr) return;
    const part* old = t->find(part_kind::comment, {});
    if (old == c.declared || (old != nullptr && c.declared != nullptr && difference(*old, *c.declared).empty()))
      d.report(code::MG_NO_CHANGE, c.table, word(part_kind::comment));
    else if (c.declared == nullptr)
      d.remove(c.table, old);
    else if (old == nullptr)
      d.add(c.table, c.declared);
    else
      d.alter(c.table, old, c.declared);
    if (c.declared != nullptr) validate_in(d, c.table, *c.declared);
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    const table* t = before.find(c.table);
    return {&kind_of<set_comment>, c.table, {}, t == nullptr ? nullptr : t->find(part_kind::comment, {})};
  }
};

}  // namespace model::changes

/// How stored values become those of another type: an SQL expression of the server's, over the columns of the row.
template <fixed_string Expression>
struct using_sql {};
namespace detail {

// A default and an identity are known by what they do to a column.
template <class Option>
constexpr model::column apply_option() {
  model::column c{};
  if constexpr (requires { Option::apply(c); }) Option::apply(c);
  return c;
}
template <class Option>
concept declares_default = apply_option<Option>().value.kind != model::default_kind::none;
template <class Option>
concept declares_identity = apply_option<Option>().identity != model::identity_kind::none;
template <bool Right>
struct default_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] set_column_default takes default_value<...> or default_sql<\"...\">");
};
template <bool Right>
struct identity_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] set_identity takes identity or identity_by_default");
};
template <bool Right>
struct type_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] set_type takes an SQL type, such as dovetail::bigint, and perhaps using_sql<\"...\">");
};
template <class Using>
struct using_expression {
  static constexpr bool given = false;
};
template <fixed_string Expression>
struct using_expression<using_sql<Expression>> {
  static constexpr bool given = Expression.size() != 0;
  static constexpr text_view value = Expression;
};
template <>
struct using_expression<void> {
  static constexpr bool given = true;
  static constexpr text_view value{};
};

}  // namespace detail

/// Gives a column another default: `set_column_default<"purchase", "state", default_value<"open">>`, or default_sql<>. Rows that
/// exist keep what they have; a writer that omits the column now stores something else. Raises MG_TARGET, MG_NO_CHANGE (it
/// has this default) and what a declaration raises.
template <fixed_string Table, fixed_string Column, class Default>
struct set_column_default {
  static_assert(sizeof(Default) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::default_parameter<detail::declares_default<Default>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string Column, class Default>
  requires detail::declares_default<Default>
struct set_column_default<Table, Column, Default> {
  static constexpr model::change value{&model::kind_of<model::changes::set_default>, identifier_of<Table>,
                                       identifier_of<Column>, &detail::column_with<Column, void, Default>};
};
/// Takes its default from a column. A writer that omits it breaks, unless it may be null. Raises MG_TARGET, MG_NO_CHANGE
/// (it has none) and SC_FK_ACTION (a foreign key sets the default).
template <fixed_string Table, fixed_string Column>
struct drop_column_default {
  static constexpr model::change value{&model::kind_of<model::changes::set_default>, identifier_of<Table>,
                                       identifier_of<Column>};
};

/// A column may not store NULL any more: `set_not_null<"customer", "email">`. The server refuses it where a row has a
/// NULL, without keeping others from the table while it looks. Raises MG_TARGET, MG_NO_CHANGE and SC_FK_ACTION (a foreign
/// key sets null).
template <fixed_string Table, fixed_string Column>
struct set_not_null {
  static constexpr model::change value{&model::kind_of<model::changes::set_not_null>, identifier_of<Table>,
                                       identifier_of<Column>};
};
/// A column may store NULL. Raises MG_TARGET, MG_NO_CHANGE, SC_KEY (it is of the primary key) and SC_IDENTITY.
template <fixed_string Table, fixed_string Column>
struct drop_not_null {
  static constexpr model::change value{&model::kind_of<model::changes::drop_not_null>, identifier_of<Table>,
                                       identifier_of<Column>};
};

/// The server numbers the rows of a column, from the largest number on that it stores: `set_identity<"customer", "id",
/// identity>`, or identity_by_default. Raises MG_TARGET, MG_NO_CHANGE and SC_IDENTITY.
template <fixed_string Table, fixed_string Column, class Identity>
struct set_identity {
  static_assert(sizeof(Identity) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::identity_parameter<detail::declares_identity<Identity>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string Column, class Identity>
  requires detail::declares_identity<Identity>
struct set_identity<Table, Column, Identity> {
  static constexpr model::change value{&model::kind_of<model::changes::set_identity>, identifier_of<Table>,
                                       identifier_of<Column>, &detail::column_with<Column, void, Identity>};
};
/// The server numbers the rows no more. Raises MG_TARGET and MG_NO_CHANGE.
template <fixed_string Table, fixed_string Column>
struct drop_identity {
  static constexpr model::change value{&model::kind_of<model::changes::set_identity>, identifier_of<Table>,
                                       identifier_of<Column>};
};

/// Gives a column another type, in place: `set_type<"purchase", "total", numeric<12, 2>>`. Where the server does not
/// convert by itself, using_sql<> says how (MG_CONVERSION). A type that would round or cut stored values without a word
/// makes it lossy (MG_LOSSY); one that is too narrow for some is refused by the server, and nothing is changed. Most
/// changes of type write the table anew under an exclusive lock: see the facts of the statements. Raises MG_TARGET,
/// MG_NO_CHANGE, MG_DEPENDENT (a view, function or generated column mentions the column), MG_GENERATED, and what a declaration raises, such as SC_DEFAULT
/// and SC_FK_TYPE.
template <fixed_string Table, fixed_string Column, class Type, class Using = void>
struct set_type {
  static_assert(sizeof(detail::type_parameter<detail::has_sql_type<Type> && detail::using_expression<Using>::given>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <fixed_string Table, fixed_string Column, class Type, class Using>
  requires(detail::has_sql_type<Type> && detail::using_expression<Using>::given)
struct set_type<Table, Column, Type, Using> {
  static constexpr model::change value{&model::kind_of<model::changes::set_type>,
                                       identifier_of<Table>,
                                       identifier_of<Column>,
                                       &detail::column_with<Column, Type>,
                                       nullptr,
                                       {},
                                       detail::using_expression<Using>::value};
};

/// Compares and orders the text of a column otherwise: `set_collation<"customer", "name", "C">`. The indexes on the column
/// are built anew under an exclusive lock. Raises MG_TARGET, MG_NO_CHANGE, SC_COLLATION, SC_NAME and MG_DEPENDENT (a foreign
/// key stands on the column, or a view, function or generated column mentions it).
template <fixed_string Table, fixed_string Column, fixed_string Collation>
struct set_collation {
  static constexpr model::change value{&model::kind_of<model::changes::set_collation>, identifier_of<Table>,
                                       identifier_of<Column>, &detail::column_with<Column, void, collate<Collation>>};
};
/// Compares and orders it as the server does by itself. Raises MG_TARGET, MG_NO_CHANGE and MG_DEPENDENT.
template <fixed_string Table, fixed_string Column>
struct drop_collation {
  static constexpr model::change value{&model::kind_of<model::changes::set_collation>, identifier_of<Table>,
                                       identifier_of<Column>};
};

/// Says something else of a column: `set_column_comment<"purchase", "total", "in euros, with tax">`. Raises MG_TARGET,
/// MG_NO_CHANGE and SC_COMMENT.
template <fixed_string Table, fixed_string Column, fixed_string Text>
struct set_column_comment {
  static constexpr model::change value{&model::kind_of<model::changes::set_column_comment>, identifier_of<Table>,
                                       identifier_of<Column>, &detail::column_with<Column, void, comment<Text>>};
};
/// Says nothing of it any more. Raises MG_TARGET and MG_NO_CHANGE.
template <fixed_string Table, fixed_string Column>
struct drop_column_comment {
  static constexpr model::change value{&model::kind_of<model::changes::set_column_comment>, identifier_of<Table>,
                                       identifier_of<Column>};
};
/// Says something else of a table: `set_comment<"purchase", "one for each checkout">`. Raises MG_TARGET, MG_NO_CHANGE and
/// SC_COMMENT.
template <fixed_string Table, fixed_string Text>
struct set_comment {
  static constexpr model::change value{&model::kind_of<model::changes::set_comment>, identifier_of<Table>, {},
                                       &comment<Text>::value};
};
/// Says nothing of it any more. Raises MG_TARGET and MG_NO_CHANGE.
template <fixed_string Table>
struct drop_comment {
  static constexpr model::change value{&model::kind_of<model::changes::set_comment>, identifier_of<Table>, {}};
};

}  // namespace dovetail
