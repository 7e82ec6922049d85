// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/event.hpp>

#include <type_traits>

namespace dt = dovetail;
using dt::model::event_kind;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>> {};
struct v1 : dt::schema<"1", customer> {};
using add = dt::step<dt::add_column<"customer", dt::column<"n", dt::text, dt::null>>, dt::drop_column<"customer", "n">>;
struct m1 : dt::migration<v1, add> {};
struct v2_in_full
    : dt::schema<"2", dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"n", dt::text, dt::null>>> {};
struct m1_to : dt::migration<v1, dt::to<v2_in_full>, add> {};
struct app_7 : dt::release<"7"> {};
struct app_8 : dt::release<"8"> {};

using begin = dt::live<v1, app_7, app_8>;
static_assert(begin::value.kind == event_kind::live && begin::value.version == &v1::value);
static_assert(begin::value.releases.size() == 2 && begin::value.releases[1] == &app_8::value);
static_assert(dt::live<v1>::value.releases.empty());
static_assert(std::is_same_v<begin::version, v1>);

static_assert(dt::migrate<m1>::value.kind == event_kind::migrate && dt::migrate<m1>::value.migration == "m1");
static_assert(dt::migrate<m1>::value.version == &v1::value && dt::migrate<m1>::value.steps.size() == 1);
static_assert(dt::migrate<m1>::value.result == &dt::detail::migration_done<m1>::last);
static_assert(dt::migrate<m1_to>::value.result == &v2_in_full::value, "the one that it declares");
static_assert(std::is_same_v<dt::migrate<m1>::migration, m1> && dt::migrate<m1>::value.releases.empty());

static_assert(dt::start<app_8>::value.kind == event_kind::start &&
              dt::start<app_8>::value.releases[0] == &app_8::value);
static_assert(dt::stop<app_7>::value.kind == event_kind::stop && dt::stop<app_7>::value.releases[0] == &app_7::value);
static_assert(dt::stop<app_7>::value.version == nullptr && dt::start<app_8>::value.result == nullptr);

using deploy = dt::rollout<begin, dt::migrate<m1>, dt::stop<app_7>>;
static_assert(deploy::event_count == 3 && deploy::events.size() == 3 && deploy::events[2] == &dt::stop<app_7>::value);
static_assert(dt::rollout<>::events.empty());
struct derived : deploy {};
static_assert(std::is_same_v<derived::listed, deploy> && derived::events.size() == 3);
