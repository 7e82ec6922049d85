// SPDX-License-Identifier: BSL-1.0
// expect: RD_RANGE
#include <dovetail/chrono.hpp>
#include <dovetail/dovetail.hpp>

#include <chrono>

namespace dt = dovetail;

struct lease : dt::table<"lease", dt::column<"ends", dt::date>
#ifndef DOVETAIL_BAD
    , dt::check_values<"lease_ends_check", "ends", dt::finite>
#endif
    > {};
struct v1 : dt::schema<"1", lease> {};
struct shown {
  std::chrono::year_month_day ends;
};
struct app_7 : dt::release<"7", dt::reads<"lease", shown>> {};
static_assert(dt::compatible<app_7, v1>);
