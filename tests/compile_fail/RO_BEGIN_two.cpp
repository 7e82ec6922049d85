// SPDX-License-Identifier: BSL-1.0
// expect: RO_BEGIN
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using nick = dt::column<"nick", dt::text, dt::null>;
struct add_nick : dt::migration<v1, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>> {};
struct v2 : dt::after<"2", add_nick> {};
struct drop_nick : dt::migration<v2, dt::lossy<"unread", dt::step<dt::drop_column<"customer", "nick">,
                                                                  dt::add_column<"customer", nick>>>> {};
struct v3 : dt::after<"3", drop_nick> {};

struct card {
  std::string name;
};
struct nick_card {
  std::string name;
  std::optional<std::string> nick;
};
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", nick_card>> {};

#ifndef DOVETAIL_BAD
using deploy = dt::rollout<dt::live<v1, app_7>, dt::migrate<add_nick>>;
#else
using deploy = dt::rollout<dt::live<v1, app_7>, dt::live<v1>, dt::migrate<add_nick>>;
#endif
static_assert(dt::safe<deploy>);
