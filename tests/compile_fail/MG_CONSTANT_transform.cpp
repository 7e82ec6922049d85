// SPDX-License-Identifier: BSL-1.0
// expect: MG_CONSTANT
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
struct parts { std::int32_t euros; std::int16_t rest; };
constexpr parts split(const price& p) { return {p.cents / 100, static_cast<std::int16_t>(p.cents % 100)}; }
#ifndef DOVETAIL_BAD
constexpr price join(const parts& p) { return {p.euros * 100 + p.rest}; }
#else
constexpr price join(const parts& p) {
  if (p.euros < 0) throw "a debt";
  return {p.euros * 100 + p.rest};
}
#endif
struct split_price : dt::migration<v1, dt::transform<"item", split, join>> {};

static_assert(dt::reversible<split_price>);
