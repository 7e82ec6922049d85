// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/triggers.hpp>

#include <dovetail/change/alter_column.hpp>
#include <dovetail/change/cascade.hpp>
#include <dovetail/change/columns.hpp>
#include <dovetail/change/tables.hpp>
#include <dovetail/change/views.hpp>
#include <dovetail/diagnose/predicates.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

namespace {

using id = dt::column<"id", dt::bigint>;
using email = dt::column<"email", dt::text>;
using changed = dt::column<"changed", dt::timestamptz, dt::null>;
template <dt::fixed_string Name>
using touched = dt::trigger<Name, "BEFORE UPDATE OF email", "FOR EACH ROW EXECUTE FUNCTION touch()">;
template <class... Parts>
using customer = dt::table<"customer", id, email, changed, dt::check<"positive", "id > 0">, Parts...>;
template <dt::fixed_string Body, class... Options>
using touching = dt::routine<"touch", dt::body<"plpgsql", Body>, dt::returns<"trigger">, Options...>;
using touch = touching<"BEGIN NEW.changed = now(); RETURN NEW; END">;
struct v1 : dt::schema<"1", customer<touched<"touched">>, touch> {};
struct bare : dt::schema<"2", customer<>, touch> {};

// ---- add_trigger, drop_trigger

constexpr const dt::model::change& added = dt::add_trigger<"customer", touched<"touched">>::value;
static_assert(test::makes<customer<touched<"touched">>>(bare::value, added));
static_assert(test::does(bare::value, added, "add_part customer.touched"));
static_assert(test::comes_back(bare::value, added) && !test::destroys(bare::value, added));
static_assert(test::raises(v1::value, added, code::MG_EXISTS) &&
              test::raises(v1::value, dt::add_trigger<"customer", touched<"positive">>::value, code::MG_EXISTS));
static_assert(test::raises(bare::value, dt::add_trigger<"client", touched<"t">>::value, code::MG_TARGET) &&
              test::raises(bare::value, dt::add_trigger<"customer", touched<"">>::value, code::SC_NAME));
template <dt::fixed_string Event, dt::fixed_string Action>
constexpr const dt::model::change& other = dt::add_trigger<"customer", dt::trigger<"t", Event, Action>>::value;
static_assert(test::raises(bare::value, other<"", "EXECUTE FUNCTION f()">, code::SC_EXPRESSION) &&
              test::raises(bare::value, other<"AFTER INSERT", "EXECUTE FUNCTION f(">, code::SC_EXPRESSION) &&
              test::raises(bare::value, other<"AFTER INSERT;", "f">, code::SC_EXPRESSION));

template <dt::fixed_string Trigger>
constexpr const dt::model::change& dropped = dt::drop_trigger<"customer", Trigger>::value;
static_assert(test::makes<customer<>>(v1::value, dropped<"touched">));
static_assert(test::comes_back(v1::value, dropped<"touched">) && !test::destroys(v1::value, dropped<"touched">));
static_assert(test::says(v1::value, dropped<"positive">, code::MG_TARGET, "customer", "positive", "trigger"));
static_assert(test::raises(v1::value, dt::drop_constraint<"customer", "touched">::value, code::MG_TARGET),
              "a trigger is no constraint");

// ---- rename_trigger

template <dt::fixed_string NewName>
constexpr const dt::model::change& renamed = dt::rename_trigger<"customer", "touched", NewName>::value;
static_assert(test::makes<customer<touched<"n">>>(v1::value, renamed<"n">));
static_assert(test::comes_back(v1::value, renamed<"n">) && test::comes_back(v1::value, renamed<"\"; --">));
static_assert(test::raises(v1::value, renamed<"positive">, code::MG_EXISTS) &&
              test::raises(v1::value, renamed<"">, code::SC_NAME) && test::raises(bare::value, renamed<"n">, code::MG_TARGET));

// What differs is found.
static_assert(difference(touched<"t">::value, dt::trigger<"t", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">::value) ==
              "event");
static_assert(difference(touched<"t">::value, dt::trigger<"t", "BEFORE UPDATE OF email", "EXECUTE FUNCTION touch()">::value) ==
              "action");

// ---- What a trigger needs

constexpr bool needed(const dt::model::change& c, dt::text_view object, dt::text_view by, dt::text_view kind) {
  return test::says(v1::value, c, code::MG_DEPENDENT, "customer", object, by, kind);
}
static_assert(needed(dt::drop_column<"customer", "email">::value, "email", "touched", "trigger"));
static_assert(needed(dt::rename_column<"customer", "email", "mail">::value, "email", "touched", "trigger"));
static_assert(needed(dt::set_type<"customer", "email", dt::varchar<9>>::value, "email", "touched", "trigger"));
// The column that only the routine mentions, and without the table's name.
static_assert(needed(dt::drop_column<"customer", "changed">::value, "changed", "touch", "routine"));
static_assert(needed(dt::rename_column<"customer", "changed", "seen">::value, "changed", "touch", "routine"));
static_assert(test::comes_back(bare::value, dt::rename_column<"customer", "changed", "seen">::value),
              "of a routine that no trigger of the table runs");
static_assert(test::comes_back(v1::value, dt::rename_table<"customer", "client">::value) &&
              test::comes_back(v1::value, dt::drop_table<"customer">::value));
static_assert(test::raises(v1::value, dt::drop_view<"touch">::value, code::MG_DEPENDENT) &&
              test::comes_back(bare::value, dt::drop_view<"touch">::value));

// ---- Routines

using twice = dt::routine<"twice", dt::body<"sql", "SELECT 2 * a">, dt::arguments<"a bigint">, dt::returns<"bigint">,
                          dt::attributes<"IMMUTABLE">>;
static_assert(twice::value.kind == dt::model::source_kind::routine && twice::value.query == "SELECT 2 * a" &&
              *twice::value.routine == dt::model::routine_details{"sql", "a bigint", "bigint", "IMMUTABLE"});
constexpr const dt::model::change& created = dt::create_view<twice>::value;
static_assert(test::comes_back(v1::value, created));
static_assert(test::raises(v1::value, dt::create_view<touch>::value, code::MG_EXISTS) &&
              test::raises(v1::value, dt::create_table<twice>::value, code::MG_TARGET));
template <class... Parts>
struct using_twice : dt::schema<"3", dt::table<"t", id, Parts...>, twice> {};
template <class... Parts>
constexpr bool is_held = test::raises(using_twice<Parts...>::value, dt::drop_view<"twice">::value, code::MG_DEPENDENT);
static_assert(!is_held<> && is_held<dt::check<"c", "twice(id) > 0">> &&
              is_held<dt::column<"c", dt::bigint, dt::default_sql<"twice(1)">>> &&
              is_held<dt::column<"c", dt::bigint, dt::generated_stored<"twice(id)">>> &&
              is_held<dt::index_on<"i", dt::element_sql<"twice(id)">>> &&
              is_held<dt::exclude<"e", dt::element_sql<"twice(id)", dt::with<"=">>>>);
struct of_rows : dt::schema<"4", customer<>, dt::routine<"f", dt::body<"sql", "SELECT 1">, dt::arguments<"c customer">>> {};
static_assert(test::raises(of_rows::value, dt::drop_table<"customer">::value, code::MG_DEPENDENT) &&
              test::raises(of_rows::value, dt::rename_table<"customer", "client">::value, code::MG_DEPENDENT));

// Another body takes the place of the one before, and what runs it stays.
using quicker = touching<"BEGIN RETURN NEW; END">;
static_assert(test::comes_back(v1::value, dt::replace_view<quicker>::value) &&
              test::does(v1::value, dt::replace_view<quicker>::value, "create_table touch"));
static_assert(test::comes_back(v1::value, dt::replace_view<touching<"BEGIN NEW.changed = now(); RETURN NEW; END",
                                                                   dt::attributes<"STABLE">>>::value));
static_assert(test::raises(v1::value, dt::replace_view<touch>::value, code::MG_NO_CHANGE));
// Other arguments are another routine.
using with_argument = touching<"BEGIN RETURN NEW; END", dt::arguments<"a bigint">>;
static_assert(test::raises(v1::value, dt::replace_view<with_argument>::value, code::MG_DEPENDENT) &&
              test::comes_back(bare::value, dt::replace_view<with_argument>::value));
static_assert(test::raises(v1::value, dt::replace_view<dt::routine<"touch", dt::body<"plpgsql", "">, dt::returns<"trigger">>>::value,
                           code::SC_EXPRESSION));

template <class... Routine>
constexpr bool is_broken = test::are(dt::validity<dt::schema<"5", Routine...>>::findings, code::SC_EXPRESSION);
static_assert(is_broken<dt::routine<"r", dt::body<"sql", "">>> && is_broken<dt::routine<"r", dt::body<"", "SELECT 1">>> &&
              is_broken<dt::routine<"r", dt::body<"sql", "a\0b">>> &&
              is_broken<dt::routine<"r", dt::body<"sql", "SELECT 1">, dt::arguments<"a bigint)">>> &&
              is_broken<dt::routine<"r", dt::body<"sql", "SELECT 1">, dt::returns<"int;">>> &&
              is_broken<dt::routine<"r", dt::body<"sql", "SELECT 1">, dt::attributes<"STABLE --">>>);
static_assert(dt::validity<v1>::findings.empty() && dt::validity<using_twice<>>::findings.empty());

// Two versions are the same only if their routines are.
static_assert(dt::same<dt::schema<"6", customer<>, touch>, bare>);
static_assert(test::are(dt::sameness<dt::schema<"6", customer<>, quicker>, bare>::findings, code::SC_DIFFERS));
struct stable : dt::schema<"6", customer<>, touching<"BEGIN NEW.changed = now(); RETURN NEW; END", dt::attributes<"STABLE">>> {};
static_assert(test::are(dt::sameness<stable, bare>::findings, code::SC_DIFFERS) &&
              dt::sameness<stable, bare>::findings[0].detail == "language, arguments, result or attributes");
static_assert(test::are(dt::sameness<dt::schema<"6", customer<>, with_argument>, bare>::findings, code::SC_DIFFERS));

}  // namespace
