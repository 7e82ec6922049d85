// SPDX-License-Identifier: BSL-1.0
// expect: SC_FK_TARGET
#include <dovetail/dovetail.hpp>

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
struct prize : dt::table<"prize",
    dt::column<"rank", dt::bigint>,
    dt::foreign_key<"prize_rank_fkey", dt::columns<"rank">, dt::references<"place", "rank">, dt::deferrable>> {};
struct v1 : dt::schema<"1", place, prize> {};

static_assert(dt::valid<v1>);
