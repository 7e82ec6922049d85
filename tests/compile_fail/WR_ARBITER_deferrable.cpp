// SPDX-License-Identifier: BSL-1.0
// expect: WR_ARBITER
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct place : dt::table<"place",
    dt::column<"id", dt::bigint>,
    dt::column<"rank", dt::bigint>,
    dt::primary_key<"id">,
#ifndef DOVETAIL_BAD
    dt::unique<"place_rank_key", "rank">> {};
#else
    dt::unique_on<"place_rank_key", dt::columns<"rank">, dt::initially_deferred>> {};
#endif
struct v1 : dt::schema<"1", place> {};
struct ranking {
  std::int64_t id;
  std::int64_t rank;
};
struct app_7 : dt::release<"7", dt::upserts<"place", ranking, dt::conflict<"rank">>> {};

static_assert(dt::compatible<app_7, v1>);
