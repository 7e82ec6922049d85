// SPDX-License-Identifier: BSL-1.0
// expect: WR_EXTRACTED
#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>,
                            dt::column<"home_phone", dt::text, dt::null>, dt::column<"work_phone", dt::text, dt::null>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
using extracting = dt::gradual_extract_rows<"customer", "phone", dt::column<"kind", dt::text>, dt::columns<"number">,
                                            dt::row_of<"home", "home_phone">, dt::row_of<"work", "work_phone">>;
struct expand : dt::expand<v1, extracting> {};
struct v2 : dt::after<"2", expand> {};
struct phone {
  std::int64_t id;
  std::string kind;
  std::string number;
};
#ifndef DOVETAIL_BAD
struct app_8 : dt::release<"8", dt::updates<"phone", phone, dt::key<"id", "kind">>> {};
#else
struct app_8 : dt::release<"8", dt::updates<"phone", phone, dt::key<"id", "number">>> {};  // sets the kind
#endif

static_assert(dt::compatible<app_8, v2>);
