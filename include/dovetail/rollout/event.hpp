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
};

}  // namespace model

/// How a rollout begins: the version that stands and the releases that run.
template <class Version, class... Releases>
struct live {
  using version = Version;
  static constexpr model::event value{model::event_kind::live, &Version::value, &Version::value, {}, {},
                                      detail::pointers_to<model::release, Releases...>::value};
};

/// A migration is run, while the live releases go on.
template <class Migration>
struct migrate {
  using migration = Migration;
  static constexpr model::event value{model::event_kind::migrate,
                                      &Migration::from::value,
                                      Migration::declared_result != nullptr ? Migration::declared_result
                                                                            : &detail::migration_done<Migration>::last,
                                      detail::type_name<Migration>,
                                      Migration::steps,
                                      {},
                                      detail::migration_done<Migration>::effects};
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
