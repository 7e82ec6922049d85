// SPDX-License-Identifier: BSL-1.0
// An application with and without dovetail's checks; see check_size.py.
#include <cstdint>
#include <optional>
#include <string>

struct card {
  std::int64_t id;
  std::string full_name;
};
struct signup {
  std::string full_name;
  std::string email;
};
struct profile {
  std::int64_t id;
  std::string full_name;
  std::optional<std::string> nickname;
};

#ifdef DOVETAIL_CHECKED
#include <dovetail/dovetail.hpp>
namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"full_name", dt::text>,
    dt::column<"email", dt::varchar<255>>,
    dt::primary_key<"id">,
    dt::unique<"customer_email_key", "email">> {};
struct v1 : dt::schema<"1", customer> {};
struct add_nickname : dt::migration<v1,
    dt::step<dt::add_column<"customer", dt::column<"nickname", dt::text, dt::null>>,
             dt::drop_column<"customer", "nickname">>> {};
struct v2 : dt::after<"2", add_nickname> {};
struct app_7 : dt::release<"7", dt::reads<"customer", card>, dt::inserts<"customer", signup>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", profile>, dt::inserts<"customer", signup>> {};

static_assert(dt::valid<v1>);
static_assert(dt::reversible<add_nickname>);
static_assert(dt::compatible<app_7, v1, v2>);
static_assert(dt::safe<dt::rollout<
    dt::live<v1, app_7>,
    dt::migrate<add_nickname>,
    dt::start<app_8>, dt::stop<app_7>>>);
#endif

std::string greeting(const profile& who) { return "Hello, " + who.nickname.value_or(who.full_name); }

card stored(std::int64_t id, const signup& from) { return {id, from.full_name}; }
