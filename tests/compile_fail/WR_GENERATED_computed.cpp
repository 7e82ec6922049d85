// SPDX-License-Identifier: BSL-1.0
// expect: WR_GENERATED
#include <dovetail/dovetail.hpp>

#include <cstdint>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"price", dt::bigint>,
    dt::column<"quantity", dt::integer>,
    dt::column<"total", dt::bigint, dt::generated_stored<"price * quantity">>> {};
struct v1 : dt::schema<"1", item> {};
struct sale {
  std::int64_t price;
  std::int32_t quantity;
#ifdef DOVETAIL_BAD
  std::int64_t total;
#endif
};
struct app_7 : dt::release<"7", dt::inserts<"item", sale>> {};

static_assert(dt::compatible<app_7, v1>);
