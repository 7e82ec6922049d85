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

#include <dovetail/model/field.hpp>
#include <dovetail/model/members.hpp>
#include <dovetail/vocabulary/identifier.hpp>

/// Structs as rows: aggregates, and, by Boost.Hana's Struct concept, which only this header knows, classes whose members
/// nobody sees and that users adapt as they already know (BOOST_HANA_ADAPT_STRUCT and its kin).
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
  array_view<identifier> names{};  ///< of the fields: the columns of a unit that says nothing else
  bool plain = false;            ///< each field is a value of a type that some rule knows
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

/// Not to a base either, nor to a copy of the whole, which a single initializer may be.
template <class T>
struct convertible_to_member_of {
  template <class U>
    requires(!std::is_base_of_v<U, T>)
  operator U() const noexcept {
    __builtin_unreachable();
  }
};

/// Whether the first so many initializers are those of members, none of them an array: round brackets take one initializer
/// for each. A base comes first.
template <class T, class Indices>
inline constexpr bool has_only_members = false;
template <class T, std::size_t First, std::size_t... I>
  requires requires { T(convertible_to_member_of<T>{}, (void(I), convertible_to_all{})...); }
inline constexpr bool has_only_members<T, std::index_sequence<First, I...>> = true;

/// The number of members of an aggregate: the most initializers that it takes. It takes every smaller number as well,
/// down to the last member that has to be initialized. Each try is dear, and so the search begins where members of 16
/// bytes make a good guess: Boost.PFR's costs ten times as much on clang 19 (measured: 40 ms per struct of 8 fields).
template <class T, std::size_t N>
constexpr std::size_t count_up() {
  if constexpr (N <= most_members && has_only_members<T, std::make_index_sequence<N + 1>>)
    return count_up<T, N + 1>();
  else
    return N;
}
template <class T, std::size_t N>
constexpr std::size_t find_up() {
  if constexpr (has_only_members<T, std::make_index_sequence<N>>)
    return count_up<T, N>();
  else if constexpr (N < most_members)
    return find_up<T, N + 1>();
  else
    return 0;
}
template <class T, std::size_t N, std::size_t Guess>
constexpr std::size_t count_down() {
  if constexpr (N == 0)
    return find_up<T, Guess + 1>();
  else if constexpr (has_only_members<T, std::make_index_sequence<N>>)
    return N;
  else
    return count_down<T, N - 1, Guess>();
}
template <class T>
constexpr std::size_t count_members() {
  constexpr std::size_t guess = sizeof(T) < 32 ? 1 : sizeof(T) / 16 < most_members ? sizeof(T) / 16 : most_members;
  if constexpr (std::is_empty_v<T>)
    return 0;
  else if constexpr (has_only_members<T, std::make_index_sequence<guess>>)
    return count_up<T, guess>();
  else
    return count_down<T, guess - 1, guess>();
}
template <class T>
inline constexpr std::size_t member_count = count_members<T>();

/// Whether an aggregate takes so many initializers in braces, where those around the elements of an array may be left
/// out.
template <class T, class Indices>
inline constexpr bool initializable_with = false;
template <class T, std::size_t... I>
  requires requires { T{(void(I), convertible_to_all{})...}; }
inline constexpr bool initializable_with<T, std::index_sequence<I...>> = true;

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

/// A model of Hana's Struct concept. The concept's own header costs a fifth of what all of dovetail may; whoever adapts a
/// class has included what defines it.
template <class T>
concept is_adapted = requires { boost::hana::accessors_impl<T>::apply(); };

enum class row_fault : unsigned char { none, no_aggregate, base, members, unseen, array };

template <class T, std::size_t... I>
constexpr bool takes_any(std::index_sequence<I...>) {
  return (initializable_with<T, std::make_index_sequence<I + 1>> || ...);
}
/// Why the fields of a type cannot be seen: found out first, so that users read a sentence and not what the compiler
/// says of ours.
template <class T>
constexpr row_fault find_row_fault() {
  if constexpr (is_adapted<T>)
    return row_fault::none;
  else if constexpr (!std::is_class_v<T> || !std::is_aggregate_v<T>)
    return row_fault::no_aggregate;
  else if constexpr (member_count<T> > most_members)
    return row_fault::members;
  else if constexpr ((member_count<T> != 0 || std::is_empty_v<T>) &&
                     !initializable_with<T, std::make_index_sequence<member_count<T> + 1>>)
    return row_fault::none;
  else if constexpr (has_base<T>)
    return row_fault::base;
  else
    return takes_any<T>(std::make_index_sequence<most_members>()) ? row_fault::array : row_fault::unseen;
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

/// Where the members of a row stand; as a template argument, it spells their names.
template <std::size_t N>
struct member_addresses {
  const volatile void* at[N];
};
/// The same, of a row whose members are of these types. All that follows from the types alone is found once for all rows
/// that have the same.
template <class... Types>
struct typed_addresses {
  static constexpr std::size_t count = sizeof...(Types);
  static constexpr const field_type* types[count + 1]{&field_type_of<Types>..., nullptr};
  /// No member is a struct, or an enum class with a gap: each is of a type that some rule knows.
  static constexpr bool flat = [] {
    for (std::size_t i = 0; i != count; ++i)
      if (types[i]->holds.kind == family::unknown || types[i]->gap) return false;
    return true;
  }();

  member_addresses<count> all;
};
template <>
struct typed_addresses<> {
  static constexpr std::size_t count = 0;
  static constexpr const field_type* types[1]{};
  static constexpr bool flat = true;
};
struct take_addresses {
  template <class... Types>
  constexpr typed_addresses<Types...> operator()(const Types&... members) const {
    return {{{__builtin_addressof(members)...}}};
  }
  constexpr typed_addresses<> operator()() const { return {}; }
};

/// The fields of a row, and their names by themselves.
template <std::size_t N>
struct row_storage {
  model::field fields[N + 1]{};
  identifier names[N + 1]{};
};

/// One text for all members: g++ spells each as `(& never_made<card>.wrapper<card>::value.card::full_name)`, clang as
/// `&never_made.value.full_name`.
template <auto Addresses>
constexpr text_view signature_of_members() {
  return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}
/// A function, since g++'s sanitizers want every variable that holds an address to be there when the program is linked.
template <class T>
consteval auto addresses_of() {
  return members<member_count<T>>::pass(never_made<T>.value, take_addresses());
}

/// What stands before a name.
#if defined(__clang__)
inline constexpr char before_name = '.';
#else
inline constexpr char before_name = ':';
#endif
/// Where the last name ends.
constexpr const char* end_of_names(text_view signature) {
  const char* end = signature.end();
  while (end[-1] == ']' || end[-1] == '}' || end[-1] == ')') --end;
  return end;
}
constexpr const char* begin_of_name(const char* end) {
  while (end[-1] != before_name) --end;
  return end;
}

struct two_members {
  int a, b;
};
struct another_two_members {
  int a, b;
};
/// What stands between the names of two members.
struct name_distance {
  text_view separator;  ///< up to the `&`
  std::size_t size;     ///< the whole
};
template <class T>
constexpr name_distance measure_names() {
  const text_view text = signature_of_members<addresses_of<T>().all>();
  const char* const last = begin_of_name(end_of_names(text));
  const char* end = last - 1;
  while (end[-1] != 'a' || (end[0] != ')' && end[0] != ',')) --end;
  std::size_t separator = 1;
  while (end[separator - 1] != '&') ++separator;
  return {{end, separator}, static_cast<std::size_t>(last - end)};
}
inline constexpr name_distance two_names = measure_names<two_members>();
inline constexpr std::size_t two_names_for = signature_of_type<two_members>().size();
/// How often the struct's own name stands between them.
inline constexpr std::size_t own_names = (measure_names<another_two_members>().size - two_names.size) /
                                         (signature_of_type<another_two_members>().size() - two_names_for);

/// The distance in this text, where the last name begins.
constexpr std::size_t find_distance(const char* begin) {
  const text_view wanted = two_names.separator;
  const char* end = begin - wanted.size();
  while (!(text_view(end, wanted.size()) == wanted)) --end;
  return static_cast<std::size_t>(begin - end);
}
/// Reads the names from the end of the text. A character costs g++ some 10 us, and so what stands between two names is not
/// read but measured: by the length of the struct's own name, if g++ spells that here as it does alone (not so where it
/// has default arguments).
template <std::size_t N>
constexpr row_storage<N> name_members(text_view signature, std::size_t own_signature, const field_type* const* types) {
  row_storage<N> result;
  std::size_t distance = two_names.size + own_names * (own_signature - two_names_for);
  const char* end = end_of_names(signature);
  for (std::size_t i = N; i-- != 0;) {
    const char* begin = end;
    while (begin[-1] != before_name) --begin;
    result.names[i] = identifier(begin, static_cast<std::size_t>(end - begin));
    result.fields[i].name = result.names[i];
    result.fields[i].type = types[i];
    if (i == 0) break;
    end = begin - distance;
    if (i == N - 1 && (end[0] != two_names.separator[0] || end[2] != two_names.separator[2])) {
      distance = find_distance(begin);
      end = begin - distance;
    }
  }
  return result;
}

/// Access to the fields of a struct: `count`, `types`, whether it is `flat`, `describe()`, and `pass(row, visit)`, which
/// calls `visit(field…)`.
template <class T>
struct fields_of;

/// Aggregates.
template <class T>
  requires std::is_aggregate_v<T> && (!is_adapted<T>)
struct fields_of<T> : members<member_count<T>> {
  using addresses = decltype(addresses_of<T>());
  static constexpr std::size_t count = member_count<T>;

  static constexpr row_storage<count> describe() {
    if constexpr (count == 0)
      return row_storage<count>();
    else
      return name_members<count>(signature_of_members<addresses_of<T>().all>(), signature_of_type<T>().size(),
                                 addresses::types);
  }
};
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class T, class Indices>
struct adapted_types;
template <class T, std::size_t... I>
struct adapted_types<T, std::index_sequence<I...>> {
  using type = typed_addresses<std::remove_cvref_t<decltype(boost::hana::second(
      boost::hana::at_c<I>(boost::hana::accessors<T>()))(std::declval<T&>()))>...>;
};
/// Adapted classes, through Hana's accessors: pairs of a name and a function.
template <class T>
  requires is_adapted<T>
struct fields_of<T> {
  using accessors = decltype(boost::hana::accessors<T>());
  static constexpr std::size_t count = decltype(boost::hana::length(std::declval<accessors>()))::value;
  using indices = std::make_index_sequence<count>;
  using addresses = typename adapted_types<T, indices>::type;

  template <class Row, class Visit>
  static constexpr decltype(auto) pass(Row& row, Visit&& visit) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
      return visit(boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<T>()))(row)...);
    }(indices());
  }

  static constexpr row_storage<count> describe() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      row_storage<count> result;
      ((result.names[I] = text_view(name<I>::c_str()), result.fields[I] = {result.names[I], addresses::types[I]}), ...);
      return result;
    }(indices());
  }

 private:
  template <std::size_t I>
  using name = std::remove_cvref_t<decltype(boost::hana::first(boost::hana::at_c<I>(std::declval<accessors>())))>;
};

/// The members of a row.
template <class T>
struct row_members {
  static constexpr std::size_t count = fields_of<T>::count;
  static constexpr bool flat = fields_of<T>::addresses::flat;
  static constexpr row_storage<count> fields = fields_of<T>::describe();
};

/// The fields of a row: the members, and instead of those that are structs, theirs.
template <class T, bool Flat = row_members<T>::flat>
struct row_fields : row_members<T> {
  static constexpr std::size_t first_of(std::size_t member) { return member; }
};

template <class T>
constexpr model::row make_row() {
  if constexpr (is_row<T>)
    return {type_name<T>,
            {row_fields<T>::fields.fields, row_fields<T>::count},
            is_adapted<T>,
            {row_fields<T>::fields.names, row_fields<T>::count},
            row_members<T>::flat};
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
  template <class... Types>
  static constexpr facts_array find_facts(const typed_addresses<Types...>*) {
    return {{make_member_facts<Types>()...}};
  }
  static constexpr facts_array facts = find_facts(static_cast<const typename fields_of<T>::addresses*>(nullptr));

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
        for (const model::field& f : facts.array[i].nested->fields) visit(members::fields.fields[i], facts.array[i], f);
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
  static constexpr row_storage<count> fields = [] {
    row_storage<count> result;
    text_view rest = static_text<row_fields>::value;
    const model::nested_field* next = nested.array;
    std::size_t to = 0;
    for (std::size_t i = 0; i != members::count; ++i) {
      if (facts.array[i].nested == nullptr) {
        result.fields[to] = members::fields.fields[i];
        if (facts.array[i].optional) result.fields[to].type = &optional_struct;
        ++to;
        continue;
      }
      for (const model::field& inner : facts.array[i].nested->fields) {
        result.fields[to++] = {take_text(rest), inner.type, next++};
        take_text(rest);
      }
    }
    for (std::size_t i = 0; i != count; ++i) result.names[i] = result.fields[i].name;
    return result;
  }();
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
/// No generic lambda with a pack inside of another one: g++ 12 crashes.
template <std::size_t First, class Row, class Visit, class Indices>
struct member_visitor;
template <std::size_t First, class Row, class Visit, std::size_t... I>
struct member_visitor<First, Row, Visit, std::index_sequence<I...>> {
  Visit& visit;

  template <class... Members>
  constexpr void operator()(Members&&... members) const {
    (visit_member<First + row_fields<Row>::first_of(I)>(static_cast<Members&&>(members), visit), ...);
  }
};
template <std::size_t First, class Row, class Visit>
constexpr void visit_from(Row& row, Visit& visit) {
  using type = std::remove_const_t<Row>;
  fields_of<type>::pass(
      row, member_visitor<First, type, Visit, std::make_index_sequence<fields_of<type>::count>>{visit});
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
