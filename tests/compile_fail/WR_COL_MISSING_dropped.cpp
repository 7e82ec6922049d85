// SPDX-License-Identifier: BSL-1.0
// expect: WR_COL_MISSING
#include <dovetail/dovetail.hpp>

#include <cstdint>
#include <string>

namespace dt = dovetail;

using fax = dt::column<"fax", dt::text, dt::null>;
struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, fax> {};
struct v1 : dt::schema<"1", customer> {};
struct drop_fax : dt::migration<v1, dt::lossy<"nobody has one",
    dt::step<dt::drop_column<"customer", "fax">, dt::add_column<"customer", fax>>>> {};
struct change {
  std::int64_t id;
#ifndef DOVETAIL_BAD
  std::string name;
#else
  std::string fax;
#endif
};
struct app_7 : dt::release<"7", dt::updates<"customer", change, dt::key<"id">>> {};
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<drop_fax>>>);
