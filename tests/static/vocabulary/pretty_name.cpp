// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/pretty_name.hpp>

using dovetail::detail::last_identifier;
using dovetail::detail::type_name;

struct global {};
namespace shop::inner {
struct card {};
enum class status { open };
template <class T, int N>
struct wrapped {};
}  // namespace shop::inner

namespace {

struct hidden {};

static_assert(type_name<global> == "global");
static_assert(type_name<shop::inner::card> == "card");
static_assert(type_name<shop::inner::status> == "status");
static_assert(type_name<hidden> == "hidden");
static_assert(type_name<int> == "int");
static_assert(type_name<shop::inner::wrapped<int, 3>> == "wrapped<int, 3>");

constexpr bool local_names() {
  struct local {};
  return type_name<local> == "local";
}
static_assert(local_names());

static_assert(last_identifier("[Value = &shop::card::full_name]") == "full_name");
static_assert(last_identifier("[with auto Value = (& probe<card>.card::full_name)]") == "full_name");
static_assert(last_identifier("[Value = shop::status::open]") == "open");
static_assert(last_identifier("[Value = (status)7]") == "");
static_assert(last_identifier("[Value = (shop::status)-7]") == "");
static_assert(last_identifier("[Value = (flag)true]") == "");
static_assert(last_identifier("[Value = 7]") == "");
static_assert(last_identifier("x2") == "x2");
static_assert(last_identifier("größe") == "größe");
static_assert(last_identifier("") == "" && last_identifier("]") == "");

// A name ends where the next type's signature differs, so each type has a text of its own.
static_assert(!(dovetail::detail::signature_of_type<int>() == dovetail::detail::signature_of_type<long>()));
static_assert(last_identifier(dovetail::detail::signature_of_value<shop::inner::status::open>()) == "open");
static_assert(last_identifier(dovetail::detail::signature_of_value<static_cast<shop::inner::status>(1)>()) == "");

}  // namespace
