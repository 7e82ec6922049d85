// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <dovetail/change/changes.hpp>
#include <dovetail/model/declare.hpp>
#include <dovetail/vocabulary/raise.hpp>

namespace dovetail {

namespace model {

/// A change and its declared inverse.
struct step {
  change forward;
  change inverse;
  bool lossy = false;
  text_view reason{};
  bool inverted = true;  ///< false where none was declared, which is an error of its own
};

struct migration {
  text_view name;
  const schema* from = nullptr;
  const schema* to = nullptr;  ///< the declared result, if there is one
  array_view<const step*> steps;
};

}  // namespace model

namespace detail {
struct no_inverse {};
}  // namespace detail

/// A change and the inverse that undoes it: `step<add_column<"customer", …>, drop_column<"customer", "nickname">>`.
/// `reversible` proves that the inverse restores the schema (MG_INVERSE). A step without inverse does not compile
/// (MG_NO_INVERSE), and one whose change destroys data only inside lossy<> (MG_LOSSY).
template <class Change, class Inverse = detail::no_inverse>
struct step {
  static_assert(sizeof(Change) != 0 && sizeof(Inverse) != 0);  // for their own errors, before they are asked for more
  static constexpr model::step value{Change::value, Inverse::value, false, {}, true};
};
template <class Change>
struct step<Change, detail::no_inverse> {
  // Asked for its size, not derived from: clang takes all of a class for invalid whose base or own assertion fails, and
  // then says so wherever it is used.
  using check = raise<code::MG_NO_INVERSE,
                      detail::line_of<detail::literal_text<"fix: write it as step<change, inverse>", Change>>>;
  static_assert(sizeof(check) != 0);
  static constexpr model::step value{Change::value, Change::value, false, {}, false};
};

template <fixed_string Reason, class Step>
struct lossy;
template <class Version>
struct to;

namespace detail {

/// What stands where a step should. A step<> is not looked into: what is wrong with it is said where it is used, in fewer
/// lines.
enum class step_place : unsigned char { step, bare_change, nothing };
template <class T>
inline constexpr step_place place_of = declares<T, model::change> ? step_place::bare_change
                                       : declares<T, model::step> ? step_place::step
                                                                  : step_place::nothing;
template <class Change, class Inverse>
inline constexpr step_place place_of<dovetail::step<Change, Inverse>> = step_place::step;
template <fixed_string Reason, class Step>
inline constexpr step_place place_of<lossy<Reason, Step>> = step_place::step;
template <class Version>
inline constexpr step_place place_of<to<Version>> = step_place::step;  // in the place of the first

template <class Step>
struct as_step_type {
  using type = Step;
};
template <class Change>
  requires(place_of<Change> == step_place::bare_change)
struct as_step_type<Change> {
  struct type {
    static constexpr model::step value{Change::value, Change::value, false, {}, false};
  };
};
template <class T>
  requires(place_of<T> == step_place::nothing)
struct as_step_type<T> {
  struct type {
    static constexpr model::step value{no_change, no_change};
  };
};
template <class Step>
using as_step = typename as_step_type<Step>::type;

template <step_place Place>
struct lossy_parameter {
  static_assert(Place != step_place::bare_change,
                "[dovetail/MG_LOSSY] a change where a step should stand: lossy<\"reason\", step<change, inverse>>");
  static_assert(Place != step_place::nothing, "[dovetail/SC_TYPE] lossy stands around a step: lossy<\"reason\", step<change, inverse>>");
};
template <step_place Place>
struct migration_parameter {
  static_assert(Place != step_place::nothing,
                "[dovetail/SC_TYPE] a migration is a version and steps: migration<v1, step<change, inverse>, ...>");
};

}  // namespace detail

/// A step that destroys data on purpose: `lossy<"phone numbers moved to contact in version 4", step<…>>`. The step is
/// listed by `losses`.
template <fixed_string Reason, class Step>
struct lossy {
  static_assert(std::is_void_v<Step> || sizeof(Step) != 0);  // for its own errors, before it is asked for more
  using check = detail::raise_if<Reason.size() == 0, code::MG_LOSSY,
                                 detail::line_of<detail::literal_text<"fix: say why the data may go: lossy<\"reason\", step<...>>">>>;
  static_assert(sizeof(check) != 0);
  static_assert(sizeof(detail::lossy_parameter<detail::place_of<Step>>) != 0);
  static constexpr const model::step& inside = detail::as_step<Step>::value;
  static constexpr model::step value{inside.forward, inside.inverse, true, Reason, inside.inverted};
};

/// Declares the version that a migration leads to, which `reversible` then proves (MG_RESULT).
template <class Version>
struct to {
  using version = Version;
};

namespace detail {

/// The first of them that is no step.
template <class... Steps>
constexpr step_place find_misplaced() {
  for (const step_place each : {place_of<Steps>..., step_place::step})
    if (each != step_place::step) return each;
  return step_place::step;
}

template <class From, class... Steps>
struct migration_parts {
  using from = From;
  static constexpr std::size_t step_count = sizeof...(Steps);
  static constexpr array_view<const model::step*> steps = pointers_to<model::step, as_step<Steps>...>::value;
  static constexpr const model::schema* declared_result = nullptr;
};
template <class From, class To, class... Steps>
struct migration_parts<From, dovetail::to<To>, Steps...> : migration_parts<From, Steps...> {
  static constexpr const model::schema* declared_result = &To::value;
};

}  // namespace detail

/// Steps that lead from one version to the next: `struct add_nickname : dt::migration<v1, step…> {};`
template <class From, class... Steps>
struct migration : detail::migration_parts<From, Steps...> {
 private:
  // Makes the steps here and not where they are used first, so that what is wrong with one is found at this line.
  using made = std::index_sequence<sizeof(Steps)...>;
  static constexpr detail::step_place misplaced = detail::find_misplaced<Steps...>();
  using check = detail::raise_if<misplaced == detail::step_place::bare_change, code::MG_NO_INVERSE,
                                 detail::line_of<detail::literal_text<"fix: write it as step<change, inverse>", From>>>;
  static_assert(sizeof(check) != 0 && sizeof(detail::migration_parameter<misplaced>) != 0);
};

namespace detail {

/// A migration whose steps are not written but made, of the version that it begins from: `Maker::each_step(put)` gives each
/// to `put(step)`, and `Maker::report` says what is wrong with it beside its steps.
template <class From, class Maker>
struct made_migration {
  using from = From;
  static constexpr std::size_t step_count = [] {
    std::size_t n = 0;
    Maker::each_step([&](const model::step&) { ++n; });
    return n;
  }();
  static constexpr const model::schema* declared_result = nullptr;
  static constexpr void report(const finding& proto, list<finding>& out) { Maker::report(proto, out); }

 private:
  struct storage {
    model::step all[step_count + 1]{};
  };
  static constexpr storage made = [] {
    storage s;
    model::step* next = s.all;
    Maker::each_step([&](const model::step& each) { *next++ = each; });
    return s;
  }();
  struct pointers {
    const model::step* array[step_count + 1]{};
  };
  static constexpr pointers to_made = [] {
    pointers p;
    for (std::size_t i = 0; i != step_count; ++i) p.array[i] = &made.all[i];
    return p;
  }();

 public:
  static constexpr array_view<const model::step*> steps{to_made.array, step_count};
};

/// What the first pass over a step finds out: what went wrong, and how much storage the result needs.
struct step_size {
  std::size_t tables = 0;      ///< of the version after the step
  std::size_t edited = 0;      ///< of those, the ones that the step edited
  std::size_t parts = 0;       ///< of the edited ones
  std::size_t derived = 0;     ///< of those, the ones that it has made of others
  std::size_t names = 0;       ///< in the lists of the derived ones
  std::size_t characters = 0;  ///< in their texts
  std::size_t findings = 0;
  bool destroys = false;       ///< stored values
  bool inverse_destroys = false;
  bool rebuilds = false;
};

constexpr std::size_t at_least_one(std::size_t n) { return n == 0 ? 1 : n; }

/// The parts that a step has made of others, without pointers into themselves.
template <step_size Size>
struct derived_storage {
  model::any_part parts[at_least_one(Size.derived)];
  identifier names[at_least_one(Size.names)];
  std::size_t name_ends[at_least_one(Size.derived)]{};
  char text[at_least_one(Size.characters)]{};
  std::size_t text_ends[at_least_one(Size.derived)]{};
};
template <step_size Size>
  requires(Size.derived == 0)
struct derived_storage<Size> {};

/// A step's result without pointers into itself, since it is made in one place and kept in another.
template <step_size Size>
struct step_result {
  derived_storage<Size> derived;  ///< those that are null in `parts`, in their order
  const model::part* parts[at_least_one(Size.parts)]{};
  identifier names[at_least_one(Size.edited)]{};
  std::size_t ends[at_least_one(Size.edited)]{};
  const model::table* shared[at_least_one(Size.tables)]{};  ///< null for the edited ones, which follow in their order
  bool partitioned = false;
};

/// Compares every table that the step or its inverse touched with what it was: down(up(s)) = s, on everything that a
/// schema says but the order of columns.
constexpr void prove_restored(model::draft& d) {
  for (const model::draft::edit* e : d.edits()) {
    finding proto = d.proto();
    proto.what = code::MG_INVERSE;
    proto.table = e->now.name;
    if (e->before != nullptr && e->exists) {
      if (!(e->before->name == e->now.name)) {
        proto.table = e->before->name;
        proto.other = "it is now called";
        proto.detail = e->now.name.text();
        d.findings.push_back(proto);
      }
      compare(*e->before, e->now, proto, d.findings);
    } else if ((e->before != nullptr) != e->exists) {
      proto.other = "table";
      proto.detail = e->exists ? text_view("extra") : text_view("missing");
      d.findings.push_back(proto);
    }
  }
}

constexpr step_size size_of(const model::draft& d) {
  step_size size;
  size.destroys = d.destroys();
  size.rebuilds = d.rebuilds();
  size.tables = d.base().tables.size();
  for (const model::draft::edit* e : d.edits()) {
    if (e->before == nullptr && e->exists) ++size.tables;
    if (e->before != nullptr && !e->exists) --size.tables;
    if (e->exists && e->declared == nullptr) {
      ++size.edited;
      size.parts += e->now.parts.size();
      if (!d.has_derived()) continue;
      for (const model::part* p : e->now.parts) {
        const model::draft::derived* made = d.derived_from(p);
        if (made == nullptr) continue;
        ++size.derived;
        size.names += made->names.size();
        size.characters += made->text.size();
      }
    }
  }
  return size;
}

constexpr void do_step(model::draft& d, const model::step& s) {
  apply(d, s.forward);
  const model::change& c = s.forward;
  if (!d.findings.empty()) return;
  if (d.destroys() && !s.lossy) d.report(code::MG_LOSSY, c.table, c.object, {}, c.kind->name);
  if (!d.destroys() && s.lossy && c.kind != no_change.kind) d.report(code::MG_NOT_LOSSY, c.table, c.object, {}, c.kind->name);
}
/// Proves the inverse, on the draft of the step done. Of a step that has failed, or whose change is none, nothing more is
/// said.
constexpr void undo_step(model::draft& d, const model::step& s) {
  if (!s.inverted || !d.findings.empty() || s.forward.kind == no_change.kind) return;
  d.begin_inverse();
  apply(d, s.inverse);
  if (!d.findings.empty()) return;
  prove_restored(d);
  text_view left;
  if (s.forward.kind->left_undone != nullptr)
    left = s.forward.kind->left_undone(s.forward, s.inverse, d.base());
  else if (s.inverse.data != nullptr)
    left = "the step does not change them, and its inverse does";
  if (!left.empty()) d.report(code::MG_INVERSE, s.forward.table, s.forward.object, "rows", left);
}

/// What a step does to stored values.
struct step_effect {
  bool destroys = false;
  bool inverse_destroys = false;
  bool rebuilds = false;
};

/// What a step begins from.
struct step_input {
  const model::schema* before;
  const model::step* what;
  text_view migration;
  int number;

  constexpr finding facts() const {
    finding f;
    f.migration = migration;
    f.version = before->version;
    f.step = number;
    return f;
  }
};

constexpr void report_step(const step_input& in, list<finding>& out) {
  model::draft d(*in.before, in.facts());
  do_step(d, *in.what);
  undo_step(d, *in.what);
  out.append(d.findings.all());
}

/// The first pass over a step, its inverse's proof included.
constexpr step_size measure_step(const step_input& in) {
  model::draft d(*in.before, in.facts());
  do_step(d, *in.what);
  step_size size = size_of(d);
  undo_step(d, *in.what);
  size.inverse_destroys = d.destroys();
  size.findings = d.findings.size();
  return size;
}

/// Null for a derived part, which is put into the storage; itself for any other.
template <step_size Size>
constexpr const model::part* keep_derived(const model::draft& d, const model::part* p, derived_storage<Size>& into,
                                          std::size_t& at) {
  const model::draft::derived* made = d.derived_from(p);
  if (made == nullptr) return p;
  std::size_t name = at == 0 ? 0 : into.name_ends[at - 1];
  std::size_t character = at == 0 ? 0 : into.text_ends[at - 1];
  into.parts[at] = made->made;
  into.parts[at].disown(!made->names.empty(), !made->text.empty());
  for (const identifier& each : made->names) into.names[name++] = each;
  for (char c : made->text.all()) into.text[character++] = c;
  into.name_ends[at] = name;
  into.text_ends[at++] = character;
  return nullptr;
}

/// The second pass, into storage of the size that the first has found.
template <step_size Size>
constexpr step_result<Size> keep_step(const step_input& in) {
  model::draft d(*in.before, in.facts());
  do_step(d, *in.what);
  step_result<Size> result;
  std::size_t part = 0;
  std::size_t edited = 0;
  std::size_t table = 0;
  [[maybe_unused]] std::size_t derived = 0;
  const auto put = [&](const model::draft::edit* e) {
    result.partitioned = result.partitioned || e->now.has_partitions;
    if (e->declared != nullptr) {
      result.shared[table++] = e->declared;
      return;
    }
    if constexpr (Size.derived == 0) {
      for (const model::part* p : e->now.parts) result.parts[part++] = p;
    } else {
      for (const model::part* p : e->now.parts) result.parts[part++] = keep_derived(d, p, result.derived, derived);
    }
    result.names[edited] = e->now.name;
    result.ends[edited++] = part;
    ++table;
  };
  // Pointers and no iterators: this loop is the most of what a step costs, and each call in it counts.
  const model::table* const* const end = in.before->tables.end();
  model::draft::edit* const* const edits = d.edits().begin();
  model::draft::edit* const* const edits_end = d.edits().end();
  for (const model::table* const* t = in.before->tables.begin(); t != end; ++t) {
    model::draft::edit* const* e = edits;
    while (e != edits_end && (*e)->before != *t) ++e;
    if (e == edits_end)
      result.shared[table++] = *t;
    else if ((*e)->exists)
      put(*e);
  }
  for (const model::draft::edit* e : d.edits())
    if (e->before == nullptr && e->exists) put(e);
  return result;
}

/// The derived parts where they stay, and the parts of all edited tables with them.
template <step_size Size>
struct derived_parts {
  model::any_part made[Size.derived];

  constexpr derived_parts(const derived_storage<Size>& from) {
    std::size_t name = 0;
    std::size_t character = 0;
    for (std::size_t i = 0; i != Size.derived; ++i) {
      made[i] = from.parts[i];
      made[i].own({from.names + name, from.name_ends[i] - name}, {from.text + character, from.text_ends[i] - character});
      name = from.name_ends[i];
      character = from.text_ends[i];
    }
  }
};
template <step_size Size>
struct edited_parts {
  const model::part* array[at_least_one(Size.parts)]{};

  constexpr edited_parts(const step_result<Size>& result, const derived_parts<Size>& derived) {
    std::size_t next = 0;
    for (std::size_t i = 0; i != Size.parts; ++i)
      array[i] = result.parts[i] != nullptr ? result.parts[i] : &derived.made[next++].get();
  }
};
/// Where those stand; a step that derives none, as most are, has them in its result.
template <class Node, step_size Size>
struct kept_parts {
  static constexpr derived_parts<Size> derived{Node::result.derived};
  static constexpr edited_parts<Size> all{Node::result, derived};
  static constexpr const model::part* const* value = all.array;
};
template <class Node, step_size Size>
  requires(Size.derived == 0)
struct kept_parts<Node, Size> {
  static constexpr const model::part* const* value = Node::result.parts;
};

/// The tables that a step edited.
template <std::size_t Edited>
struct edited_tables {
  model::table array[at_least_one(Edited)]{};

  template <step_size Size>
  constexpr edited_tables(const step_result<Size>& result, const model::part* const* parts) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i != Edited; ++i) {
      array[i] = {result.names[i], {parts + begin, result.ends[i] - begin}};
      begin = result.ends[i];
    }
  }
};

/// All tables of the version after a step.
template <std::size_t Tables>
struct all_tables {
  const model::table* array[at_least_one(Tables)]{};

  template <step_size Size>
  constexpr all_tables(const step_result<Size>& result, const model::table* edited) {
    for (std::size_t i = 0; i != Tables; ++i) array[i] = result.shared[i] != nullptr ? result.shared[i] : edited++;
  }
};

/// The version after step `I` of migration M, made once. M is the user's struct, whose name is short; a name that listed
/// the steps would make the symbols of N steps N² long. All work is done by functions that no step instantiates anew.
template <class M, std::size_t I>
struct step_node {
  static constexpr const model::schema* before() {
    if constexpr (I == 0)
      return &M::from::value;
    else
      return &step_node<M, I - 1>::after;
  }
  static constexpr step_input input{before(), M::steps[I], type_name<M>, static_cast<int>(I) + 1};
  static constexpr step_size size = measure_step(input);
  static constexpr step_result<size> result = keep_step<size>(input);
  static constexpr edited_tables<size.edited> edited{result, kept_parts<step_node, size>::value};
  static constexpr all_tables<size.tables> tables{result, edited.array};
  static constexpr model::schema after{M::from::value.version, {tables.array, size.tables},
                                       before()->partitioned || result.partitioned};

  static constexpr void into(list<finding>& out) { report_step(input, out); }
  static constexpr array_view<finding> findings = kept_findings<step_node, size.findings>::value;
};

/// A migration with all its steps done. The nodes are made in their order, each from the one before, so that no
/// compiler's template depth limits the number of steps.
template <class M, class Indices = std::make_index_sequence<M::step_count>>
struct migration_done;
template <class M, std::size_t... I>
struct migration_done<M, std::index_sequence<I...>> {
  static constexpr std::size_t finding_counts[sizeof...(I) + 1]{step_node<M, I>::size.findings..., 0};
  static constexpr step_effect effects[sizeof...(I) + 1]{
      {step_node<M, I>::size.destroys, step_node<M, I>::size.inverse_destroys, step_node<M, I>::size.rebuilds}..., {}};
  /// The version before each step, then the one after the last.
  static constexpr const model::schema* versions[sizeof...(I) + 1]{&M::from::value, &step_node<M, I>::after...};
  static constexpr const model::schema& last = *versions[sizeof...(I)];

  static constexpr void into(list<finding>& out) {
    const array_view<finding> sources[]{step_node<M, I>::findings..., array_view<finding>()};
    for (const array_view<finding>& each : sources) out.append(each);
    // One whose steps are made may know more of what is wrong with it.
    if constexpr (requires(finding proto) { M::report(proto, out); }) {
      finding proto;
      proto.migration = type_name<M>;
      proto.version = M::from::value.version;
      M::report(proto, out);
    }
    if (M::declared_result != nullptr && out.empty()) compare_versions(*M::declared_result, last, out);
  }
  static constexpr array_view<finding> findings = static_findings<migration_done>::value;

 private:
  static constexpr void compare_versions(const model::schema& declared, const model::schema& made,
                                         list<finding>& out) {
    finding proto;
    proto.what = code::MG_RESULT;
    proto.migration = type_name<M>;
    proto.version = declared.version;
    compare(declared, made, proto, out);
  }
};

}  // namespace detail
}  // namespace dovetail
