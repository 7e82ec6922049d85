// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/model/declare.hpp>

/// Code that the server runs: routines, which are objects of a version as views are, and triggers, which are parts of a
/// table.
namespace dovetail {

/// The language of a routine, and what it does, as raw text: `body<"plpgsql", "BEGIN … END">`. Its semicolons are its own:
/// of it is checked only that there is something, without a NUL (SC_EXPRESSION).
template <fixed_string Language, fixed_string Text>
struct body {
  static constexpr text_view language = Language;
  static constexpr text_view text = Text;
};
/// `arguments<"price numeric, tax numeric DEFAULT 0.2">`. Raises SC_EXPRESSION.
template <fixed_string Text>
struct arguments {
  static constexpr void apply(model::routine_details& r) { r.arguments = Text; }
};
/// `returns<"trigger">`, `returns<"SETOF bigint">`. Raises SC_EXPRESSION.
template <fixed_string Type>
struct returns {
  static constexpr void apply(model::routine_details& r) { r.result = Type; }
};
/// What else the server is told of a routine: `attributes<"IMMUTABLE STRICT">`. Raises SC_EXPRESSION.
template <fixed_string Text>
struct attributes {
  static constexpr void apply(model::routine_details& r) { r.attributes = Text; }
};

namespace detail {
template <class Body, class... Options>
inline constexpr model::routine_details routine_of = [] {
  model::routine_details r;
  r.language = Body::language;
  (Options::apply(r), ...);
  return r;
}();
template <bool Right>
struct routine_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] routine takes body<\"language\", \"text\"> first, then arguments, returns and attributes");
};
template <class Body, class... Options>
concept makes_a_routine = requires(model::routine_details& r) {
  Body::language;
  Body::text;
  (Options::apply(r), ..., void());
};
constexpr model::table make_routine(const identifier& name, text_view body, const model::routine_details& details) {
  model::table t(name, {}, model::source_kind::routine, body);
  t.routine = &details;
  return t;
}
/// What stands for one whose parameters are wrong, so that this is the only error.
inline constexpr model::routine_details some_routine{"sql"};
}  // namespace detail

/// A function, or without `returns` a procedure: `struct touch : dt::routine<"touch", dt::body<"plpgsql", "BEGIN NEW.changed
/// = now(); RETURN NEW; END">, dt::returns<"trigger">> {};`, among the tables of a version. Its name is its own, whatever the
/// arguments. What it does nobody checks; no unit reads it. create_view, replace_view and drop_view make, change and drop it.
/// PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Name, class... Wrong>
struct routine {
  static_assert(sizeof(detail::routine_parameter<sizeof...(Wrong) == 0 && sizeof(Name) == 0>) != 0);
  static constexpr model::table value = detail::make_routine(identifier_of<Name>, "SELECT 1", detail::some_routine);
};
template <fixed_string Name, class Body, class... Options>
  requires detail::makes_a_routine<Body, Options...>
struct routine<Name, Body, Options...> {
  static constexpr model::table value =
      detail::make_routine(identifier_of<Name>, Body::text, detail::routine_of<Body, Options...>);
};

/// A trigger of a table, as what stands before and behind the table's name in CREATE TRIGGER: `trigger<"touch", "BEFORE
/// UPDATE OF name", "FOR EACH ROW EXECUTE FUNCTION touch()">`. A column or routine that it mentions is not dropped, nor is a
/// column of the table that the routine mentions (MG_DEPENDENT); what it does to rows nobody checks. Raises SC_EXPRESSION.
/// PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Name, fixed_string Event, fixed_string Action>
struct trigger {
  static constexpr model::trigger value{{model::part_kind::trigger, identifier_of<Name>}, Event, Action};
};

}  // namespace dovetail
