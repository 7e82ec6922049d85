// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/identifier.hpp>

using dovetail::identifier;
using dovetail::identifier_fault;
using dovetail::identifier_of;
using dovetail::name_map;
using dovetail::text_view;

namespace {

static_assert(identifier().empty() && identifier() == identifier(""));
static_assert(identifier("order") == identifier(text_view("order by", 5)));
static_assert(!(identifier("order") == identifier("orders")));
static_assert(!(identifier("order") == identifier("Order")), "quoted names keep their case");
static_assert(identifier("order").text() == "order" && text_view(identifier("order")) == "order");
static_assert(identifier("ab").hash != identifier("ba").hash);
static_assert(identifier_of<"order"> == identifier("order"));

// Names that servers keep as they are.
constexpr text_view bytes_63 = "a23456789b23456789c23456789d23456789e23456789f23456789g23456789";
constexpr text_view bytes_64 = "a23456789b23456789c23456789d23456789e23456789f23456789g23456789h";
static_assert(bytes_63.size() == 63 && identifier_fault(bytes_63).empty());
static_assert(bytes_64.size() == 64 && identifier_fault(bytes_64) == "it is longer than 63 bytes");
static_assert(identifier_fault("é23456789b23456789c23456789d23456789e23456789f23456789g23456789") ==
                  "it is longer than 63 bytes",
              "bytes count, not characters");
static_assert(identifier_fault("") == "it is empty");
static_assert(identifier_fault("a\nb") == "it holds a control character");
static_assert(identifier_fault(text_view("a\0b", 3)) == "it holds a control character");
static_assert(identifier_fault("a\x1f") == "it holds a control character");
static_assert(identifier_fault("a\x7f") == "it holds a control character");
static_assert(identifier_fault("a ") == "it ends with a space");
static_assert(identifier_fault(" a").empty());
static_assert(identifier_fault("select").empty(), "all names are quoted");
static_assert(identifier_fault("a\"b'c`d;--").empty(), "all names are quoted");
static_assert(identifier_fault("größe").empty());

// The first value under each name stays.
static_assert([] {
  name_map<int> map(3);
  return map.insert("a", 1) == nullptr && map.insert("b", 2) == nullptr && *map.insert("a", 3) == 1 &&
         *map.insert("a", 4) == 1 && *map.insert("b", 5) == 2;
}());
static_assert([] {
  name_map<int> map(0);
  return map.insert("a", 1) == nullptr;
}());
// Many names, of which some have one place.
static_assert([] {
  const text_view letters = "abcdefgh";
  char names[64][2]{};
  name_map<int> map(64);
  for (std::size_t i = 0; i != 64; ++i) {
    names[i][0] = letters[i / 8];
    names[i][1] = letters[i % 8];
    if (map.insert(identifier(text_view(names[i], 2)), static_cast<int>(i)) != nullptr) return false;
  }
  for (std::size_t i = 0; i != 64; ++i)
    if (const int* kept = map.insert(identifier(text_view(names[i], 2)), 99);
        kept == nullptr || *kept != static_cast<int>(i))
      return false;
  return true;
}());

static_assert(dovetail::detail::identifiers<>::value.empty());
static_assert(dovetail::detail::identifiers<"a", "b">::value.size() == 2);
static_assert(dovetail::detail::identifiers<"a", "b">::value[1] == identifier("b"));

}  // namespace
