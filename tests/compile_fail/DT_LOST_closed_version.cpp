// SPDX-License-Identifier: BSL-1.0
// expect: DT_LOST
#include <cstdint>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"settings", dt::jsonb>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};

struct settings_7 { bool dark; };
struct settings_8 { bool dark; std::string font; };
template <>
struct dt::field_traits<settings_8> {
  static constexpr dt::field_type type = dt::document_like<settings_8, settings_7>();
};
template <>
struct dt::field_traits<settings_7> {
#ifndef DOVETAIL_BAD
  static constexpr dt::field_type type = dt::document_like<settings_7, dt::value::json>();  // it keeps what it does not know
#else
  static constexpr dt::field_type type = dt::document_like<settings_7>();
#endif
};

template <class Settings>
struct account { std::int64_t id; Settings settings; };
template <dt::fixed_string Name, class Settings>
using keeps_settings = dt::release<Name, dt::reads<"customer", account<dt::checked<Settings>>>,
                                         dt::updates<"customer", account<Settings>, dt::key<"id">>>;
struct app_7 : keeps_settings<"7", settings_7> {};
struct app_8 : keeps_settings<"8", settings_8> {};
static_assert(dt::compatible<app_7, dt::closed<v1, app_7, app_8>>);
