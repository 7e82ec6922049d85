// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/model/declare.hpp>

namespace dovetail {

namespace model::changes {

/// Gives an enumeration other labels, in every column of it. The change's `declared` is a column of the enumeration as it
/// is afterwards, `object` the label that is about, and `table` is not used.
struct labels_change {
  /// The labels now; null, which is reported (MG_TARGET), if no column has such an enumeration.
  static constexpr const enumeration_labels* now(auto& d, const change& c) {
    const identifier& wanted = after(c).name;
    const enumeration_labels* found = nullptr;
    d.each_table(table::bit_of(wanted), [&](const table& t) {
      for (const part* p : t.parts)
        if (const enumeration_labels* labels = enumeration_of(p); labels != nullptr && labels->name == wanted)
          found = labels;
    });
    if (found == nullptr) d.report(code::MG_TARGET, {}, wanted, "enumeration in a column of a table");
    return found;
  }
  static constexpr const enumeration_labels& after(const change& c) {
    return *static_cast<const column*>(c.declared)->type.labels;
  }

  /// `shorter` is `longer` without one label.
  static constexpr bool is_without(const enumeration_labels& shorter, const enumeration_labels& longer,
                                   const identifier& label) {
    if (shorter.labels.size() + 1 != longer.labels.size() || shorter.has(label) || !longer.has(label)) return false;
    std::size_t i = 0;
    for (const identifier& each : longer.labels)
      if (!(each == label) && !(each == shorter.labels[i++])) return false;
    return true;
  }

  /// Puts the new labels into every column, a default that is the renamed label included. What a server does not change
  /// with them is reported (MG_DEPENDENT): a view, an array, those constraints of such a column of which `stops(kind)` says
  /// so, and, where it stops checks, raw SQL that mentions the column and perhaps a label. Nor is it where the column is
  /// generated (MG_GENERATED).
  static constexpr void apply(auto& d, const change& c, const enumeration_labels& before, auto stops) {
    struct place {
      identifier table;
      const column* of = nullptr;
    };
    list<place> places;
    const auto need = [&](const table& t, const column& of, text_view other, text_view detail) {
      d.report(code::MG_DEPENDENT, t.name, of.name, other, detail);
    };
    d.each_table(table::bit_of(before.name), [&](const table& t) {
      for (const part* p : t.parts) {
        if (enumeration_of(p) == nullptr || !(enumeration_of(p)->name == before.name)) continue;
        const auto& of = static_cast<const column&>(*p);
        if (t.kind != source_kind::table)
          need(t, of, t.name, word(t.kind));
        else if (of.is_generated() && stops(part_kind::check))
          d.report(code::MG_GENERATED, t.name, of.name);
        else if (of.type.element != nullptr)
          need(t, of, of.name, "column of an array of it");
        else
          places.push_back({t.name, &of});
        for (const part* user : t.parts)
          if ((stops(user->kind) && depends(*user, of.name)) ||
              (stops(part_kind::check) && any_sql(*user, [&](text_view sql) { return mentions(sql, of.name); })))
            need(t, of, name_of(*user), word(user->kind));
      }
    });
    const auto& given = static_cast<const column&>(*c.declared);
    for (const place& each : places)
      if (c.renamed.empty() && each.of->value.kind == default_kind::text && !after(c).has(each.of->value.text))
        d.report(code::SC_DEFAULT, each.table, each.of->name, each.of->value.text, "it is none of the labels")
            .column_type = &given.type;
    if (!d.findings.empty()) return;
    for (const place& each : places) {
      draft::derived& made = d.derive(*each.of);
      made.type = &given.type;
      auto& altered = static_cast<column&>(made.made.get());
      altered.type = given.type;
      if (altered.value.kind == default_kind::text && altered.value.text == c.object.text() && !c.renamed.empty())
        altered.value.text = c.renamed;
      d.follow(each.table, each.of, &altered);
    }
    d.set_labels(before, after(c));
    for (const place& each : places) validate_in(d, each.table, *d.find(each.table)->find_column(each.of->name));
  }
  /// Reports that the declared labels are not what the change makes of those before.
  static constexpr void mismatch(auto& d, const change& c, text_view why) {
    d.report(code::MG_LABELS, {}, c.object, after(c).name, why);
  }
};

struct add_label {
  static constexpr text_view name = "add_label";

  static constexpr void apply(auto& d, const change& c) {
    const enumeration_labels* before = labels_change::now(d, c);
    if (before == nullptr) return;
    if (before->has(c.object))
      d.report(code::MG_EXISTS, {}, c.object, before->name, "label");
    else if (!labels_change::is_without(*before, labels_change::after(c), c.object))
      labels_change::mismatch(d, c, "it is not what was there and the new label");
    else
      labels_change::apply(d, c, *before, [](part_kind) { return false; });
  }
  static constexpr change inverse(const auto& c, const auto& before);
};

struct drop_label {
  static constexpr text_view name = "drop_label";

  static constexpr void apply(auto& d, const change& c) {
    const enumeration_labels* before = labels_change::now(d, c);
    if (before == nullptr) return;
    if (!before->has(c.object))
      d.report(code::MG_TARGET, {}, c.object, "label");
    else if (!labels_change::is_without(labels_change::after(c), *before, c.object))
      labels_change::mismatch(d, c, "it is not what was there without the label");
    else
      labels_change::apply(d, c, *before, [](part_kind kind) {
        return kind == part_kind::foreign_key || kind == part_kind::check || kind == part_kind::partitioning;
      });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<add_label>, {}, c.object, column_of(c, before)};
  }

  /// A column of the enumeration as it is before the change.
  static constexpr const part* column_of(const change& c, const auto& before) {
    for (const table* t : before.tables)
      for (const part* p : t->parts)
        if (const enumeration_labels* labels = enumeration_of(p);
            labels != nullptr && labels->name == labels_change::after(c).name)
          return p;
    return c.declared;
  }
};
constexpr change add_label::inverse(const auto& c, const auto& before) {
  return {&kind_of<drop_label>, {}, c.object, drop_label::column_of(c, before)};
}

struct rename_label {
  static constexpr text_view name = "rename_label";

  static constexpr void apply(auto& d, const change& c) {
    const enumeration_labels* before = labels_change::now(d, c);
    if (before == nullptr) return;
    const enumeration_labels& after = labels_change::after(c);
    if (!before->has(c.object)) {
      d.report(code::MG_TARGET, {}, c.object, "label");
      return;
    }
    if (before->has(c.renamed)) {
      d.report(code::MG_EXISTS, {}, c.renamed, before->name, "label");
      return;
    }
    bool as_told = before->labels.size() == after.labels.size();
    for (std::size_t i = 0; as_told && i != after.labels.size(); ++i)
      as_told = after.labels[i] == (before->labels[i] == c.object ? c.renamed : before->labels[i]);
    if (!as_told) {
      labels_change::mismatch(d, c, "it is not what was there with the label renamed");
      return;
    }
    // The label may stand in the check, or in the bounds of a partition.
    labels_change::apply(d, c, *before,
                         [](part_kind kind) { return kind == part_kind::check || kind == part_kind::partitioning; });
  }
  static constexpr change inverse(const auto& c, const auto& before) {
    return {&kind_of<rename_label>, {}, c.renamed, drop_label::column_of(c, before), nullptr, c.object};
  }
};

}  // namespace model::changes

namespace detail {
template <class T>
concept declares_labels = requires { requires std::is_same_v<decltype(T::labels), const enumeration_labels>; };
template <bool Right>
struct enumeration_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] a change of labels takes a struct that is an enumeration, as it is afterwards");
};
}  // namespace detail

/// Adds a label to an enumeration, in every column of it: `add_label<order_status_2, "refunded">`, where order_status_2 is
/// the enumeration as it is afterwards, under the same name, with the label in its place. Readers that do not know the label
/// break (RD_ENUM). Raises MG_TARGET (no column has the enumeration), MG_EXISTS (it has the label), MG_LABELS (the labels
/// are not the old ones and the new one) and MG_DEPENDENT (a view, function or array has it).
template <class Enumeration, fixed_string Label>
struct add_label {
  static_assert(sizeof(Enumeration) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::enumeration_parameter<detail::declares_labels<Enumeration>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Enumeration, fixed_string Label>
  requires detail::declares_labels<Enumeration>
struct add_label<Enumeration, Label> {
  static constexpr model::change value{&model::kind_of<model::changes::add_label>, {}, identifier_of<Label>,
                                       &detail::column_with<Label, Enumeration>};
};
/// Takes a label from an enumeration: `drop_label<order_status, "refunded">`, where order_status is the enumeration as it
/// is afterwards. The server refuses it while a row has the label. No server does it in place: the columns are written anew
/// under an exclusive lock. Raises MG_TARGET, MG_LABELS, MG_DEPENDENT (also a check or foreign key of such a
/// column, or raw SQL of an index) and SC_DEFAULT (the label is the default of a column).
template <class Enumeration, fixed_string Label>
struct drop_label {
  static_assert(sizeof(Enumeration) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::enumeration_parameter<detail::declares_labels<Enumeration>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Enumeration, fixed_string Label>
  requires detail::declares_labels<Enumeration>
struct drop_label<Enumeration, Label> {
  static constexpr model::change value{&model::kind_of<model::changes::drop_label>, {}, identifier_of<Label>,
                                       &detail::column_with<Label, Enumeration>};
};
/// Gives a label another name, in every row that has it: `rename_label<order_status_2, "paid", "settled">`. In place it
/// breaks every release that names the label. Raises MG_TARGET, MG_EXISTS, MG_LABELS and MG_DEPENDENT (also a check of such
/// a column, or raw SQL of an index).
template <class Enumeration, fixed_string Label, fixed_string NewLabel>
struct rename_label {
  static_assert(sizeof(Enumeration) != 0);  // for its own errors, before it is asked for more
  static_assert(sizeof(detail::enumeration_parameter<detail::declares_labels<Enumeration>>) != 0);
  static constexpr model::change value = detail::no_change;
};
template <class Enumeration, fixed_string Label, fixed_string NewLabel>
  requires detail::declares_labels<Enumeration>
struct rename_label<Enumeration, Label, NewLabel> {
  static constexpr model::change value{&model::kind_of<model::changes::rename_label>,
                                       {},
                                       identifier_of<Label>,
                                       &detail::column_with<Label, Enumeration>,
                                       nullptr,
                                       identifier_of<NewLabel>};
};

}  // namespace dovetail
