// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/cpp_type.hpp>

namespace dt = dovetail;

namespace {

constexpr bool prints(const dt::field_type& type, dt::text_view wanted) {
  dt::text_buffer out;
  out << type;
  return out.all() == wanted;
}
constexpr dt::field_type text(bool optional) {
  dt::field_type type;
  type.kind = dt::field_kind::text;
  type.optional = optional;
  type.spelled = "std::string";
  return type;
}
static_assert(prints(text(false), "std::string"));
static_assert(prints(text(true), "std::optional<std::string>"));
static_assert(prints(dt::field_type(), ""));
static_assert(dt::field_type().kind == dt::field_kind::unknown && !dt::field_type().optional);

}  // namespace
