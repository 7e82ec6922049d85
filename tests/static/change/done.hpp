// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../../support/changes.hpp"

/// What the tests of this folder ask of a change that is done.
namespace test {

/// The change can be done, and then these tables are as declared, but for the order of their parts.
template <class... Tables>
constexpr bool makes(const dovetail::model::schema& before, const dovetail::model::change& c) {
  const applied done(before, c);
  bool equal = done.draft.findings.empty();
  const auto look = [&](const dovetail::model::table& wanted) {
    const dovetail::model::table* t = done.draft.find(wanted.name);
    equal = equal && t != nullptr && t->name == wanted.name;
    if (equal) compare(wanted, *t, [&](const dovetail::model::part&, dovetail::text_view) { equal = false; });
  };
  (look(Tables::value), ...);
  return equal;
}

/// The change can be done, and is these operations: `alter_part customer.name to full_name`, with `; ` between them.
constexpr bool does(const dovetail::model::schema& before, const dovetail::model::change& c,
                    dovetail::text_view wanted) {
  using what = dovetail::model::operation::what;
  const auto word = [](what kind) -> dovetail::text_view {
    switch (kind) {
      case what::create_table:
        return "create_table";
      case what::drop_table:
        return "drop_table";
      case what::rename_table:
        return "rename_table";
      case what::add_part:
        return "add_part";
      case what::drop_part:
        return "drop_part";
      case what::alter_part:
        return "alter_part";
      case what::set_labels:
        return "set_labels";
      case what::update_rows:
        return "update_rows";
      case what::insert_rows:
        return "insert_rows";
      case what::delete_rows:
        return "delete_rows";
      case what::run_sql:
        return "run_sql";
    }
    return {};
  };
  const auto name = [](const dovetail::model::part& p) {
    return p.kind == dovetail::model::part_kind::primary_key ? dovetail::model::word(p.kind) : p.name.text();
  };
  const applied done(before, c);
  dovetail::text_buffer out;
  for (const dovetail::model::operation& o : done.draft.operations()) {
    if (!out.empty()) out << "; ";
    out << word(o.kind) << ' ' << (o.labels_after != nullptr ? o.labels_after->name : o.table).text();
    if (o.before != nullptr) out << '.' << name(*o.before);
    if (o.after != nullptr) out << (o.before != nullptr ? dovetail::text_view(" to ") : ".") << name(*o.after);
    if (!o.renamed.empty()) out << " to " << o.renamed.text();
    if (!o.expression.empty()) out << " using " << o.expression;
    if (o.data == nullptr) continue;
    for (const auto& a : o.data->assignments) out << " set " << a.column.text() << " = " << a.expression;
    if (!o.data->condition.empty()) out << " where " << o.data->condition;
    if (o.data->sql != nullptr) out << ' ' << o.data->sql->text;
    for (const auto& each : o.data->rows)
      for (std::size_t i = 0; i != each.size(); ++i)
        out << (i == 0 ? dovetail::text_view(" ") : dovetail::text_view(",")) << each[i].text;
  }
  return done.draft.findings.empty() && out.all() == wanted;
}

/// The change raises one finding, with these facts.
constexpr bool says(const dovetail::model::schema& before, const dovetail::model::change& c, dovetail::code what,
                    dovetail::text_view table, dovetail::text_view object, dovetail::text_view other = {},
                    dovetail::text_view detail = {}) {
  const applied done(before, c);
  if (!are(done.draft.findings.all(), what)) return false;
  const dovetail::finding& f = done.draft.findings[0];
  return f.table == table && f.object == object && f.other == other && f.detail == detail;
}

/// The change can be done, and destroys what is stored.
constexpr bool destroys(const dovetail::model::schema& before, const dovetail::model::change& c) {
  const applied done(before, c);
  return done.draft.findings.empty() && done.draft.destroys();
}

/// Longer than any server keeps.
inline constexpr dovetail::fixed_string too_long = "a123456789b123456789c123456789d123456789e123456789f123456789g123";
static_assert(too_long.size() == dovetail::longest_identifier + 1);

}  // namespace test
