// SPDX-License-Identifier: BSL-1.0
// expect: MG_TARGET
#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/transform.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"cents", dt::integer>,
    dt::column<"euros", dt::integer, dt::null>,
    dt::column<"rest", dt::smallint, dt::null>,
    dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", item> {};
struct price { std::int32_t cents; };
#ifndef DOVETAIL_BAD
struct parts { std::int32_t euros; std::int16_t rest; };
#else
struct parts { std::int32_t euros; std::int16_t cent; };
#endif
constexpr parts split(const price& p) { return {p.cents / 100, static_cast<std::int16_t>(p.cents % 100)}; }
constexpr price join(const parts& p) {
  const auto& [euros, rest] = p;
  return {euros * 100 + rest};
}
struct split_price : dt::migration<v1, dt::transform<"item", split, join>> {};

static_assert(dt::reversible<split_price>);
