// SPDX-License-Identifier: BSL-1.0
#include <dovetail/diagnose/advice.hpp>

namespace dt = dovetail;
using dt::text_view;

namespace {

template <class Type>
constexpr bool fields_for(text_view read, text_view written) {
  dt::text_buffer reads;
  dt::diagnose::put_field_for(reads, Type::type, false);
  dt::text_buffer writes;
  dt::diagnose::put_field_for(writes, Type::type, true);
  return reads.all() == read && writes.all() == written;
}
template <class Type>
constexpr bool field_for(text_view both) {
  return fields_for<Type>(both, both);
}
struct state : dt::enumeration<"state", "open"> {};

static_assert(field_for<dt::smallint>("std::int16_t") && field_for<dt::integer>("std::int32_t") &&
              field_for<dt::bigint>("std::int64_t"));
static_assert(field_for<dt::boolean>("bool") && field_for<dt::real>("float") &&
              field_for<dt::double_precision>("double"));
static_assert(field_for<dt::text>("std::string") && field_for<dt::varchar<9>>("std::string") &&
              field_for<dt::character<9>>("std::string"));
static_assert(field_for<dt::numeric<18, 2>>("dovetail::decimal<18, 2>") &&
              field_for<dt::numeric<19, 2>>("dovetail::text_of<dovetail::numeric<19, 2>>") &&
              field_for<dt::any_numeric>("dovetail::text_of<dovetail::any_numeric>"));
static_assert(fields_for<dt::date>("dovetail::text_of<dovetail::date>", "std::chrono::year_month_day"));
static_assert(field_for<dt::interval>("dovetail::value::interval") && field_for<dt::uuid>("dovetail::value::uuid") &&
              field_for<dt::bytea>("std::vector<std::byte>") && field_for<dt::json>("dovetail::value::json") &&
              field_for<dt::jsonb>("dovetail::value::json"));
static_assert(field_for<state>("an enum class with the labels of state"));
static_assert(field_for<dt::array<dt::text>>("std::vector<std::optional<std::string>>"));

template <class Type>
constexpr bool stands_in(text_view read, text_view written) {
  return dt::diagnose::header_for(Type::type, false) == read && dt::diagnose::header_for(Type::type, true) == written;
}
static_assert(stands_in<dt::text>("", "") && stands_in<dt::numeric<18>>("", "") && stands_in<state>("", "") &&
              stands_in<dt::array<dt::text>>("", ""));
static_assert(stands_in<dt::time>("dovetail/chrono.hpp", "dovetail/chrono.hpp") &&
              stands_in<dt::timestamp>("dovetail/chrono.hpp", "dovetail/chrono.hpp") &&
              stands_in<dt::array<dt::timestamptz>>("dovetail/chrono.hpp", "dovetail/chrono.hpp") &&
              stands_in<dt::date>("dovetail/fields.hpp", "dovetail/chrono.hpp"));
static_assert(stands_in<dt::uuid>("dovetail/fields.hpp", "dovetail/fields.hpp") &&
              stands_in<dt::interval>("dovetail/fields.hpp", "dovetail/fields.hpp") &&
              stands_in<dt::json>("dovetail/fields.hpp", "dovetail/fields.hpp") &&
              stands_in<dt::jsonb>("dovetail/fields.hpp", "dovetail/fields.hpp") &&
              stands_in<dt::numeric<19>>("dovetail/fields.hpp", "dovetail/fields.hpp") &&
              stands_in<dt::any_numeric>("dovetail/fields.hpp", "dovetail/fields.hpp"));

// As many digits of a second as the column keeps, and no more into it.
static_assert(field_for<dt::time>("std::chrono::hh_mm_ss<std::chrono::microseconds>") &&
              field_for<dt::timestamp>("std::chrono::local_time<std::chrono::microseconds>") &&
              field_for<dt::timestamptz>("std::chrono::sys_time<std::chrono::microseconds>"));
template <int Digits>
constexpr bool units(text_view read, text_view written) {
  return dt::diagnose::detail::second_unit(Digits, false) == read &&
         dt::diagnose::detail::second_unit(Digits, true) == written;
}
static_assert(units<0>("std::chrono::seconds", "std::chrono::seconds") &&
              units<1>("std::chrono::milliseconds", "std::chrono::seconds") &&
              units<2>("std::chrono::milliseconds", "std::chrono::seconds") &&
              units<3>("std::chrono::milliseconds", "std::chrono::milliseconds") &&
              units<4>("std::chrono::microseconds", "std::chrono::milliseconds") &&
              units<6>("std::chrono::microseconds", "std::chrono::microseconds"));

}  // namespace
