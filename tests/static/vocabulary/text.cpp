// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/text.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

using dovetail::fixed_string;
using dovetail::text_buffer;
using dovetail::text_view;

namespace {

static_assert(text_view().empty() && text_view().size() == 0 && text_view() == "");
static_assert(text_view("order").size() == 5 && text_view("order")[4] == 'r');
static_assert(text_view("order") == text_view("order by", 5));
static_assert(!(text_view("order") == text_view("orders")));
static_assert(!(text_view("order") == text_view("Order")));
static_assert(text_view("a\0b", 3).size() == 3 && !(text_view("a\0b", 3) == "a"));
static_assert(text_view("order_id").substr(6) == "id");
static_assert(text_view("order_id").substr(0, 5) == "order");
static_assert(text_view("order_id").substr(8).empty());
static_assert(text_view("order_id").contains('_') && !text_view("order_id").contains('-'));
static_assert(text_view("a\0b", 3).contains('\0') && !text_view("ab").contains('\0'));
static_assert(!text_view().contains('a'));

static_assert(std::string_view(text_view("order")) == "order");
static_assert(std::is_constructible_v<std::string, text_view>);
static_assert(!std::is_convertible_v<text_view, std::string>, "a copy that allocates is asked for by name");

// Template arguments keep every character, also those after a NUL.
template <fixed_string Text>
struct argument {
  static constexpr text_view value = Text;
};
static_assert(argument<"">::value.empty() && fixed_string("").size() == 0);
static_assert(argument<"nickname">::value == "nickname" && fixed_string("nickname").size() == 8);
static_assert(argument<"a\0b">::value.size() == 3);
static_assert(argument<"é">::value.size() == 2);
static_assert(std::is_same_v<argument<"a">, argument<"a">> && !std::is_same_v<argument<"a">, argument<"a\0">>);

template <class Number>
constexpr bool prints(Number number, text_view wanted) {
  text_buffer out;
  out << number;
  return out.all() == wanted;
}
static_assert(prints(0, "0"));
static_assert(prints(7, "7"));
static_assert(prints(10, "10"));
static_assert(prints(-1, "-1"));
static_assert(prints(-100, "-100"));
static_assert(prints(std::numeric_limits<std::int32_t>::min(), "-2147483648"));
static_assert(prints(std::numeric_limits<std::int64_t>::max(), "9223372036854775807"));
static_assert(prints(std::numeric_limits<std::int64_t>::min(), "-9223372036854775808"));
static_assert(prints(std::uint64_t{0}, "0") && prints(std::uint64_t{10}, "10"));
static_assert(prints(std::numeric_limits<std::uint64_t>::max(), "18446744073709551615"));

static_assert([] {
  text_buffer out;
  if (!out.empty()) return false;
  out << "numeric(" << 12 << ',' << text_view("2") << ')';
  if (!(out.all() == "numeric(12,2)" && out.size() == 13)) return false;
  out.clear();
  return out.empty() && out.all() == "";
}());

struct greeting {
  static constexpr void into(text_buffer& out) { out << "version " << 7; }
};
struct silence {
  static constexpr void into(text_buffer&) {}
};
static_assert(dovetail::detail::static_text<greeting>::value == "version 7");
static_assert(dovetail::detail::static_text<greeting>::storage.data[9] == '\0', "closed, for C");
static_assert(dovetail::detail::static_text<silence>::value.empty());

}  // namespace
