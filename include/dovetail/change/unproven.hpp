// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/version.hpp>

namespace dovetail {

namespace detail {

/// The SQL of a migration's steps and of their inverses, each with its reason: DT_UNPROVEN.
template <class Migration>
struct migration_unproven {
  static constexpr void into(list<finding>& out) {
    int number = 0;
    for (const model::step* s : Migration::steps) {
      ++number;
      const model::change* const changes[]{&s->forward, &s->inverse};
      for (const model::change* c : changes) {
        if (c->data == nullptr || c->data->sql == nullptr) continue;
        finding f;
        f.what = code::DT_UNPROVEN;
        f.migration = type_name<Migration>;
        f.version = Migration::from::value.version;
        f.step = number;
        f.inverse = c == &s->inverse;
        f.table = c->table;
        f.detail = c->data->sql->reason;
        out.push_back(f);
      }
    }
  }
  static constexpr array_view<finding> findings = static_findings<migration_unproven>::value;
};

template <class Subject>
struct unproven_of : migration_unproven<Subject> {};
template <class Version>
  requires declares<Version, model::schema>
struct unproven_of<Version> {
  static constexpr array_view<finding> findings{};
};
template <class Version>
  requires declares<Version, model::schema> && requires { typename Version::made_by; }
struct unproven_of<Version>
    : joined_findings<unproven_of<typename Version::made_by::from>, migration_unproven<typename Version::made_by>> {};

}  // namespace detail

/// What nobody has proven, of a migration or of the history that leads to a version, as findings that fail no check: the
/// SQL of run_sql, of steps and of their inverses, with its reason (DT_UNPROVEN).
template <class Subject>
inline constexpr array_view<finding> unproven = detail::unproven_of<Subject>::findings;

}  // namespace dovetail
