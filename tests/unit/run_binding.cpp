// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/binding.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <dovetail/chrono.hpp>
#include <support/catch.hpp>

namespace dt = dovetail;

namespace {

enum class color { red, green, blue };
enum class from_one { a = 1, b };

template <class T>
std::string text_of(const T& value) {
  std::string out;
  const dt::text_view fault = dt::run::append_text(out, value);
  return fault.empty() ? out : "fault: " + std::string(fault);
}
/// The text of what was read, or why it was not.
template <class T>
std::string read(const std::string& text, T value = T{}) {
  const T before = value;
  const dt::text_view fault = dt::run::parse_text(std::string_view(text), value);
  if (fault.empty()) return text_of(value);
  CHECK(value == before);
  return "fault: " + std::string(fault);
}
template <class T>
bool fails(const std::string& text) {
  return read<T>(text).find("fault: ") == 0;
}

}  // namespace

TEMPLATE_TEST_CASE("whole numbers at their limits", "", std::int16_t, std::int32_t, std::int64_t, std::uint32_t) {
  using limits = std::numeric_limits<TestType>;
  for (const TestType value : {limits::min(), limits::max(), TestType{0}, TestType{1}})
    CHECK(read<TestType>(std::to_string(value)) == std::to_string(value));
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "abc", "99999999999999999999", "NaN"})
    CHECK(fails<TestType>(text));
  CHECK(fails<TestType>(std::to_string(limits::max()) + "0"));
}

TEST_CASE("floating-point numbers keep their last digit") {
  for (const double value : {0.1, -0.0, 1.0 / 3, 5e-324, std::numeric_limits<double>::max(), 123456789012345678.0}) {
    double back = 7;
    CHECK(dt::run::parse_text(std::string_view(text_of(value)), back).empty());
    CHECK(back == value);
  }
  for (const float value : {0.1F, 1.0F / 3, std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::max()}) {
    float back = 7;
    CHECK(dt::run::parse_text(std::string_view(text_of(value)), back).empty());
    CHECK(back == value);
  }
  CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(text_of(-std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(read<double>("Infinity") == "inf");
  CHECK(read<double>("-Infinity") == "-inf");
  double nan = 0;
  CHECK(dt::run::parse_text(std::string_view("NaN"), nan).empty());
  CHECK(nan != nan);
  for (const char* text : {"", "1,5", "1.5x", "abc", "1e999"}) CHECK(fails<double>(text));
  CHECK(fails<float>("1e39"));
}

TEST_CASE("decimals") {
  using money = dt::decimal<6, 2>;
  CHECK(text_of(money{0}) == "0.00");
  CHECK(text_of(money{5}) == "0.05");
  CHECK(text_of(money{-5}) == "-0.05");
  CHECK(text_of(money{999999}) == "9999.99");
  CHECK(text_of(money{-999999}) == "-9999.99");
  CHECK(text_of(money{1000000}).find("fault") == 0);
  CHECK(text_of(money{std::numeric_limits<std::int64_t>::min()}).find("fault") == 0);
  CHECK(text_of(dt::decimal<5, 0>{-12345}) == "-12345");
  CHECK(text_of(dt::decimal<3, 3>{7}) == "0.007");
  CHECK(text_of(dt::decimal<18, 0>{999'999'999'999'999'999}) == "999999999999999999");

  CHECK(read<money>("12.50") == "12.50");
  CHECK(read<money>("12.5") == "12.50");
  CHECK(read<money>("12") == "12.00");
  CHECK(read<money>("-12.500000") == "-12.50");
  CHECK(read<money>(".5") == "0.50");
  CHECK(read<money>("0009999.99") == "9999.99");
  CHECK(read<dt::decimal<18, 9>>("-999999999.999999999") == "-999999999.999999999");
  for (const char* text : {"", "-", ".", "1.005", "10000", "10000.00", "99999999999999999999", "NaN", "1e2", "1.2.3",
                           "1,5", "--1", "+1", " 1", "Infinity"})
    CHECK(fails<money>(text));
  CHECK(fails<dt::decimal<18, 2>>("12345678901234567.00"));
}

TEST_CASE("truth values, labels, text, bytes") {
  CHECK(text_of(true) == "true");
  CHECK(read<bool>("t") == "true");
  CHECK(read<bool>("f") == "false");
  CHECK(fails<bool>(""));
  CHECK(fails<bool>("2"));

  CHECK(text_of(color::blue) == "blue");
  CHECK(read<color>("green") == "green");
  CHECK(text_of(from_one::a) == "a");
  CHECK(read<from_one>("b", from_one::a) == "b");
  CHECK(text_of(static_cast<color>(3)).find("fault") == 0);
  CHECK(text_of(static_cast<color>(-1)).find("fault") == 0);
  CHECK(text_of(from_one{}).find("fault") == 0);
  for (const char* text : {"", "Red", "red ", "purple"}) CHECK(fails<color>(text));

  CHECK(text_of(std::string("it's \"\\")) == "it's \"\\");
  CHECK(text_of(std::string("a\0b", 3)).find("fault") == 0);
  CHECK(read<std::string>("") == "");

  using bytes = std::vector<std::byte>;
  CHECK(text_of(bytes{}) == "\\x");
  CHECK(text_of(bytes{std::byte{0}, std::byte{0xAB}, std::byte{0xFF}}) == "\\x00abff");
  CHECK(read<bytes>("\\x00ABff") == "\\x00abff");
  CHECK(read<bytes>("\\x") == "\\x");
  for (const char* text : {"", "\\", "00", "\\x0", "\\xg0", "\\x 0"}) CHECK(fails<bytes>(text));
}

TEST_CASE("days") {
  using std::chrono::year_month_day, std::chrono::year, std::chrono::month, std::chrono::day;
  using traits = dt::field_traits<year_month_day>;
  const auto made = [](int y, unsigned m, unsigned d) { return year_month_day(year(y), month(m), day(d)); };
  CHECK(traits::to_text(made(2024, 2, 29)) == "2024-02-29");
  CHECK(traits::to_text(made(33, 1, 2)) == "0033-01-02");
  CHECK(traits::to_text(made(0, 12, 31)) == "0001-12-31 BC");
  CHECK(traits::to_text(made(32767, 1, 1)) == "32767-01-01");
  for (const char* text : {"2024-02-29", "0001-01-01", "0001-12-31 BC", "0044-03-15 BC", "32767-12-31", "0005-02-29 BC"})
    CHECK(traits::to_text(traits::from_text(text).value()) == text);
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-1", "24-01-01", "0000-01-01",
                           "2024-01-01 ", "2024-01-01x", "infinity", "-infinity", "32768-01-01", "999999-01-01", "20240101"})
    CHECK_FALSE(traits::from_text(text).has_value());
}

TEST_CASE("moments") {
  using moment = std::chrono::sys_time<std::chrono::microseconds>;
  using traits = dt::field_traits<moment>;
  const auto same = [](const char* text, const char* utc) {
    INFO(text);
    REQUIRE(traits::from_text(text).has_value());
    CHECK(traits::to_text(*traits::from_text(text)) == utc);
  };
  same("1970-01-01 00:00:00+00", "1970-01-01 00:00:00.000000Z");
  same("2024-02-29 12:34:56", "2024-02-29 12:34:56.000000Z");
  same("2024-02-29T12:34:56.5Z", "2024-02-29 12:34:56.500000Z");
  same("2024-02-29 12:34:56.000001+02", "2024-02-29 10:34:56.000001Z");
  same("2024-02-29 23:34:56-05:30", "2024-03-01 05:04:56.000000Z");
  same("1883-11-18 12:00:00-00:01:15", "1883-11-18 12:01:15.000000Z");
  same("0001-01-01 00:00:00+00", "0001-01-01 00:00:00.000000Z");
  same("0001-12-31 23:59:59.999999+00 BC", "0001-12-31 23:59:59.999999Z BC");
  same("4713-11-24 00:00:00+00 BC", "4713-11-24 00:00:00.000000Z BC");
  same("40000-02-29 00:00:00+00", "40000-02-29 00:00:00.000000Z");
  same("294246-12-31 23:59:59.999999+00", "294246-12-31 23:59:59.999999Z");
  CHECK(traits::from_text("1970-01-01 00:00:00.000001Z").value().time_since_epoch().count() == 1);
  CHECK(traits::from_text("1969-12-31 23:59:59.999999Z").value().time_since_epoch().count() == -1);
  for (const char* text : {"", "infinity", "-infinity", "2024-02-29", "2023-02-29 00:00:00", "2024-02-29 24:00:00",
                           "2024-02-29 12:60:00", "2024-02-29 12:34", "2024-02-29 12:34:56.", "2024-02-29 12:34:56.1234567",
                           "2024-02-29 12:34:56 UTC", "2024-02-29 12:34:56+", "294276-12-31 00:00:00+00",
                           "999999-01-01 00:00:00Z"})
    CHECK_FALSE(traits::from_text(text).has_value());
  for (const std::int64_t count : {std::numeric_limits<std::int64_t>::min() / 2, std::numeric_limits<std::int64_t>::max() / 2,
                                   std::int64_t{-62'135'596'800'000'001}}) {
    const moment value{std::chrono::microseconds(count)};
    CHECK(traits::from_text(traits::to_text(value)).value() == value);
  }
}
