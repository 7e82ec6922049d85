// SPDX-License-Identifier: BSL-1.0
// expect: RO_STOP_FIRST
#include <dovetail/dovetail.hpp>

#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    dt::column<"phone", dt::text, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using phone = dt::column<"phone", dt::text, dt::null>;
struct drop_phone : dt::migration<v1, dt::lossy<"nobody calls", dt::step<dt::drop_column<"customer", "phone">,
                                                                         dt::add_column<"customer", phone>>>> {};

struct card {
  std::string name;
};
struct caller {
  std::string name;
  std::optional<std::string> phone;
};
#ifndef DOVETAIL_BAD
struct app_7 : dt::release<"7", dt::reads<"customer", card>> {};
#else
struct app_7 : dt::release<"7", dt::reads<"customer", caller>> {};
#endif
struct app_8 : dt::release<"8", dt::reads<"customer", card>> {};
static_assert(dt::either_order<drop_phone, app_7, app_8>);
