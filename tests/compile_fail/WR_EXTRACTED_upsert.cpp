// SPDX-License-Identifier: BSL-1.0
// expect: WR_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"name", dt::text>,
                            dt::column<"street", dt::text, dt::null>, dt::column<"city", dt::text, dt::null>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_table<"customer", "address", "street", "city">;
struct expand : dt::expand<v1, extracting> {};
struct v2 : dt::after<"2", expand> {};
struct place {
  std::int64_t id;
  std::optional<std::string> street;
};
#ifndef DOVETAIL_BAD
struct app_8 : dt::release<"8", dt::inserts<"address", place>, dt::updates<"address", place, dt::key<"id">>> {};
#else
struct app_8 : dt::release<"8", dt::upserts<"address", place, dt::conflict<"id">>> {};
#endif

static_assert(dt::compatible<app_8, v2>);
