// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/compat/unit.hpp>
#include <dovetail/model/schema.hpp>
#include <dovetail/vocabulary/finding.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

/// Documents of JSON that a release reads as a type of its own and writes back, without what that type does not know.
namespace dovetail::compat {

namespace detail {

/// A document of a C++ type, which nobody says may lose something.
constexpr bool is_typed_document(const field_type& t) {
  return t.holds.kind == family::document && !t.holds.shape.empty() && !t.approximate;
}
/// A document of this type has all that one of the other has; the empty name is that of any document.
constexpr bool keeps(const domain& document, text_view other) {
  return document.has_shape(other) || document.has_label({});
}
/// An update or upsert stores its field in a row that is there.
constexpr bool sets(const model::unit& u, std::size_t field) {
  const identifier& column = u.columns[field];
  return u.sets == nullptr ? !column.empty() && !u.is_key(column) : contains(u.sets->columns, column);
}
/// Where a value stands, whichever of its names a release knows it by while a gradual change is under way.
struct place {
  const model::table* table = nullptr;
  identifier column;
  constexpr bool operator==(const place& other) const { return table == other.table && column == other.column; }
};
constexpr place place_of(const model::schema& s, const model::table* t, const identifier& column) {
  if (t != nullptr && t->is_part) t = s.find(t->alias_of);
  if (t == nullptr || !t->has_syncs) return {t, column};
  for (const model::part* p : t->parts)
    if (const model::sync* kept = model::as_sync(p); kept != nullptr && (kept->along == nullptr || kept->moves))
      for (const model::assignment& a : kept->newer) {
        if (!(a.column == column)) continue;
        const model::table* from = kept->moves ? s.find(kept->along->target) : t;
        if (from == nullptr) continue;
        for (const model::part* older : from->parts)
          if (older->kind == model::part_kind::column &&
              (a.expression == older->name.text() || sql::is_quoted(a.expression, older->name)))
            return {from, older->name};
      }
  return {t, column};
}
/// The release reads the column as a document of a C++ type.
constexpr bool reads_typed(const model::release& r, const model::schema& s, const model::table* t, const identifier& column) {
  for (const model::unit* u : r.units) {
    if (u->kind != model::unit_kind::reads) continue;
    for (std::size_t i = 0; i != u->columns.size(); ++i) {
      if (!(u->columns[i] == column) || !is_typed_document(*u->fields->fields[i].type) || u->computed_of(i) != nullptr) continue;
      const std::size_t source = u->origins.empty() ? 0 : u->origins[i].source;
      if (s.find_rows(source == 0 ? u->table : u->joins[source - 1]->source) == t) return true;
    }
  }
  return false;
}

}  // namespace detail

/// Any of what the release writes is a document. Asked once of each release, so that those without pay nothing more.
constexpr bool writes_documents(const model::release& r) {
  for (const model::unit* u : r.units)
    if (u->writes())
      for (const model::field& f : u->fields->fields)
        if (f.type->holds.kind == family::document) return true;
  return false;
}
/// What `writer` puts into a document and release `r` drops when it reads the document, changes it and writes it back with
/// unit `u`: DT_LOST. Nothing where the type of `r` keeps what the writer's has (document_like), or nobody reads it.
constexpr void report_overwritten(const model::release& r, const model::unit& u, const model::release& writer,
                                  const model::schema& s, const finding& proto, list<finding>& out) {
  if (u.kind != model::unit_kind::updates && u.kind != model::unit_kind::upserts) return;
  for (std::size_t i = 0; i != u.columns.size(); ++i) {
    const field_type& type = *u.fields->fields[i].type;
    if (!detail::is_typed_document(type) || !detail::sets(u, i)) continue;
    const model::table* t = s.find_rows(u.table);
    if (t == nullptr || !detail::reads_typed(r, s, t, u.columns[i])) continue;
    const detail::place here = detail::place_of(s, t, u.columns[i]);
    const field_type* lost = nullptr;
    for (const model::unit* other : writer.units) {
      if (!other->writes() || other->kind == model::unit_kind::deletes) continue;
      for (std::size_t k = 0; k != other->columns.size(); ++k)
        if (const field_type& sent = *other->fields->fields[k].type;
            sent.holds.kind == family::document && !detail::keeps(type.holds, sent.holds.shape) &&
            detail::place_of(s, s.find_rows(other->table), other->columns[k]) == here)
          lost = &sent;
    }
    if (lost == nullptr) continue;
    finding f = proto;
    f.what = code::DT_LOST;
    f.subject = subject_kind::writer;
    f.release = r.name;
    f.row = u.fields->name;
    f.field = u.fields->fields[i].spelled();
    f.type = &type;
    f.table = u.table;
    f.object = u.columns[i];
    f.other = writer.name;
    f.detail = lost->spelled;
    out.push_back(f);
  }
}
/// The same of all units of `r`.
constexpr void report_overwritten(const model::release& r, const model::release& writer, const model::schema& s,
                                  const finding& proto, list<finding>& out) {
  for (const model::unit* u : r.units) report_overwritten(r, *u, writer, s, proto, out);
}

}  // namespace dovetail::compat
