// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/model/part.hpp>
#include <dovetail/vocabulary/finding.hpp>

namespace dovetail::model {

/// A table as a value: its name and its parts.
struct table {
  identifier name;
  view<const part*> parts;

  /// The part of this kind and name, or null.
  constexpr const part* find(part_kind kind, const identifier& wanted) const {
    for (const part* p : parts)
      if (p->kind == kind && p->name == wanted) return p;
    return nullptr;
  }
  constexpr const column* find_column(const identifier& wanted) const {
    const part* found = find(part_kind::column, wanted);
    return found == nullptr ? nullptr : static_cast<const column*>(found);
  }
  constexpr const key* primary_key() const {
    for (const part* p : parts)
      if (p->kind == part_kind::primary_key) return static_cast<const key*>(p);
    return nullptr;
  }
};

/// A version of a schema as a value. Versions share the tables that a migration did not touch.
struct schema {
  identifier version;
  view<const table*> tables;

  constexpr const table* find(const identifier& wanted) const {
    for (const table* t : tables)
      if (t->name == wanted) return t;
    return nullptr;
  }
};

/// Calls `report(kind, name, how, a, b)` for each part in which the tables differ: `how` is "missing" (only in a),
/// "extra" (only in b), or the respect in which they differ. The order of parts does not count.
template <class Report>
constexpr void compare(const table& a, const table& b, Report report) {
  if (&a == &b) return;
  for (std::size_t i = 0; i != a.parts.size(); ++i) {
    const part* p = a.parts[i];
    // The twin stands at the same place, but for what a migration added and dropped.
    const part* twin = i < b.parts.size() ? b.parts[i] : nullptr;
    if (twin == p) continue;
    if (twin == nullptr || twin->kind != p->kind || !(twin->name == p->name)) twin = b.find(p->kind, p->name);
    if (twin == nullptr)
      report(*p, text_view("missing"));
    else if (const text_view how = difference(*p, *twin); !how.empty())
      report(*p, how);
  }
  for (std::size_t i = 0; i != b.parts.size(); ++i) {
    const part* p = b.parts[i];
    const part* twin = i < a.parts.size() ? a.parts[i] : nullptr;
    if (twin == p || (twin != nullptr && twin->kind == p->kind && twin->name == p->name)) continue;
    if (a.find(p->kind, p->name) == nullptr) report(*p, text_view("extra"));
  }
}

/// The findings of one difference each, all with the code and facts of `proto`.
constexpr void compare(const table& wanted, const table& actual, const finding& proto, list<finding>& out) {
  compare(wanted, actual, [&](const part& p, text_view how) {
    finding f = proto;
    f.table = wanted.name;
    f.object = p.kind == part_kind::primary_key ? text_view("primary key") : p.name.text();
    f.other = word(p.kind);
    f.detail = how;
    out.push_back(f);
  });
}

/// The same for whole versions; a table that only one of them has is one difference.
constexpr void compare(const schema& wanted, const schema& actual, const finding& proto, list<finding>& out) {
  const auto report = [&](const table& t, text_view how) {
    finding f = proto;
    f.table = t.name;
    f.other = "table";
    f.detail = how;
    out.push_back(f);
  };
  for (const table* t : wanted.tables)
    if (const table* twin = actual.find(t->name); twin == nullptr)
      report(*t, "missing");
    else
      compare(*t, *twin, proto, out);
  for (const table* t : actual.tables)
    if (wanted.find(t->name) == nullptr) report(*t, "extra");
}

}  // namespace dovetail::model
