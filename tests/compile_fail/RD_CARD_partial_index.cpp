// SPDX-License-Identifier: BSL-1.0
// expect: RD_CARD
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id", dt::bigint>,
    dt::column<"deleted_at", dt::timestamptz, dt::null>,
#ifndef DOVETAIL_BAD
    dt::unique_index<"customer_id_idx", "id">> {};
#else
    dt::unique_index_on<"customer_id_idx", dt::element<"id">, dt::where<"deleted_at IS NULL">>> {};
#endif
struct v1 : dt::schema<"1", customer> {};

struct row {
  std::int64_t id;
};
struct app : dt::release<"1", dt::reads<"customer", row, dt::single<"id">>> {};

static_assert(dt::compatible<app, v1>);
