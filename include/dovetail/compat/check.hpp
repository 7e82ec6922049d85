// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/change/version.hpp>
#include <dovetail/compat/unit.hpp>
#include <dovetail/compat/verdict.hpp>
#include <dovetail/model/schema.hpp>

namespace dovetail {

namespace compat {

/// Whether a unit works on a version: for a reader, that every column it names exists and its field holds every value of
/// it; for a writer, that every column it names exists and takes every value of its field, and every column it omits is
/// optional. The findings get the facts of `proto`.
constexpr void check(const model::unit& u, const model::table* t, const finding& proto, list<finding>& out) {
  const auto report = [&](code what, text_view column) -> finding& {
    finding f = proto;
    f.what = what;
    f.subject = u.writes() ? subject_kind::writer : subject_kind::reader;
    f.row = u.fields->name;
    f.table = u.table;
    f.object = column;
    out.push_back(f);
    return out.back();
  };
  if (t == nullptr) {
    report(u.writes() ? code::WR_TABLE_MISSING : code::RD_TABLE_MISSING, {});
    return;
  }

  const auto is_key = [&](const identifier& name) {
    for (const identifier& each : u.key)
      if (each == name) return true;
    return false;
  };
  for (std::size_t i = 0; i != u.columns.size(); ++i) {
    const model::field& field = u.fields->fields[i];
    const auto report_field = [&](code what, const model::column* c) -> finding& {
      finding& f = report(what, u.columns[i]);
      f.field = field.name;
      f.type = *field.type;
      if (c != nullptr) f.column_type = &c->type;
      return f;
    };
    const model::column* c = t->find_column(u.columns[i]);
    if (c == nullptr) {
      report_field(u.writes() ? code::WR_COL_MISSING : code::RD_COL_MISSING, nullptr);
      continue;
    }
    if (!u.writes()) {
      if (c->nullable && !field.type->optional) report_field(code::RD_NULL, c);
      if (const verdict v = reading(*field.type, c->type); !v.ok) report_field(v.what, c).other = v.label;
      continue;
    }
    for (std::size_t j = 0; j != i; ++j)
      if (u.columns[j].hash == u.columns[i].hash && u.columns[j] == u.columns[i]) report_field(code::SC_DUPLICATE, c);
    // The key of an update is compared, not stored.
    if (!is_key(u.columns[i])) {
      if (field.type->optional && !c->nullable) report_field(code::WR_NULL, c);
      if (c->identity == model::identity_kind::always) report_field(code::WR_GENERATED, c);
    }
    if (const verdict v = writing(*field.type, c->type); !v.ok) report_field(v.what, c).other = v.label;
  }

  if (u.kind == model::unit_kind::inserts)
    for (const model::part* p : t->parts) {
      if (p->kind != model::part_kind::column) continue;
      const auto* c = static_cast<const model::column*>(p);
      if (c->nullable || c->optional()) continue;
      bool named = false;
      for (const identifier& name : u.columns) named = named || (name.hash == c->name.hash && name == c->name);
      if (!named) report(code::WR_REQUIRED, c->name).column_type = &c->type;
    }

  if (u.kind == model::unit_kind::updates) {
    if (u.key.empty()) report(code::WR_KEY, {}).detail = "no key is declared";
    bool sets = false;
    for (const identifier& each : u.columns) sets = sets || !is_key(each);
    if (!sets) report(code::WR_KEY, {}).detail = "every field is of the key";
    for (const identifier& name : u.key) {
      bool named = false;
      for (const identifier& each : u.columns) named = named || each == name;
      if (!named) report(code::WR_KEY, name).detail = "the struct has no field for it";
    }
  }
}

/// The facts that all findings of a release on a version share.
constexpr finding facts_of(const model::release& r, text_view version) {
  finding proto;
  proto.release = r.name;
  proto.version = version;
  return proto;
}

}  // namespace compat

namespace detail {

/// One unit of a release on several versions: only where its table differs from the one of the version before.
template <class Release, std::size_t Unit, class... Versions>
struct unit_compatibility {
  static constexpr void into(list<finding>& out) {
    const model::unit& u = *Release::value.units[Unit];
    const model::schema* const versions[]{&Versions::value...};
    const model::table* checked = nullptr;
    bool any = false;
    for (const model::schema* v : versions) {
      const model::table* t = v->find(u.table);
      if (any && t == checked) continue;
      any = true;
      checked = t;
      compat::check(u, t, compat::facts_of(Release::value, v->version), out);
    }
  }
  static constexpr view<finding> findings = static_findings<unit_compatibility>::value;
};

}  // namespace detail

/// The findings of a release on versions, the declarations of the versions included; `compatible` raises them.
template <class Release, class... Versions>
struct compatibility;

namespace detail {

template <class Release, class Indices, class... Versions>
struct release_compatibility;
template <class Release, std::size_t... I, class... Versions>
struct release_compatibility<Release, std::index_sequence<I...>, Versions...>
    : joined_findings<soundness<Versions>..., unit_compatibility<Release, I, Versions...>...> {};

}  // namespace detail

template <class Release, class... Versions>
struct compatibility
    : detail::release_compatibility<Release, std::make_index_sequence<Release::value.units.size()>, Versions...> {};

}  // namespace dovetail
