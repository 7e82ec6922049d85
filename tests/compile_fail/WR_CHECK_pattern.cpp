// SPDX-License-Identifier: BSL-1.0
// expect: WR_CHECK
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

using code = dt::column<"code", dt::text>;
struct country : dt::table<"country", dt::column<"id", dt::bigint>, code> {};
struct v1 : dt::schema<"1", country> {};
struct checked_country : dt::table<"country", dt::column<"id", dt::bigint>, code,
    dt::check_values<"country_code_check", "code", dt::like<"__">>> {};
struct v2 : dt::schema<"2", checked_country> {};
struct renaming {
  std::int64_t id;
  std::string code;
};
#ifndef DOVETAIL_BAD
struct app_7
    : dt::release<"7", dt::updates<"country", renaming, dt::key<"id">, dt::refines<"code", dt::like<"__">>>> {};
#else
struct app_7 : dt::release<"7", dt::updates<"country", renaming, dt::key<"id">>> {};
#endif
static_assert(dt::compatible<app_7, v1, v2>);
