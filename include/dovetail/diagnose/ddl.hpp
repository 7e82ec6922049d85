// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/script.hpp>
#include <dovetail/diagnose/judge.hpp>

namespace dovetail {

/// The findings that keep a version from having DDL: of its declaration, and of what the server cannot have.
template <class Dialect, class Version>
struct creatability
    : detail::joined_findings<
          detail::soundness<Version>,
          detail::version_support<Dialect, Version, std::make_index_sequence<Version::value.tables.size()>>> {};

/// The findings that keep a migration from having DDL: that its steps and inverses are not proven, and what the server
/// cannot have.
template <class Dialect, class Migration>
struct migratability
    : detail::joined_findings<
          detail::migration_done<Migration>,
          detail::migration_support<Dialect, Migration, std::make_index_sequence<Migration::step_count>>> {};

namespace detail {

/// The script where there are no findings; otherwise they are raised, and the script is empty.
template <class Dialect, class Check, class Script>
constexpr ddl_script script_if_sound() {
  static_assert(sizeof(Dialect) != 0);  // for its own errors, before it is asked for more
  static_assert(diagnose::judge<Check>::value);
  if constexpr (Check::findings.empty())
    return Script::value;
  else
    return {};
}

}  // namespace detail

/// The statements that create a version in an empty database: `ddl<postgresql<15>, v1>`. Raises what is wrong with the
/// version, and what the server cannot do (DL_UNSUPPORTED).
template <class Dialect, class Version>
inline constexpr ddl_script ddl = detail::script_if_sound<
    Dialect, creatability<Dialect, Version>,
    detail::create_script<Dialect, Version, std::make_index_sequence<Version::value.tables.size()>>>();

/// The statements of a migration, step by step. Raises what is not proven of it: there is no DDL for a migration
/// without its way back.
template <class Dialect, class Migration>
inline constexpr ddl_script up =
    detail::script_if_sound<Dialect, migratability<Dialect, Migration>,
                            detail::up_script<Dialect, Migration, std::make_index_sequence<Migration::step_count>>>();

/// The statements that undo a migration, from its last step's inverse to its first's.
template <class Dialect, class Migration>
inline constexpr ddl_script down =
    detail::script_if_sound<Dialect, migratability<Dialect, Migration>,
                            detail::down_script<Dialect, Migration, std::make_index_sequence<Migration::step_count>>>();

}  // namespace dovetail
