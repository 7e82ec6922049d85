// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
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
struct v1 : dt::schema<"1", place> {};

constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
