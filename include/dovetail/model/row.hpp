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

struct field {
  identifier name;
  const field_type* type = nullptr;
};

/// A struct as a value: the names and types of its fields, in their order.
struct row {
  text_view name;
  view<field> fields;
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

/// The number of members of an aggregate: the most initializers that it takes. It takes every smaller number as well, so
/// that the search may begin anywhere, and each try is dear: members of 16 bytes are a good guess. PFR's own search costs
/// ten times as much on clang 19 (measured: 40 ms per struct of 8 fields).
template <class T, std::size_t N, bool Up>
constexpr std::size_t count_members() {
  if constexpr (Up && N <= most_members && initializable_with<T, std::make_index_sequence<N + 1>>)
    return count_members<T, N + 1, true>();
  else if constexpr (!Up && N != 0 && !initializable_with<T, std::make_index_sequence<N>>)
    return count_members<T, N - 1, false>();
  else
    return N;
}
template <class T>
constexpr std::size_t count_members() {
  constexpr std::size_t guess = sizeof(T) / 16 < most_members ? sizeof(T) / 16 : most_members;
  constexpr bool up = initializable_with<T, std::make_index_sequence<guess>>;
  return count_members<T, guess, up>();
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

/// Braces around the elements of an array may be left out, but round brackets take one initializer for each member, if
/// there are two or more: a single one may be a copy of the whole.
template <class T, class Indices>
inline constexpr bool has_array = true;
template <class T, std::size_t... I>
  requires requires { T((void(I), convertible_to_all{})...); }
inline constexpr bool has_array<T, std::index_sequence<I...>> = false;

/// A model of Hana's Struct concept. The concept's own header costs a fifth of what all of dovetail may; whoever adapts a
/// class has included what defines it.
template <class T>
concept is_adapted = requires { boost::hana::accessors_impl<T>::apply(); };

enum class row_fault : unsigned char { none, no_aggregate, base, members, array };

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
  else if constexpr (member_count<T> > 1 && has_array<T, std::make_index_sequence<member_count<T>>>)
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

/// clang before 18 takes no address of a member as a template argument, but takes it inside of a class.
template <class T>
struct member_address {
  const T* address;
};
template <class T>
member_address(const T*) -> member_address<T>;

template <member_address Member>
constexpr model::field describe_member() {
  return {last_identifier({__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1}),
          &field_type_of<std::remove_cvref_t<decltype(*Member.address)>>};
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
    return {{describe_member<member_address{&boost::pfr::detail::sequence_tuple::get<I>(members)}>()..., {}}};
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

template <class T>
struct row_fields {
  static constexpr std::size_t count = fields_of<T>::count;
  static constexpr field_array<count> fields = fields_of<T>::describe(std::make_index_sequence<count>());
  static constexpr view<model::field> value{fields.array, count};
};

template <class T>
constexpr model::row make_row() {
  if constexpr (is_row<T>)
    return {type_name<T>, row_fields<T>::value};
  else
    return {type_name<T>, {}};
}

/// A struct lowered, once for all its units and versions.
template <class T>
inline constexpr model::row row_of = make_row<T>();

}  // namespace detail

/// Calls `visit(field)` for each field of a row, in their order.
template <class Row, class Visit>
constexpr void for_each_field(Row& row, Visit visit) {
  using fields = detail::fields_of<std::remove_const_t<Row>>;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(fields::template get<I>(row)), ...);
  }(std::make_index_sequence<fields::count>{});
}

}  // namespace dovetail
