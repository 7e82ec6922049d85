// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/change/version.hpp>
#include <dovetail/ddl/statement.hpp>

namespace dovetail {

namespace detail {

template <class Dialect>
struct create_begin {
  static constexpr void into(script_builder& b) { Dialect::create_begin(b); }
};
template <class Dialect, class Version>
struct create_end {
  static constexpr void into(script_builder& b) { Dialect::create_end(b, Version::value); }
};
template <class Dialect, class Version, std::size_t Table>
struct create_table_of {
  static constexpr void into(script_builder& b) {
    Dialect::create(b, Version::value, *Version::value.tables[Table]);
    if constexpr (Version::value.partitioned) partition_ddl<Dialect>::create(b, *Version::value.tables[Table]);
  }
};
template <class Dialect, class Version, std::size_t Table>
struct create_references_of {
  static constexpr void into(script_builder& b) {
    Dialect::create_references(b, Version::value, *Version::value.tables[Table]);
  }
};
template <class Dialect, class Version, class Indices>
struct create_script;
template <class Dialect, class Version, std::size_t... I>
struct create_script<Dialect, Version, std::index_sequence<I...>>
    : script_of<script_part<create_begin<Dialect>>, script_part<create_table_of<Dialect, Version, I>>...,
                script_part<create_references_of<Dialect, Version, I>>...,
                script_part<create_end<Dialect, Version>>> {};

/// The statements of a change.
template <class Dialect, bool Partitioned = false>
constexpr void put_change(script_builder& b, const model::change& c, const model::schema& before,
                          const model::schema& after) {
  model::draft d(before, {});
  apply(d, c);
  for (const model::operation& o : d.operations()) {
    b.join(o.with_next);
    if constexpr (Partitioned)
      if (partition_ddl<Dialect>::render(b, o, before, after)) continue;
    Dialect::render(b, o, before, after);
  }
}

template <class Dialect, class Migration, std::size_t Step>
struct step_up {
  static constexpr void into(script_builder& b) {
    constexpr const auto& versions = migration_done<Migration>::versions;
    put_change<Dialect, versions[Step + 1]->partitioned>(b, Migration::steps[Step]->forward, *versions[Step], *versions[Step + 1]);
  }
};
template <class Dialect, class Migration, std::size_t Step>
struct step_down {
  static constexpr void into(script_builder& b) {
    constexpr const auto& versions = migration_done<Migration>::versions;
    put_change<Dialect, versions[Step + 1]->partitioned>(b, Migration::steps[Step]->inverse, *versions[Step + 1], *versions[Step]);
  }
};
template <class Dialect, class Migration, class Indices>
struct up_script;
template <class Dialect, class Migration, std::size_t... I>
struct up_script<Dialect, Migration, std::index_sequence<I...>>
    : script_of<script_part<step_up<Dialect, Migration, I>>...> {};
template <class Dialect, class Migration, class Indices>
struct down_script;
template <class Dialect, class Migration, std::size_t... I>
struct down_script<Dialect, Migration, std::index_sequence<I...>>
    : script_of<script_part<step_down<Dialect, Migration, sizeof...(I) - 1 - I>>...> {};

/// The findings of what a server cannot have of a table: the table itself, and its parts. They get the facts of
/// `proto`.
template <class Dialect>
constexpr void report_unsupported(const model::table& t, const finding& proto, list<finding>& out) {
  const auto report = [&](text_view reason, const model::part* p) {
    if (reason.empty()) return;
    finding f = proto;
    f.what = code::DL_UNSUPPORTED;
    f.table = t.name;
    f.detail = reason;
    if (p != nullptr) f.object = p->name;
    if (p != nullptr && model::as_column(p) != nullptr) f.column_type = &model::as_column(p)->type;
    out.push_back(f);
  };
  report(Dialect::refuses(t), nullptr);
  for (const model::part* p : t.parts) report(Dialect::refuses(*p, t), p);
}

/// In the tables of a version.
template <class Dialect, class Version, std::size_t Table>
struct table_support {
  static constexpr void into(list<finding>& out) {
    finding proto;
    proto.version = Version::value.version;
    report_unsupported<Dialect>(*Version::value.tables[Table], proto, out);
  }
  static constexpr array_view<finding> findings = static_findings<table_support>::value;
};
template <class Dialect, class Version, class Indices>
struct version_support;
template <class Dialect, class Version, std::size_t... I>
struct version_support<Dialect, Version, std::index_sequence<I...>>
    : joined_findings<table_support<Dialect, Version, I>...> {};

/// In the tables that a step of a migration makes, or makes others of.
template <class Dialect, class Migration, std::size_t Step>
struct step_support {
  static constexpr void into(list<finding>& out) {
    constexpr const auto& versions = migration_done<Migration>::versions;
    finding proto = step_node<Migration, Step>::input.facts();
    check(*versions[Step], *versions[Step + 1], proto, out);
    proto.inverse = true;
    check(*versions[Step + 1], *versions[Step], proto, out);
  }
  static constexpr void check(const model::schema& before, const model::schema& after, const finding& proto,
                              list<finding>& out) {
    for (const model::table* t : after.tables) {
      const model::table* old = before.find(t->name);
      if (old == t) continue;
      list<finding> found;
      report_unsupported<Dialect>(*t, proto, found);
      // What the server could not have before is not this step's doing.
      list<finding> already;
      if (old != nullptr && !found.empty()) report_unsupported<Dialect>(*old, proto, already);
      for (const finding& f : found) {
        bool known = false;
        for (const finding& a : already) known = known || (a.object == f.object && a.detail == f.detail);
        if (!known) out.push_back(f);
      }
    }
  }
  static constexpr array_view<finding> findings = static_findings<step_support>::value;
};
template <class Dialect, class Migration, class Indices>
struct migration_support;
template <class Dialect, class Migration, std::size_t... I>
struct migration_support<Dialect, Migration, std::index_sequence<I...>>
    : joined_findings<step_support<Dialect, Migration, I>...> {};

}  // namespace detail
}  // namespace dovetail
