// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/cpp_type.hpp>

namespace dt = dovetail;

namespace {

constexpr bool prints(const dt::field_type& type, dt::text_view wanted) {
  dt::text_buffer out;
  out << type;
  return out.all() == wanted;
}
constexpr dt::field_type text(bool null) {
  dt::field_type type;
  type.holds = dt::domains::characters(dt::domain::unlimited);
  type.holds.null = null;
  type.spelled = "std::string";
  return type;
}
static_assert(prints(text(false), "std::string"));
static_assert(prints(text(true), "std::optional<std::string>"));
static_assert(prints(dt::field_type(), ""));
// Of which nothing is said, nothing is known.
static_assert(dt::field_type().holds.kind == dt::family::unknown && !dt::field_type().holds.null);
static_assert(!dt::field_type().checked && !dt::field_type().approximate);

}  // namespace
