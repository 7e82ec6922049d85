// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>

#include <dovetail/model/field.hpp>

/// std::chrono in rows: `sys_time<D>` for timestamptz, `local_time<D>` for timestamp, `hh_mm_ss<D>` for time, and
/// `year_month_day` for date. Their text is ISO 8601's, as PostgreSQL and SQLite write and read it. Nothing is rounded,
/// but inside of `approximate<>`.
///
/// A D is a whole number of weeks, days, hours, minutes, seconds, or of 10^-1 to 10^-9 seconds. A duration by itself is
/// no interval, whose months and days have no number of seconds: no column holds one.
namespace dovetail {

namespace detail {

/// The digits of a second that a duration holds, all of them and no more. A whole minute is not every second, and so
/// on: coarser ones have fewer digits than none.
template <class Period>
constexpr std::optional<int> second_digits() {
  if (Period::den == 1) switch (Period::num) {
      case 1: return 0;
      case 60: return -1;
      case 3600: return -2;
      case 86400: return -3;
      case 604800: return -4;
      default: return {};
    }
  std::intmax_t den = 10;
  for (int digits = 1; digits <= 9; ++digits, den *= 10)
    if (Period::num == 1 && Period::den == den) return digits;
  return {};
}
template <class D>
concept exact_duration = std::integral<typename D::rep> && second_digits<typename D::period>().has_value();

template <class D>
constexpr text_view duration_name() {
  using namespace std::chrono;
  if constexpr (std::is_same_v<D, nanoseconds>) return "std::chrono::nanoseconds";
  if constexpr (std::is_same_v<D, microseconds>) return "std::chrono::microseconds";
  if constexpr (std::is_same_v<D, milliseconds>) return "std::chrono::milliseconds";
  if constexpr (std::is_same_v<D, seconds>) return "std::chrono::seconds";
  if constexpr (std::is_same_v<D, minutes>) return "std::chrono::minutes";
  if constexpr (std::is_same_v<D, hours>) return "std::chrono::hours";
  if constexpr (std::is_same_v<D, days>) return "std::chrono::days";
  if constexpr (std::is_same_v<D, weeks>) return "std::chrono::weeks";
  return type_name<D>;
}

/// Nanoseconds of all years that a server has, which need more than 64 bits.
__extension__ typedef __int128 long_count;

inline constexpr std::int64_t second_length = 1'000'000'000;
inline constexpr std::int64_t day_length = 86'400 * second_length;

constexpr long_count floor_of(long_count value, std::int64_t unit) {
  return value / unit - (value % unit < 0 ? 1 : 0);
}

/// Between a duration and its nanoseconds.
template <class D>
struct nanoseconds_of {
  static constexpr std::int64_t unit = D::period::num * second_length / D::period::den;

  static constexpr long_count of(D value) { return static_cast<long_count>(value.count()) * unit; }
  /// Empty if a D does not reach so far, or has not as many digits. `rounded`: to the nearest one.
  static constexpr std::optional<D> back(long_count value, bool rounded) {
    const long_count count = floor_of(rounded ? value + unit / 2 : value, unit);
    using limits = std::numeric_limits<typename D::rep>;
    if ((!rounded && count * unit != value) || count < limits::min() || count > limits::max()) return {};
    return D(static_cast<typename D::rep>(count));
  }
};

/// Reads the parts of a date and a time one after the other; after the first fault it reads nothing more.
class iso_reader {
 public:
  explicit iso_reader(std::string_view text) : rest_(text) {}

  bool good() const { return good_; }
  bool done() const { return is(""); }
  /// This is all that is left.
  bool is(std::string_view rest) const { return good_ && rest_ == rest; }
  bool accept(std::string_view wanted) {
    if (rest_.substr(0, wanted.size()) != wanted) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  void expect(std::string_view wanted) { good_ = accept(wanted) && good_; }
  /// A number of so many digits, at the least and at the most.
  int number(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count != most && count != rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      value = value * 10 + (rest_[count++] - '0');
    good_ = good_ && count >= least;
    rest_.remove_prefix(count);
    return value;
  }
  int number_up_to(int largest) {
    const int value = number(2, 2);
    good_ = good_ && value <= largest;
    return value;
  }
  /// Nanoseconds after a point; 0 without one.
  int fraction() {
    if (!accept(".")) return 0;
    const std::size_t before = rest_.size();
    int value = number(1, 9);
    for (std::size_t digits = before - rest_.size(); digits < 9; ++digits) value *= 10;
    while (accept("0")) {
    }
    return value;
  }
  /// Nanoseconds since midnight, of `12:34:56.789`.
  std::int64_t clock(int last_hour) {
    const std::int64_t hour = number_up_to(last_hour);
    expect(":");
    const std::int64_t minute = number_up_to(59);
    expect(":");
    const std::int64_t second = number_up_to(59);
    return ((hour * 60 + minute) * 60 + second) * second_length + fraction();
  }
  /// Seconds east of UTC, of `+05:30`, `Z`, or nothing.
  int zone() {
    const bool east = accept("+");
    if (!east && !accept("-")) {
      accept("Z");
      return 0;
    }
    int offset = number_up_to(15) * 3600;
    if (accept(":")) offset += number_up_to(59) * 60;
    if (accept(":")) offset += number_up_to(59);
    return east ? offset : -offset;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

inline void append_padded(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

/// `2024-02-29`; the year before 1 is 1 BC, which is written after everything else.
inline void append_date(std::string& out, int year, std::chrono::month month, std::chrono::day day) {
  append_padded(out, year > 0 ? year : 1 - year, 4);
  out += '-';
  append_padded(out, static_cast<int>(static_cast<unsigned>(month)), 2);
  out += '-';
  append_padded(out, static_cast<int>(static_cast<unsigned>(day)), 2);
}
/// `12:34:56.000000`, of microseconds since midnight. Always as many digits, whatever the type, so that on SQLite equal
/// times are equal texts, and the order of texts is that of the times.
inline void append_clock(std::string& out, std::int64_t microseconds) {
  const auto put = [&](std::int64_t unit, std::size_t width) {
    append_padded(out, static_cast<int>(microseconds / unit), width);
    microseconds %= unit;
  };
  put(3'600'000'000, 2);
  out += ':';
  put(60'000'000, 2);
  out += ':';
  put(1'000'000, 2);
  out += '.';
  put(1, 6);
}
/// The microseconds of nanoseconds: no server keeps more digits.
constexpr std::optional<long_count> kept_microseconds(long_count value, bool rounded) {
  if (!rounded && value % 1000 != 0) return {};
  return floor_of(value + 500, 1000);
}

struct iso_date {
  int year;
  int month;
  int day;

  explicit iso_date(iso_reader& from) {
    year = from.number(4, 6);
    from.expect("-");
    month = from.number(2, 2);
    from.expect("-");
    day = from.number(2, 2);
  }
  /// Days since 1970-01-01, or empty if there is no such day. Not std::chrono's own, whose years end at 32767.
  std::optional<std::int64_t> days(bool before_christ) const {
    using namespace std::chrono;
    if (year == 0) return {};
    const std::int64_t y = before_christ ? 1 - year : year;
    // The calendar repeats after 400 years, of 146097 days.
    const std::int64_t cycle = y >= 0 ? y / 400 : (y - 399) / 400;
    const year_month_day within(std::chrono::year(static_cast<int>(y - cycle * 400)),
                                std::chrono::month(static_cast<unsigned>(month)),
                                std::chrono::day(static_cast<unsigned>(day)));
    if (!within.ok()) return {};
    return sys_days(within).time_since_epoch().count() + cycle * 146097;
  }
};

}  // namespace detail

/// No column holds it; the name is for messages.
template <class Rep, class Period>
struct field_traits<std::chrono::duration<Rep, Period>> {
  static constexpr field_type type{domains::of(family::unknown),
                                   detail::duration_name<std::chrono::duration<Rep, Period>>()};
};

/// A day. PostgreSQL's `infinity` and days outside of std::chrono's years are no value of it.
template <>
struct field_traits<std::chrono::year_month_day> {
  static constexpr field_type type{domains::of(family::date), "std::chrono::year_month_day"};

  /// Empty of a day that does not exist.
  static std::optional<std::string> to_text(const std::chrono::year_month_day& value) {
    if (!value.ok()) return {};
    const int year = static_cast<int>(value.year());
    std::string out;
    detail::append_date(out, year, value.month(), value.day());
    if (year <= 0) out += " BC";
    return out;
  }
  static std::optional<std::chrono::year_month_day> from_text(std::string_view text) {
    using namespace std::chrono;
    detail::iso_reader from(text);
    const detail::iso_date date(from);
    const bool before_christ = from.accept(" BC");
    if (!from.done() || date.year == 0) return {};
    const int y = before_christ ? 1 - date.year : date.year;
    if (y > static_cast<int>(year::max()) || y < static_cast<int>(year::min())) return {};
    const year_month_day day(year(y), month(static_cast<unsigned>(date.month)),
                             std::chrono::day(static_cast<unsigned>(date.day)));
    if (!day.ok()) return {};
    return day;
  }
};

/// A moment, or what calendars and clocks show somewhere. A moment is sent in UTC, and read in whichever zone the
/// server writes it; text without a zone is UTC, as SQLite's CURRENT_TIMESTAMP is. The other has no zone; a day alone
/// is its midnight. PostgreSQL's `infinity`, and what D does not reach, are no values: 64 bits of nanoseconds end in
/// 2262.
template <class Clock, detail::exact_duration D>
  requires(std::is_same_v<Clock, std::chrono::system_clock> || std::is_same_v<Clock, std::chrono::local_t>)
struct field_traits<std::chrono::time_point<Clock, D>> {
  using time = std::chrono::time_point<Clock, D>;
  static constexpr bool zoned = std::is_same_v<Clock, std::chrono::system_clock>;
  static constexpr field_type type = [] {
    constexpr int digits = *detail::second_digits<typename D::period>();
    if constexpr (zoned)
      return field_type{domains::to_the(family::timestamptz, digits),
                        detail::wrapper_name<"std::chrono::sys_time", D>::value};
    else
      return field_type{domains::to_the(family::timestamp, digits),
                        detail::wrapper_name<"std::chrono::local_time", D>::value};
  }();

  /// `2024-02-29 12:34:56.000000Z`. Empty of what has more digits, and of years of more than 6.
  static std::optional<std::string> to_text(const time& value, bool rounded = false) {
    using namespace std::chrono;
    const auto kept = detail::kept_microseconds(detail::nanoseconds_of<D>::of(value.time_since_epoch()), rounded);
    if (!kept) return {};
    constexpr std::int64_t day_length = detail::day_length / 1000;
    const detail::long_count day = detail::floor_of(*kept, day_length);
    // std::chrono's years end at 32767; the calendar repeats after 146097 days, which are 400 years.
    const detail::long_count cycle = detail::floor_of(day, 146097);
    const year_month_day within{sys_days(days(static_cast<int>(day - cycle * 146097)))};
    const detail::long_count year = static_cast<int>(within.year()) + cycle * 400;
    if (year > 999'999 || year < -999'998) return {};
    std::string out;
    detail::append_date(out, static_cast<int>(year), within.month(), within.day());
    out += ' ';
    detail::append_clock(out, static_cast<std::int64_t>(*kept - day * day_length));
    if (zoned) out += 'Z';
    if (year <= 0) out += " BC";
    return out;
  }

  static std::optional<time> from_text(std::string_view text, bool rounded = false) {
    detail::iso_reader from(text);
    const detail::iso_date date(from);
    detail::long_count clock = 0;
    if (zoned || !(from.done() || from.is(" BC"))) {
      if (!from.accept("T")) from.expect(" ");
      clock = from.clock(23);
    }
    if (zoned) clock -= from.zone() * detail::second_length;
    const bool before_christ = from.accept(" BC");
    if (!from.done()) return {};
    const std::optional<std::int64_t> day = date.days(before_christ);
    if (!day) return {};
    const auto since = detail::nanoseconds_of<D>::back(
        static_cast<detail::long_count>(*day) * detail::day_length + clock, rounded);
    if (!since) return {};
    return time(*since);
  }
};

/// A time of day, from midnight up to and with the one at the end of the day, 24:00:00.
template <detail::exact_duration D>
struct field_traits<std::chrono::hh_mm_ss<D>> {
  using time = std::chrono::hh_mm_ss<D>;
  static constexpr field_type type{domains::to_the(family::time, *detail::second_digits<typename D::period>()),
                                   detail::wrapper_name<"std::chrono::hh_mm_ss", D>::value};

  /// Empty of what is no time of a day, or has more digits.
  static std::optional<std::string> to_text(const time& value, bool rounded = false) {
    const auto kept = detail::kept_microseconds(
        detail::nanoseconds_of<typename time::precision>::of(value.to_duration()), rounded);
    if (!kept || *kept < 0 || *kept > detail::day_length / 1000) return {};
    std::string out;
    detail::append_clock(out, static_cast<std::int64_t>(*kept));
    return out;
  }
  static std::optional<time> from_text(std::string_view text, bool rounded = false) {
    detail::iso_reader from(text);
    const std::int64_t clock = from.clock(24);
    if (!from.done() || clock > detail::day_length) return {};
    const auto since = detail::nanoseconds_of<D>::back(clock, rounded);
    if (!since) return {};
    return time(*since);
  }
};

}  // namespace dovetail
