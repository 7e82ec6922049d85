// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <dovetail/model/field.hpp>

/// std::chrono in rows: `sys_time<microseconds>` for timestamptz, `year_month_day` for date. Their text is ISO 8601's,
/// as PostgreSQL and SQLite write and read it.
namespace dovetail {

namespace detail {

/// Reads the parts of a date and a time one after the other; after the first fault it reads nothing more.
class iso_reader {
 public:
  explicit iso_reader(std::string_view text) : rest_(text) {}

  bool good() const { return good_; }
  bool done() const { return good_ && rest_.empty(); }
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
  /// Microseconds after a point, of 1 to 6 digits; 0 without one.
  int fraction() {
    if (!accept(".")) return 0;
    const std::size_t before = rest_.size();
    int value = number(1, 6);
    for (std::size_t digits = before - rest_.size(); digits < 6; ++digits) value *= 10;
    return value;
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
inline void append_date(std::string& out, const std::chrono::year_month_day& day) {
  const int year = static_cast<int>(day.year());
  append_padded(out, year > 0 ? year : 1 - year, 4);
  out += '-';
  append_padded(out, static_cast<int>(static_cast<unsigned>(day.month())), 2);
  out += '-';
  append_padded(out, static_cast<int>(static_cast<unsigned>(day.day())), 2);
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

/// A day. PostgreSQL's `infinity` and days outside of std::chrono's years are no value of it.
template <>
struct field_traits<std::chrono::year_month_day> {
  static constexpr field_type type{field_kind::date, 0, 0, 0, false, "std::chrono::year_month_day", {}};

  /// Precondition: `value.ok()`; the server refuses the text of a day that does not exist.
  static std::string to_text(const std::chrono::year_month_day& value) {
    std::string out;
    detail::append_date(out, value);
    if (static_cast<int>(value.year()) <= 0) out += " BC";
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

/// A moment. It is sent in UTC, and read in whichever zone the server writes it; text without a zone is UTC, as
/// SQLite's CURRENT_TIMESTAMP is. PostgreSQL's `infinity` is no value of it.
template <>
struct field_traits<std::chrono::sys_time<std::chrono::microseconds>> {
  using moment = std::chrono::sys_time<std::chrono::microseconds>;
  static constexpr field_type type{
      field_kind::timestamp, 0, 0, 0, false, "std::chrono::sys_time<std::chrono::microseconds>", {}};

  /// `2024-02-29 12:34:56.000000Z`: always as many digits, so that on SQLite the order of texts is that of the moments.
  static std::string to_text(const moment& value) {
    using namespace std::chrono;
    constexpr std::int64_t day_length = 86'400'000'000;
    const std::int64_t count = value.time_since_epoch().count();
    const std::int64_t day = count >= 0 ? count / day_length : (count - (day_length - 1)) / day_length;
    std::int64_t rest = count - day * day_length;
    // std::chrono's years end at 32767; the calendar repeats after 146097 days, which are 400 years.
    const std::int64_t cycle = day >= 0 ? day / 146097 : (day - 146096) / 146097;
    const year_month_day within{sys_days(days(day - cycle * 146097))};
    const std::int64_t year = static_cast<int>(within.year()) + cycle * 400;
    std::string out;
    detail::append_padded(out, static_cast<int>(year > 0 ? year : 1 - year), 4);
    out += '-';
    detail::append_padded(out, static_cast<int>(static_cast<unsigned>(within.month())), 2);
    out += '-';
    detail::append_padded(out, static_cast<int>(static_cast<unsigned>(within.day())), 2);
    const auto put = [&](char before, std::int64_t unit, std::size_t width) {
      out += before;
      detail::append_padded(out, static_cast<int>(rest / unit), width);
      rest %= unit;
    };
    put(' ', 3'600'000'000, 2);
    put(':', 60'000'000, 2);
    put(':', 1'000'000, 2);
    put('.', 1, 6);
    out += 'Z';
    if (year <= 0) out += " BC";
    return out;
  }

  static std::optional<moment> from_text(std::string_view text) {
    using namespace std::chrono;
    detail::iso_reader from(text);
    const detail::iso_date date(from);
    if (!from.accept("T")) from.expect(" ");
    const int hour = from.number_up_to(23);
    from.expect(":");
    const int minute = from.number_up_to(59);
    from.expect(":");
    const int second = from.number_up_to(59);
    const int fraction = from.fraction();
    int offset = 0;
    const bool east = from.accept("+");
    if (east || from.accept("-")) {
      offset = from.number_up_to(15) * 3600;
      if (from.accept(":")) offset += from.number_up_to(59) * 60;
      if (from.accept(":")) offset += from.number_up_to(59);
      if (!east) offset = -offset;
    } else {
      from.accept("Z");
    }
    const bool before_christ = from.accept(" BC");
    if (!from.done()) return {};
    const std::optional<std::int64_t> day = date.days(before_christ);
    if (!day) return {};
    const std::int64_t seconds = *day * 86'400 + hour * 3600 + minute * 60 + second - offset;
    // Six digits of years reach beyond 64 bits of microseconds, which end in the year 294247.
    constexpr std::int64_t most = INT64_MAX / 1'000'000;
    if (seconds >= most || seconds <= -most) return {};
    return moment(microseconds(seconds * 1'000'000 + fraction));
  }
};

}  // namespace dovetail
