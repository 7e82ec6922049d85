// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/migration.hpp>
#include <dovetail/compat/unit.hpp>

namespace dovetail {

namespace model {

enum class event_kind : unsigned char { live, migrate, start, stop };

/// Something that happens in a rollout.
struct event {
  event_kind kind;
  const schema* version = nullptr;           ///< live: the version that stands; migrate: the one that it begins from
  const schema* result = nullptr;            ///< migrate: the version that it leads to
  text_view migration;                       ///< migrate: its name
  array_view<const step*> steps;                   ///< migrate: its steps
  array_view<const model::release*> releases;      ///< live, start, stop
  const detail::step_effect* effects = nullptr;  ///< migrate: of its steps
  text_view forward_only{};                        ///< migrate: why nobody rolls it back
};

}  // namespace model

/// How a rollout begins: the version that stands and the releases that run.
template <class Version, class... Releases>
struct live {
  using version = Version;
  static constexpr model::event value{model::event_kind::live, &Version::value, &Version::value, {}, {},
                                      detail::pointers_to<model::release, Releases...>::value};
};

namespace detail {

template <bool Given>
struct must_say_why {
  static_assert(Given, "[dovetail/DT_BLOCKED] a migration that nobody rolls back, without a reason: forward_only<\"reason\">");
};

}  // namespace detail

/// Says of a migration in a rollout why nobody rolls it back once releases have written what the version before it cannot
/// keep: `migrate<add_held, forward_only<"orders on hold are mended by the next release">>`. `reversible` then takes it
/// out; `losses` does not.
template <fixed_string Reason, std::size_t = sizeof(detail::must_say_why<Reason.size() != 0>)>
struct forward_only {
  static constexpr text_view reason = Reason;
};

namespace detail {

struct any_direction {
  static constexpr text_view reason{};
};
template <class T>
inline constexpr bool is_direction = false;
template <>
inline constexpr bool is_direction<any_direction> = true;
template <fixed_string Reason>
inline constexpr bool is_direction<forward_only<Reason>> = true;

template <bool Right>
struct migrate_parameter {
  static_assert(Right, "[dovetail/SC_TYPE] migrate takes a migration and, if nobody rolls it back, forward_only<\"reason\">");
};

}  // namespace detail

/// A migration is run, while the live releases go on.
template <class Migration, class Direction = detail::any_direction>
struct migrate {
  using migration = Migration;
  static_assert(sizeof(detail::migrate_parameter<detail::is_direction<Direction>>) != 0);
  static constexpr model::event value{model::event_kind::migrate,
                                      &Migration::from::value,
                                      Migration::declared_result != nullptr ? Migration::declared_result
                                                                            : &detail::migration_done<Migration>::last,
                                      detail::type_name<Migration>,
                                      Migration::steps,
                                      {},
                                      detail::migration_done<Migration>::effects,
                                      Direction::reason};
};

/// A release begins to run, beside the live ones: a rolling deploy is `start<new>, stop<old>`.
template <class Release>
struct start {
  static constexpr model::event value{model::event_kind::start, nullptr, nullptr, {}, {},
                                      detail::pointers_to<model::release, Release>::value};
};

/// The last process of a release has ended.
template <class Release>
struct stop {
  static constexpr model::event value{model::event_kind::stop, nullptr, nullptr, {}, {},
                                      detail::pointers_to<model::release, Release>::value};
};

/// What happens, in its order: `rollout<live<v1, app_7>, migrate<add_nickname>, start<app_8>, stop<app_7>>`. A long one
/// is better derived, `struct deploy_8 : dt::rollout<event…> {};`: messages then show `deploy_8`.
template <class... Events>
struct rollout {
  using listed = rollout;
  static constexpr std::size_t event_count = sizeof...(Events);
  static constexpr array_view<const model::event*> events = detail::pointers_to<model::event, Events...>::value;
};

}  // namespace dovetail
