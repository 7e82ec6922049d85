// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <boost/hana/accessors.hpp>
#include <boost/hana/fwd/at.hpp>
#include <boost/hana/fwd/first.hpp>
#include <boost/hana/fwd/length.hpp>
#include <boost/hana/fwd/second.hpp>
#include <boost/pfr/detail/core17_generated.hpp>

#include <dovetail/model/field.hpp>
#include <dovetail/vocabulary/identifier.hpp>

/// Structs as rows, the only header that knows Boost.PFR, for aggregates, and Boost.Hana's Struct concept, for classes
/// that PFR cannot see and that users adapt as they already know (BOOST_HANA_ADAPT_STRUCT and its kin).
namespace dovetail {

namespace model {

struct row;
struct field;

/// Where a field stands that is no member of the row, but of a struct inside of it.
struct nested_field {
  identifier member;   ///< of the row, which is that struct
  const row* within;   ///< the struct
  const field* inner;  ///< its field
  text_view spelled;   ///< `home.street`
};

struct field {
  identifier name;  ///< `home_street` of `home.street`
  const field_type* type = nullptr;
  const nested_field* nested = nullptr;

  /// As a program spells it: `home.street`.
  constexpr text_view spelled() const { return nested == nullptr ? name.text() : nested->spelled; }
};

/// A struct as a value: the names and types of its fields, in their order. Where a member is a struct itself, its
/// fields stand in its place, under both names.
struct row {
  text_view name;
  array_view<field> fields;
  bool adapted = false;
};

}  // namespace model

namespace detail {

/// Never called, and yet defined: clang refuses an undefined function whose type is of an unnamed namespace.
struct convertible_to_all {
  template <class T>
  operator T() const noexcept {
    __builtin_unreachable();
  }
};

template <class T, class Indices>
inline constexpr bool initializable_with = false;
template <class T, std::size_t... I>
  requires requires { T{(void(I), convertible_to_all{})...}; }
inline constexpr bool initializable_with<T, std::index_sequence<I...>> = true;

/// The most members that PFR reaches.
inline constexpr std::size_t most_members = 100;

/// The number of members of an aggregate: the most initializers that it takes. It takes every smaller number as well,
/// down to the last member that has to be initialized. Each try is dear, and so the search begins where members of 16
/// bytes make a good guess: PFR's own costs ten times as much on clang 19 (measured: 40 ms per struct of 8 fields).
template <class T, std::size_t N>
constexpr std::size_t count_up() {
  if constexpr (N <= most_members && initializable_with<T, std::make_index_sequence<N + 1>>)
    return count_up<T, N + 1>();
  else
    return N;
}
template <class T, std::size_t N>
constexpr std::size_t find_up() {
  if constexpr (initializable_with<T, std::make_index_sequence<N>>)
    return count_up<T, N>();
  else if constexpr (N < most_members)
    return find_up<T, N + 1>();
  else
    return 0;
}
template <class T, std::size_t N, std::size_t Guess>
constexpr std::size_t count_down() {
  if constexpr (initializable_with<T, std::make_index_sequence<N>>)
    return N;
  else if constexpr (N != 0)
    return count_down<T, N - 1, Guess>();
  else
    return find_up<T, Guess>();
}
template <class T>
constexpr std::size_t count_members() {
  constexpr std::size_t guess = sizeof(T) / 16 < most_members ? sizeof(T) / 16 : most_members;
  if constexpr (initializable_with<T, std::make_index_sequence<guess>>)
    return count_up<T, guess>();
  else
    return count_down<T, guess, guess>();
}
template <class T>
inline constexpr std::size_t member_count = count_members<T>();

template <class T>
struct convertible_to_base_of {
  template <class Base>
    requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
  operator Base&&() const&& noexcept {
    __builtin_unreachable();
  }
};
template <class T>
concept has_base = requires { T{convertible_to_base_of<T>{}}; };

/// A single initializer may be a copy of the whole.
template <class T>
struct convertible_to_all_but {
  template <class U>
    requires(!std::is_same_v<U, T>)
  operator U() const noexcept {
    __builtin_unreachable();
  }
};

/// Braces around the elements of an array may be left out, but round brackets take one initializer for each member.
template <class T, class Indices>
inline constexpr bool has_array = true;
template <class T>
inline constexpr bool has_array<T, std::index_sequence<>> = false;
template <class T>
  requires requires { T(convertible_to_all_but<T>{}); }
inline constexpr bool has_array<T, std::index_sequence<0>> = false;
template <class T, std::size_t... I>
  requires(sizeof...(I) > 1) && requires { T((void(I), convertible_to_all{})...); }
inline constexpr bool has_array<T, std::index_sequence<I...>> = false;

/// A model of Hana's Struct concept. The concept's own header costs a fifth of what all of dovetail may; whoever adapts a
/// class has included what defines it.
template <class T>
concept is_adapted = requires { boost::hana::accessors_impl<T>::apply(); };

enum class row_fault : unsigned char { none, no_aggregate, base, members, unseen, array };

/// Why PFR cannot see the fields of a type: found out first, so that users read a sentence and not a page of PFR's.
template <class T>
constexpr row_fault find_row_fault() {
  if constexpr (is_adapted<T>)
    return row_fault::none;
  else if constexpr (!std::is_class_v<T> || !std::is_aggregate_v<T>)
    return row_fault::no_aggregate;
  else if constexpr (has_base<T>)
    return row_fault::base;
  else if constexpr (member_count<T> > most_members)
    return row_fault::members;
  else if constexpr (member_count<T> == 0 && !std::is_empty_v<T>)
    return row_fault::unseen;
  else if constexpr (has_array<T, std::make_index_sequence<member_count<T>>>)
    return row_fault::array;
  else
    return row_fault::none;
}
template <class T>
inline constexpr row_fault row_fault_of = find_row_fault<T>();
template <class T>
inline constexpr bool is_row = row_fault_of<T> == row_fault::none;

/// Raises what is wrong with a row.
template <class T>
struct must_be_row {
  static constexpr row_fault fault = row_fault_of<T>;
  static_assert(fault != row_fault::no_aggregate,
                "[dovetail/SC_ROW] a row is an aggregate, or a class that BOOST_HANA_ADAPT_STRUCT has adapted");
  static_assert(fault != row_fault::base,
                "[dovetail/SC_ROW] a row has no base class, unless BOOST_HANA_ADAPT_STRUCT has adapted it");
  static_assert(fault != row_fault::members,
                "[dovetail/SC_ROW] a row has at most 100 members, unless BOOST_HANA_ADAPT_STRUCT has adapted it");
  static_assert(fault != row_fault::unseen,
                "[dovetail/SC_ROW] a row has no reference as a member, unless BOOST_HANA_ADAPT_STRUCT has adapted it");
  static_assert(fault != row_fault::array,
                "[dovetail/SC_ROW] a row has no array as a member: use std::string, std::array or a vector of std::byte");
};

/// A value of T that is never made: the addresses of its members, as template arguments, give their names.
template <class T>
struct wrapper {
  T value;
};
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
template <class T>
extern const wrapper<T> never_made;

#if defined(__clang__) && __clang_major__ < 18
/// It takes no address of a member as a template argument, but takes it inside of a class.
template <class T>
struct member_address {
  const T* address;
  constexpr const T& operator*() const { return *address; }
};
#else
template <class T>
using member_address = const T*;
#endif
template <class T>
constexpr member_address<T> address_of(const T& member) {
  return {&member};
}

/// The name of a member stands before the closing brackets of the compiler's text, behind a ':' on g++ and a '.' on
/// clang. It is read for each field of each struct, and so with no more care than that.
constexpr text_view last_member(const char* text, std::size_t size) {
  const char* end = text + size;
  while (end[-1] == ']' || end[-1] == '}' || end[-1] == ')') --end;
  const char* begin = end;
  while (begin[-1] != ':' && begin[-1] != '.') --begin;
  return {begin, static_cast<std::size_t>(end - begin)};
}
template <auto Member>
constexpr model::field describe_member() {
  return {last_member(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1),
          &field_type_of<std::remove_cvref_t<decltype(*Member)>>};
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <std::size_t N>
struct field_array {
  model::field array[N + 1]{};
};

/// Access to the fields of a struct: `count`, `describe(indices)`, `get<I>(row)`.
template <class T>
struct fields_of;

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
/// Aggregates, through PFR.
template <class T>
  requires std::is_aggregate_v<T> && (!is_adapted<T>)
struct fields_of<T> {
  static constexpr std::size_t count = member_count<T>;

  template <class Row>
  static constexpr auto tie(Row& row) {
    return boost::pfr::detail::tie_as_tuple(row, boost::pfr::detail::size_t_<count>{});
  }
  template <std::size_t I, class Row>
  static constexpr auto& get(Row& row) {
    return boost::pfr::detail::sequence_tuple::get<I>(tie(row));
  }
  template <std::size_t... I>
  static constexpr field_array<count> describe(std::index_sequence<I...>) {
    // References to the members, made once for all of them. No static member: of a local class it would be emitted.
    [[maybe_unused]] constexpr auto members = tie(never_made<T>.value);  // unused where there are none
    return {{describe_member<address_of(boost::pfr::detail::sequence_tuple::get<I>(members))>()..., {}}};
  }
};
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

/// Adapted classes, through Hana's accessors: pairs of a name and a function.
template <class T>
  requires is_adapted<T>
struct fields_of<T> {
  using accessors = decltype(boost::hana::accessors<T>());
  static constexpr std::size_t count = decltype(boost::hana::length(std::declval<accessors>()))::value;

  template <std::size_t I, class Row>
  static constexpr decltype(auto) get(Row& row) {
    return boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<T>()))(row);
  }
  template <std::size_t... I>
  static constexpr field_array<count> describe(std::index_sequence<I...>) {
    return {{describe_member<I>()..., {}}};
  }

 private:
  template <std::size_t I>
  static constexpr model::field describe_member() {
    using name = std::remove_cvref_t<decltype(boost::hana::first(boost::hana::at_c<I>(std::declval<accessors>())))>;
    return {text_view(name::c_str()), &field_type_of<std::remove_cvref_t<decltype(get<I>(std::declval<T&>()))>>};
  }
};

/// The members of a row.
template <class T>
struct row_members {
  static constexpr std::size_t count = fields_of<T>::count;
  static constexpr field_array<count> fields = fields_of<T>::describe(std::make_index_sequence<count>());
  static constexpr array_view<model::field> value{fields.array, count};

  /// No member is a struct, or an enum class with a gap: each is of a type that some rule knows.
  static constexpr bool flat = [] {
    for (const model::field& f : value)
      if (f.type->holds.kind == family::unknown || f.type->gap) return false;
    return true;
  }();
};

/// The fields of a row: the members, and instead of those that are structs, theirs.
template <class T, bool Flat = row_members<T>::flat>
struct row_fields : row_members<T> {
  static constexpr std::size_t first_of(std::size_t member) { return member; }
};

template <class T>
constexpr model::row make_row() {
  if constexpr (is_row<T>)
    return {type_name<T>, row_fields<T>::value, is_adapted<T>};
  else
    return {type_name<T>, {}};
}

/// A struct lowered, once for all its units and versions.
template <class T>
inline constexpr model::row row_of = make_row<T>();

/// Whether a member of this type is a struct inside of a row, and no value.
template <class T>
constexpr bool find_nested() {
  if constexpr (std::is_class_v<T> && field_type_of<T>.holds.kind == family::unknown && is_row<T>)
    return fields_of<T>::count != 0;
  else
    return false;
}
template <class T>
inline constexpr bool is_nested = find_nested<T>();

/// The type of a std::optional of a struct: no value and no struct, since its columns would have to be NULL together,
/// which none of them can know.
inline constexpr field_type optional_struct{{}, "std::optional of a struct"};

/// The first field that has a column and is one, or is an enum class with a gap; null if there is none.
template <class T>
constexpr const model::field* find_misfit(array_view<identifier> columns) {
  if constexpr (is_row<T>)
    if constexpr (!row_members<T>::flat)
      for (std::size_t i = 0; i != columns.size(); ++i) {
        const model::field& f = row_of<T>.fields[i];
        if ((f.type == &optional_struct || f.type->gap) && !columns[i].empty()) return &f;
      }
  return nullptr;
}

/// What a member of a row is: a struct inside of it, or a value of some type.
struct member_facts {
  const model::row* nested = nullptr;
  bool optional = false;

  constexpr std::size_t count() const { return nested == nullptr ? 1 : nested->fields.size(); }
};
template <class T>
constexpr member_facts make_member_facts() {
  if constexpr (is_nested<T>)
    return {&row_of<T>, false};
  else if constexpr (is_optional<T>)
    return {nullptr, is_nested<std::remove_cv_t<typename T::value_type>>};
  else
    return {};
}

/// The text up to the next NUL, which is taken from the rest.
constexpr text_view take_text(text_view& rest) {
  std::size_t end = 0;
  while (rest[end] != '\0') ++end;
  const text_view taken = rest.substr(0, end);
  rest = rest.substr(end + 1);
  return taken;
}

template <class T>
struct row_fields<T, false> {
  using members = row_members<T>;

  struct facts_array {
    member_facts array[members::count];
  };
  template <std::size_t I>
  using type = std::remove_cvref_t<decltype(fields_of<T>::template get<I>(std::declval<T&>()))>;
  static constexpr facts_array facts = []<std::size_t... I>(std::index_sequence<I...>) {
    return facts_array{{make_member_facts<type<I>>()...}};
  }(std::make_index_sequence<members::count>());

  /// The first field that stands for a member.
  static constexpr std::size_t first_of(std::size_t member) {
    std::size_t first = 0;
    for (std::size_t i = 0; i != member; ++i) first += facts.array[i].count();
    return first;
  }
  static constexpr std::size_t count = first_of(members::count);

  /// Calls `visit(member, facts, field)` for each field of the structs inside.
  template <class Visit>
  static constexpr void each_nested(Visit visit) {
    for (std::size_t i = 0; i != members::count; ++i)
      if (facts.array[i].nested != nullptr)
        for (const model::field& f : facts.array[i].nested->fields) visit(members::fields.array[i], facts.array[i], f);
  }
  /// `home_street` and `home.street` of each.
  static constexpr void into(text_buffer& out) {
    each_nested([&](const model::field& member, const member_facts&, const model::field& inner) {
      out << member.name << '_' << inner.name << '\0' << member.name << '.' << inner.spelled() << '\0';
    });
  }

  struct nested_array {
    model::nested_field array[count + 1];
  };
  static constexpr nested_array nested = [] {
    nested_array result{};
    text_view rest = static_text<row_fields>::value;
    std::size_t i = 0;
    each_nested([&](const model::field& member, const member_facts& facts, const model::field& inner) {
      take_text(rest);
      result.array[i++] = {member.name, facts.nested, &inner, take_text(rest)};
    });
    return result;
  }();
  static constexpr field_array<count> fields = [] {
    field_array<count> result;
    text_view rest = static_text<row_fields>::value;
    const model::nested_field* next = nested.array;
    std::size_t to = 0;
    for (std::size_t i = 0; i != members::count; ++i) {
      if (facts.array[i].nested == nullptr) {
        result.array[to] = members::fields.array[i];
        if (facts.array[i].optional) result.array[to].type = &optional_struct;
        ++to;
        continue;
      }
      for (const model::field& inner : facts.array[i].nested->fields) {
        result.array[to++] = {take_text(rest), inner.type, next++};
        take_text(rest);
      }
    }
    return result;
  }();
  static constexpr array_view<model::field> value{fields.array, count};
};

template <std::size_t First, class Row, class Visit>
constexpr void visit_from(Row& row, Visit& visit);
template <std::size_t I, class Member, class Visit>
constexpr void visit_member(Member&& member, Visit& visit) {
  if constexpr (is_nested<std::remove_cvref_t<Member>>)
    visit_from<I>(member, visit);
  else
    visit(std::integral_constant<std::size_t, I>(), static_cast<Member&&>(member));
}
template <std::size_t First, class Row, class Visit>
constexpr void visit_from(Row& row, Visit& visit) {
  using type = std::remove_const_t<Row>;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit_member<First + row_fields<type>::first_of(I)>(fields_of<type>::template get<I>(row), visit), ...);
  }(std::make_index_sequence<fields_of<type>::count>());
}
/// Calls `visit(std::integral_constant<std::size_t, I>(), field)` for field I of a row, in their order.
template <class Row, class Visit>
constexpr void visit_fields(Row& row, Visit visit) {
  visit_from<0>(row, visit);
}

}  // namespace detail

/// Calls `visit(field)` for each field of a row, in their order; of a struct inside of it, for each of its fields.
template <class Row, class Visit>
constexpr void for_each_field(Row& row, Visit visit) {
  detail::visit_fields(row, [&](auto, auto&& field) { visit(static_cast<decltype(field)>(field)); });
}

}  // namespace dovetail
