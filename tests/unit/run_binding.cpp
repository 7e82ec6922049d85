// SPDX-License-Identifier: BSL-1.0
#include <dovetail/run/binding.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <ratio>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include <dovetail/chrono.hpp>
#include <dovetail/compat/verdict.hpp>
#include <dovetail/fields.hpp>
#include <support/catch.hpp>
#include <support/random_schema.hpp>

namespace dt = dovetail;

namespace {

enum class color { red, green, blue };
enum class from_one { a = 1, b };
enum class stage { waiting, in_progress, other, done };
struct color_type : dt::enumeration<"color", "red", "green", "blue"> {};

}  // namespace

namespace shop {

/// A document of the user's own: a JSON string without escapes.
struct nickname {
  std::string text;
  friend bool operator==(const nickname&, const nickname&) = default;
};
/// Text that may hold what no column stores.
struct any_text {
  std::string text;
  friend bool operator==(const any_text&, const any_text&) = default;
};

}  // namespace shop
using shop::nickname, shop::any_text;

template <>
struct dovetail::enum_labels<stage> : dovetail::labelled<dovetail::label<stage::in_progress, "in progress">> {
  static constexpr stage fallback = stage::other;
};
template <>
struct dovetail::field_traits<nickname> {
  static constexpr dt::field_type type = dt::document_like<nickname>();
  static std::string to_text(const nickname& value) { return '"' + value.text + '"'; }
  static std::optional<nickname> from_text(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return {};
    return nickname{std::string(text.substr(1, text.size() - 2))};
  }
};
template <>
struct dovetail::field_traits<any_text> {
  static constexpr dt::field_type type = dt::field_like<dt::text>("any_text");
  static std::string to_text(const any_text& value) { return value.text; }
  static std::optional<any_text> from_text(std::string_view text) { return any_text{std::string(text)}; }
};

namespace {

template <class T>
constexpr const dt::field_type& of = dt::detail::field_type_of<T>;

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
  T value{};
  const bool failed = !dt::run::parse_text(std::string_view(text), value).empty();
  CHECK((!failed || value == T{}));
  return failed;
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
  for (const float value :
       {0.1F, 1.0F / 3, std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::max()}) {
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

TEST_CASE("checked and approximate") {
  static_assert(dt::checked<int>(5) == 5 && 5L == dt::checked<int>(5) && dt::checked<short>(5) != 6);
  static_assert(dt::checked<int>(5) == dt::checked<int>(5) && dt::checked<int>(5) != dt::checked<int>(6));
  static_assert(dt::approximate<double>(0.5) == 0.5 && dt::checked<dt::approximate<double>>() != 0.5);
  CHECK(dt::checked<std::string>(std::string("a")) == "a");
  CHECK(read<dt::checked<std::int16_t>>("-32768") == "-32768");
  CHECK(fails<dt::checked<std::int16_t>>("32768"));
  CHECK(read<dt::checked<std::int16_t>>("12.00") == "12");
  for (const char* text : {"12.01", ".0", "12.0.0", "1.2e1", "NaN", ""}) CHECK(fails<dt::checked<std::int16_t>>(text));
  CHECK(read<dt::checked<bool>>("t") == "true");
  CHECK(read<dt::checked<color>>("blue") == "blue");
  CHECK(fails<dt::checked<color>>("purple"));
  CHECK(read<dt::checked<dt::value::uuid>>("0f8fad5b-d9cb-469f-a165-70867728950e") ==
        "0f8fad5b-d9cb-469f-a165-70867728950e");

  CHECK(read<dt::approximate<double>>("12345678901234567890.123") == "12345678901234567168");
  CHECK(read<dt::approximate<float>>("0.1234567891") == "0.12345679");
  CHECK(fails<dt::approximate<float>>("1e39"));
  CHECK(fails<dt::approximate<double>>("x"));
  using money = dt::approximate<dt::decimal<6, 2>>;
  for (const auto& [text, kept] : std::vector<std::pair<const char*, const char*>>{{"1.004999", "1.00"},
                                                                                   {"1.005", "1.01"},
                                                                                   {"-1.005", "-1.01"},
                                                                                   {"-1.00499", "-1.00"},
                                                                                   {"0.0949", "0.09"},
                                                                                   {"9999.994", "9999.99"},
                                                                                   {"7", "7.00"},
                                                                                   {"1e3", "1000.00"},
                                                                                   {"1.25e+03", "1250.00"},
                                                                                   {"1.005e-05", "0.00"},
                                                                                   {"5e-324", "0.00"},
                                                                                   {"-2.5e-1", "-0.25"}})
    CHECK(read<money>(text) == kept);
  for (const char* text :
       {"9999.995", "1e4", "1.7976931348623157e+308", "NaN", "Infinity", "", "1e", "e1", "1.0.0", "1.00x"})
    CHECK(fails<money>(text));
  // What is not rounded is read and written as by itself.
  CHECK(read<dt::approximate<std::string>>("a ") == "a ");
  CHECK(fails<dt::approximate<std::int32_t>>("1.5"));
}

TEST_CASE("labels that are spelled otherwise, and the fallback") {
  CHECK(text_of(stage::in_progress) == "in progress");
  CHECK(text_of(stage::done) == "done");
  CHECK(text_of(stage::other).find("fault: it is the fallback") == 0);
  CHECK(text_of(static_cast<stage>(4)).find("fault: it holds a value without") == 0);
  for (const stage each : {stage::waiting, stage::in_progress, stage::done}) {
    stage back = stage::other;
    CHECK(dt::run::parse_text(std::string_view(text_of(each)), back).empty());
    CHECK(back == each);
  }
  for (const char* text : {"in_progress", "other", "purple", ""}) {
    stage back = stage::done;
    CHECK(dt::run::parse_text(std::string_view(text), back).empty());
    CHECK(back == stage::other);
  }
}

TEST_CASE("bytes of a fixed number") {
  using two = std::array<std::byte, 2>;
  CHECK(text_of(two{std::byte{1}, std::byte{0xFF}}) == "\\x01ff");
  CHECK(read<two>("\\x01ff") == "\\x01ff");
  for (const char* text : {"\\x", "\\x01", "\\x010203", "\\x01zz"}) CHECK(fails<two>(text));
}

TEST_CASE("text of a user's own type holds no NUL either") {
  CHECK(text_of(any_text{"a b"}) == "a b");
  CHECK(text_of(any_text{std::string("a\0b", 3)}).find("fault") == 0);
  CHECK(text_of(nickname{"Ada"}) == "\"Ada\"");
  CHECK(read<nickname>("\"Ada\"") == "\"Ada\"");
  CHECK(fails<nickname>("{}"));
  // A document of one C++ type is no document of another one, nor any.
  static_assert(dt::compat::reading(of<nickname>, of<nickname>.holds).ok &&
                !dt::compat::reading(of<nickname>, dt::json::type).ok);
  static_assert(!dt::compat::reading(of<nickname>, dt::document_like<any_text>().holds).ok);
  static_assert(dt::compat::reading(of<dt::checked<nickname>>, dt::jsonb::type).ok);
  static_assert(dt::compat::writing(of<nickname>, dt::jsonb::type).ok && of<nickname>.spelled == "nickname");
}

TEST_CASE("arrays") {
  using numbers = std::vector<std::optional<std::int32_t>>;
  CHECK(text_of(numbers{}) == "{}");
  CHECK(text_of(numbers{1, {}, -3}) == R"({"1",NULL,"-3"})");
  CHECK(read<numbers>("{}") == "{}");
  CHECK(read<numbers>("{1,NULL,-3}") == R"({"1",NULL,"-3"})");
  CHECK(read<std::deque<bool>>("{t,f}") == R"({"true","false"})");
  CHECK(read<std::vector<bool>>("{t,f}") == R"({"true","false"})");
  CHECK(read<std::vector<std::int64_t>>("{7}") == R"({"7"})");
  CHECK(read<std::vector<std::vector<std::byte>>>(R"({"\\x00ff","\\x"})") == R"({"\\x00ff","\\x"})");
  CHECK(read<std::vector<dt::decimal<6, 2>>>("{1.5,2}") == R"({"1.50","2.00"})");
  CHECK(read<std::vector<stage>>(R"({done,"in progress"})") == R"({"done","in progress"})");
  CHECK(read<std::vector<dt::checked<std::int8_t>>>("{-128}") == R"({"-128"})");
  CHECK(read<std::vector<dt::value::uuid>>("{0f8fad5b-d9cb-469f-a165-70867728950e}") ==
        R"({"0f8fad5b-d9cb-469f-a165-70867728950e"})");

  // A double precision[] keeps the float's value, which has more digits than the float.
  CHECK(text_of(std::vector<std::optional<float>>{0.1F, {}}) == R"({"0.10000000149011612",NULL})");
  CHECK(text_of(std::vector<dt::checked<dt::approximate<float>>>{{0.1F}}) == R"({"0.10000000149011612"})");
  CHECK(text_of(std::vector<double>{0.1}) == R"({"0.1"})");
  // A real[] has written its digits, and those of doubles are other numbers.
  const auto from_reals = [](auto value, std::string_view text) {
    const dt::text_view fault = dt::run::detail::parse_reals(text, value);
    return fault.empty() ? text_of(value) : "fault: " + std::string(fault);
  };
  CHECK(from_reals(std::vector<std::optional<double>>(), "{0.1,NULL}") == R"({"0.10000000149011612",NULL})");
  CHECK(from_reals(std::vector<dt::checked<double>>(), "{0.1}") == R"({"0.10000000149011612"})");
  CHECK(from_reals(dt::checked<std::vector<dt::approximate<double>>>(), "{0.1}") == R"({"0.10000000149011612"})");
  CHECK(from_reals(std::vector<float>(), "{0.1}") == R"({"0.10000000149011612"})");
  CHECK(from_reals(dt::approximate<dt::checked<double>>(), "0.1") == "0.10000000149011612");
  CHECK(from_reals(0.0F, "0.1") == "0.1");
  CHECK(from_reals(std::vector<dt::approximate<dt::decimal<6, 2>>>(), "{1.5e+02,0.126}") == R"({"150.00","0.13"})");
  CHECK(from_reals(std::vector<double>(), "{0.1,x}").find("fault") == 0);

  using texts = std::vector<std::optional<std::string>>;
  texts back;
  CHECK(dt::run::parse_text(std::string_view(R"({NULL,"NULL","","a,b","\"\\\"","{}"," x ",null})"), back).empty());
  CHECK(back == texts{{}, "NULL", "", "a,b", "\"\\\"", "{}", " x ", "null"});
  CHECK(text_of(back) == R"({NULL,"NULL","","a,b","\"\\\"","{}"," x ","null"})");

  // Of several dimensions, with another beginning, cut off, or of no form that the server writes.
  for (const char* text : {"",
                           "{",
                           "}",
                           "1",
                           "{1",
                           "{1,",
                           "{1,}",
                           "{,1}",
                           "{,}",
                           "{1,2}x",
                           "{1,2",
                           "{{1,2},{3,4}}",
                           "{{1}}",
                           "{{}}",
                           "[0:1]={1,2}",
                           "[2:2]={1}",
                           "{1}{2}",
                           "{1 ,2 }",
                           "{\"1}",
                           "{\"1\\",
                           "{\"1\"2}",
                           "{1\"2\"}",
                           "{\\1}",
                           "{1,two}",
                           "{99999999999}",
                           "{}x",
                           "{ }"})
    CHECK(fails<numbers>(text));
  CHECK(fails<std::vector<std::int32_t>>("{1,NULL}"));
  CHECK(text_of(std::vector<dt::decimal<3, 0>>{{1}, {1000}}).find("fault") == 0);
  CHECK(text_of(texts{std::string("\0", 1)}).find("fault") == 0);
}

TEST_CASE("arrays of any text come back as they were") {
  const std::uint64_t seed = test::environment("DOVETAIL_SEED", 1);
  test::random_source random(seed);
  INFO("DOVETAIL_SEED=" << seed);
  const std::vector<std::string> pieces{"\"",   "\\",   "{", "}", ",", " ",      "\n", "\t",
                                        "NULL", "null", "a", "é", "'", "[1:2]=", ""};
  for (int i = 0; i != 2000; ++i) {
    std::vector<std::optional<std::string>> sent(random.below(5));
    for (auto& each : sent) {
      if (random.below(4) == 0) continue;
      each.emplace();
      for (std::size_t n = random.below(5); n != 0; --n) *each += pieces[random.below(pieces.size())];
    }
    std::vector<std::optional<std::string>> back{{"before"}};
    const std::string text = text_of(sent);
    INFO(text);
    REQUIRE(dt::run::parse_text(std::string_view(text), back).empty());
    REQUIRE(back == sent);
    // Cut anywhere, it is no array.
    for (std::size_t size = 0; size != text.size(); ++size)
      REQUIRE_FALSE(dt::run::parse_text(std::string_view(text).substr(0, size), back).empty());
  }
}

TEST_CASE("text of at most so many characters") {
  using five = dt::bounded_text<5>;
  static_assert(of<five>.holds.length == 5 && of<five>.spelled == "dovetail::bounded_text<5>");
  static_assert(dt::compat::writing(of<five>, dt::varchar<5>::type).ok &&
                !dt::compat::writing(of<five>, dt::varchar<4>::type).ok);
  CHECK(five().str().empty());
  five name = "ÄÖÜäö";  // 10 bytes
  CHECK(name == "ÄÖÜäö");
  CHECK(name == five(std::string("ÄÖÜäö")));
  CHECK(name != std::string("ÄÖÜäo"));
  CHECK(std::string_view(name).size() == 10);
  CHECK_THROWS_AS(five("123456"), std::length_error);
  CHECK_THROWS_AS(name = std::string("ÄÖÜäöx"), std::length_error);
  CHECK(name == "ÄÖÜäö");
  CHECK_THROWS_AS(five(std::string(21, '\x80')), std::length_error);  // of no character at all
  name = "x";
  CHECK(name == "x");
  CHECK(read<five>("🐦🐦🐦🐦🐦") == "🐦🐦🐦🐦🐦");
  CHECK(fails<five>("🐦🐦🐦🐦🐦🐦"));
  CHECK(text_of(five(std::string("a\0b", 3))).find("fault") == 0);
}

TEST_CASE("text that stands in the struct itself, and is evaluated by every compiler") {
  using five = dt::inline_text<5>;
  static_assert(of<five>.holds.length == 5 && of<five>.spelled == "dovetail::inline_text<5>");
  static_assert(five() == "" && five("abcde").size() == 5 && five("ab") != "abc" && five("ab") != "a");
  static_assert([] {
    five text = "ab";
    text += "cde";
    return text == "abcde" && std::string_view(text) == "abcde";
  }());
  static_assert(std::is_same_v<std::integral_constant<five, five("x")>, std::integral_constant<five, five("x")>>);  // as a template argument
  five name = "ÄÖÜäö";  // 10 bytes
  CHECK_THROWS_AS(five("123456"), std::length_error);
  CHECK_THROWS_AS(name += "x", std::length_error);
  CHECK(name == "ÄÖÜäö");
  CHECK_THROWS_AS(five(std::string(21, '\x80')), std::length_error);  // of no character at all
  CHECK(read<five>("🐦🐦🐦🐦🐦") == "🐦🐦🐦🐦🐦");
  CHECK(fails<five>("🐦🐦🐦🐦🐦🐦"));
  CHECK(text_of(five("äb")) == "äb");
  CHECK(text_of(five("a\0b", 3)).find("fault") == 0);
}

TEST_CASE("the text of another type") {
  static_assert(of<dt::text_of<dt::numeric<30, 5>>>.holds.scale == 5);
  static_assert(of<dt::text_of<dt::uuid>>.spelled == "dovetail::text_of<uuid>");
  static_assert(of<dt::text_of<color_type>>.holds.kind == dt::family::label);
  using big = dt::text_of<dt::numeric<30, 5>>;
  for (const char* text : {"0", "-0.0", "9999999999999999999999999.99999", "-9999999999999999999999999", "0.00001",
                           "00000000000000000000000000000001"})
    CHECK(text_of(big(text)) == text);
  for (const char* text : {"", "-", "x", "1e5", "NaN", "1,5", "1.000000", "10000000000000000000000000",
                           "-10000000000000000000000000", " 1", "+1", ".5"})
    CHECK(text_of(big(text)).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::bigint>("-9223372036854775808")) == "-9223372036854775808");
  CHECK(text_of(dt::text_of<dt::bigint>("9223372036854775808")).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::bigint>("-9223372036854775809")).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::bigint>("1.5")).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::any_numeric>(std::string(100, '9') + ".5")).find("fault") != 0);
  CHECK(text_of(dt::text_of<dt::uuid>("0f8fad5b-d9cb-469f-a165-70867728950e")) ==
        "0f8fad5b-d9cb-469f-a165-70867728950e");
  CHECK(text_of(dt::text_of<dt::uuid>("0f8fad5bd9cb469fa16570867728950e")).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::uuid>()).find("fault") == 0);
  CHECK(text_of(dt::text_of<color_type>("red")) == "red");
  CHECK(text_of(dt::text_of<color_type>("purple")).find("fault") == 0);
  CHECK(text_of(dt::text_of<dt::interval>("1 day")) == "1 day");
  // Read as the server writes it.
  dt::text_of<dt::any_numeric> read_back;
  CHECK(dt::run::parse_text(std::string_view("NaN"), read_back).empty());
  CHECK(read_back == "NaN");
  CHECK(dt::value::json() == "null");
  CHECK(read<dt::value::json>(R"({"a": 1})") == R"({"a": 1})");
}

TEST_CASE("uuids") {
  using dt::value::uuid;
  constexpr std::optional<uuid> known = uuid::parse("0f8fad5b-D9CB-469f-a165-70867728950E");
  static_assert(known->bytes[0] == std::byte{0x0f} && known->bytes[4] == std::byte{0xd9} &&
                known->bytes[15] == std::byte{0x0e});
  static_assert(*known == *uuid::parse("0f8fad5b-d9cb-469f-a165-70867728950e") && uuid{} < *known);
  CHECK(text_of(*known) == "0f8fad5b-d9cb-469f-a165-70867728950e");
  CHECK(text_of(uuid{}) == "00000000-0000-0000-0000-000000000000");
  CHECK(read<uuid>("ffffffff-ffff-ffff-ffff-ffffffffffff") == "ffffffff-ffff-ffff-ffff-ffffffffffff");
  for (const char* text : {"", "0f8fad5bd9cb469fa16570867728950e", "{0f8fad5b-d9cb-469f-a165-70867728950e}",
                           "0f8fad5b-d9cb-469f-a165-70867728950", "0f8fad5b-d9cb-469f-a165-70867728950e ",
                           "0f8fad5g-d9cb-469f-a165-70867728950e", "0f8fad5b+d9cb-469f-a165-70867728950e"})
    CHECK(fails<uuid>(text));
}

TEST_CASE("intervals") {
  using dt::value::interval;
  using limits32 = std::numeric_limits<std::int32_t>;
  using limits64 = std::numeric_limits<std::int64_t>;
  CHECK(text_of(interval{}) == "P0M0DT0H0M0.000000S");
  CHECK(text_of(interval{14, -3, 14'706'500'000}) == "P14M-3DT4H5M6.500000S");
  CHECK(text_of(interval{0, 0, -500'000}) == "P0M0DT0H0M-0.500000S");
  CHECK(text_of(interval{0, 0, -61'000'001}) == "P0M0DT0H-1M-1.000001S");
  CHECK(text_of(interval{limits32::min(), limits32::min(), limits64::min()}) ==
        "P-2147483648M-2147483648DT-2562047788H0M-54.775808S");
  // As PostgreSQL writes them.
  const auto parsed = [](const char* text) { return interval::parse(text).value(); };
  CHECK(parsed("PT0S") == interval{});
  CHECK(parsed("P1Y2M3DT4H5M6.5S") == interval{14, 3, 14'706'500'000});
  CHECK(parsed("P-1Y-2M3DT-4H-5M-6.5S") == interval{-14, 3, -14'706'500'000});
  CHECK(parsed("PT-0.000001S") == interval{0, 0, -1});
  CHECK(parsed("P1D") == interval{0, 1, 0});
  CHECK(parsed("P1Y") == interval{12, 0, 0});
  CHECK(parsed("PT5M") == interval{0, 0, 300'000'000});
  CHECK(parsed("P-178956970Y-8M") == interval{limits32::min(), 0, 0});
  CHECK(parsed("PT2562047788H54.775807S") == interval{0, 0, limits64::max()});
  CHECK(parsed("PT-2562047788H-54.775808S") == interval{0, 0, limits64::min()});
  for (const char* text : {"",
                           "P",
                           "PT",
                           "P1",
                           "P1DT",
                           "1D",
                           "P1X",
                           "P1M1Y",
                           "P1D1D",
                           "PT1S1M",
                           "P1H",
                           "PT1D",
                           "P1.5D",
                           "PT1.5H",
                           "PT1.S",
                           "PT.5S",
                           "PT1.0000001S",
                           "P+1D",
                           "P--1D",
                           "P 1D",
                           "P1D ",
                           "PT1HT1M",
                           "PTT1H",
                           "P1W",
                           "infinity",
                           "1 day",
                           "P178956971Y",
                           "P2147483648D",
                           "P-2147483649M",
                           "PT2562047789H",
                           "PT2562047788H54.775808S",
                           "PT-2562047788H-54.775809S",
                           "PT9223372036854775808S",
                           "P9223372036854775807Y"})
    CHECK_FALSE(interval::parse(text).has_value());

  const std::uint64_t seed = test::environment("DOVETAIL_SEED", 1);
  test::random_source random(seed);
  INFO("DOVETAIL_SEED=" << seed);
  for (int i = 0; i != 2000; ++i) {
    // Numbers of all lengths.
    const auto number = [&] { return static_cast<std::int64_t>(random.next()) >> random.below(64); };
    const interval sent{static_cast<std::int32_t>(number()), static_cast<std::int32_t>(number()), number()};
    INFO(text_of(sent));
    REQUIRE(interval::parse(text_of(sent)) == sent);
  }
}

TEST_CASE("days") {
  using std::chrono::year_month_day, std::chrono::year, std::chrono::month, std::chrono::day;
  using traits = dt::field_traits<year_month_day>;
  const auto made = [](int y, unsigned m, unsigned d) { return year_month_day(year(y), month(m), day(d)); };
  static_assert(of<year_month_day>.spelled == "std::chrono::year_month_day" && !of<year_month_day>.holds.infinite);
  CHECK(traits::to_text(made(2024, 2, 29)) == "2024-02-29");
  CHECK(traits::to_text(made(33, 1, 2)) == "0033-01-02");
  CHECK(traits::to_text(made(0, 12, 31)) == "0001-12-31 BC");
  CHECK(traits::to_text(made(32767, 1, 1)) == "32767-01-01");
  CHECK_FALSE(traits::to_text(made(2023, 2, 29)).has_value());
  CHECK(text_of(year_month_day{}).find("fault") == 0);
  for (const char* text :
       {"2024-02-29", "0001-01-01", "0001-12-31 BC", "0044-03-15 BC", "32767-12-31", "0005-02-29 BC"})
    CHECK(traits::to_text(traits::from_text(text).value()) == std::string(text));
  for (const char* text :
       {"", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-1", "24-01-01", "0000-01-01", "2024-01-01 ",
        "2024-01-01x", "infinity", "-infinity", "32768-01-01", "999999-01-01", "20240101"})
    CHECK_FALSE(traits::from_text(text).has_value());
}

TEST_CASE("moments") {
  using moment = std::chrono::sys_time<std::chrono::microseconds>;
  using traits = dt::field_traits<moment>;
  const auto same = [](const char* text, const char* utc) {
    INFO(text);
    REQUIRE(traits::from_text(text).has_value());
    CHECK(traits::to_text(*traits::from_text(text)) == std::string(utc));
  };
  same("1970-01-01 00:00:00+00", "1970-01-01 00:00:00.000000Z");
  same("2024-02-29 12:34:56", "2024-02-29 12:34:56.000000Z");
  same("2024-02-29 12:34:56.1000000000000", "2024-02-29 12:34:56.100000Z");
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
  for (const char* text :
       {"", "infinity", "-infinity", "2024-02-29", "2023-02-29 00:00:00", "2024-02-29 24:00:00", "2024-02-29 12:60:00",
        "2024-02-29 12:34", "2024-02-29 12:34:56.", "2024-02-29 12:34:56.1234567", "2024-02-29 12:34:56.0000000000001",
        "2024-02-29 12:34:56 UTC", "2024-02-29 12:34:56+", "294276-12-31 00:00:00+00", "999999-01-01 00:00:00Z"})
    CHECK_FALSE(traits::from_text(text).has_value());
  for (const std::int64_t count :
       {std::numeric_limits<std::int64_t>::min() / 2, std::numeric_limits<std::int64_t>::max() / 2,
        std::int64_t{-62'135'596'800'000'001}}) {
    const moment value{std::chrono::microseconds(count)};
    CHECK(traits::from_text(traits::to_text(value).value()).value() == value);
  }
}

TEST_CASE("durations that reach a server in full, and those that do not") {
  using namespace std::chrono;
  static_assert(of<sys_time<nanoseconds>>.holds.scale == 9 && of<sys_time<microseconds>>.holds.scale == 6);
  static_assert(of<sys_time<milliseconds>>.holds.scale == 3 && of<sys_seconds>.holds.scale == 0);
  static_assert(of<sys_time<duration<int, std::deci>>>.holds.scale == 1);
  static_assert(of<sys_seconds>.holds.kind == dt::family::timestamptz &&
                of<local_seconds>.holds.kind == dt::family::timestamp);
  static_assert(of<hh_mm_ss<seconds>>.holds.kind == dt::family::time);
  static_assert(of<sys_time<milliseconds>>.spelled == "std::chrono::sys_time<std::chrono::milliseconds>");
  static_assert(of<local_days>.spelled == "std::chrono::local_time<std::chrono::days>");
  static_assert(of<hh_mm_ss<microseconds>>.spelled == "std::chrono::hh_mm_ss<std::chrono::microseconds>");
  static_assert(of<std::optional<sys_seconds>>.holds.null);
  // A whole minute is written as any second is, and not the other way round.
  static_assert(dt::compat::writing(of<sys_time<minutes>>, dt::precise<dt::timestamptz, 0>::type).ok);
  static_assert(!dt::compat::reading(of<sys_time<minutes>>, dt::precise<dt::timestamptz, 0>::type).ok);
  static_assert(dt::compat::reading(of<sys_seconds>, dt::precise<dt::timestamptz, 0>::type).ok);
  static_assert(!dt::compat::reading(of<sys_seconds>, dt::timestamptz::type).ok);
  // Thirds of seconds have no digits, and a floating-point number of them is none in particular.
  static_assert(of<sys_time<duration<int, std::ratio<1, 3>>>>.holds.kind == dt::family::unknown);
  static_assert(of<sys_time<duration<double>>>.holds.kind == dt::family::unknown);
  static_assert(of<time_point<steady_clock>>.holds.kind == dt::family::unknown);
  // A duration is no interval.
  static_assert(of<milliseconds>.holds.kind == dt::family::unknown &&
                of<milliseconds>.spelled == "std::chrono::milliseconds");
  static_assert(dt::compat::reading(of<seconds>, dt::interval::type).what == dt::code::RD_TYPE);
  static_assert(of<hours>.spelled == "std::chrono::hours");
}

namespace {

/// All that a moment of D can be, at its borders.
template <class D>
std::vector<D> borders() {
  using rep = typename D::rep;
  return {D(0), D(1), D(-1), D(std::numeric_limits<rep>::max()), D(std::numeric_limits<rep>::min()), D(1'234'567'890)};
}

}  // namespace

TEMPLATE_TEST_CASE("moments of every precision", "", std::chrono::nanoseconds, std::chrono::microseconds,
                   std::chrono::milliseconds, std::chrono::seconds, std::chrono::minutes, std::chrono::hours,
                   std::chrono::days, (std::chrono::duration<std::int32_t, std::deci>)) {
  using namespace std::chrono;
  const auto check = [](auto point) {
    using traits = dt::field_traits<decltype(point)>;
    const std::optional<std::string> text = traits::to_text(point);
    const auto count = point.time_since_epoch().count();
    INFO(count << ' ' << text.value_or("without text"));
    if (text)
      CHECK(traits::from_text(*text) == point);
    else  // beyond six digits of years, or with nanoseconds
      CHECK((count > 1'000'000'000 || count < -1'000'000'000 || count % 1000 != 0));
  };
  for (const TestType each : borders<TestType>()) {
    check(sys_time<TestType>(each));
    check(local_time<TestType>(each));
  }
}

TEST_CASE("moments are read to the last digit or not at all") {
  using namespace std::chrono;
  const auto count = []<class Time>(const char* text, Time*, bool rounded = false) -> std::optional<std::int64_t> {
    const auto read = dt::field_traits<Time>::from_text(text, rounded);
    if (!read) return {};
    return read->time_since_epoch().count();
  };
  sys_time<nanoseconds>* const nano = nullptr;
  sys_time<milliseconds>* const milli = nullptr;
  sys_seconds* const second = nullptr;
  sys_time<minutes>* const minute = nullptr;
  sys_days* const day = nullptr;
  CHECK(count("1970-01-01 00:00:00.000000001Z", nano) == 1);
  CHECK_FALSE(count("1970-01-01 00:00:00.0000000001Z", nano));
  CHECK(count("1970-01-01 00:00:00.001000Z", milli) == 1);
  CHECK_FALSE(count("1970-01-01 00:00:00.001001Z", milli));
  CHECK_FALSE(count("1969-12-31 23:59:59.999999Z", milli));
  CHECK(count("1970-01-01 00:00:01Z", second) == 1);
  CHECK_FALSE(count("1970-01-01 00:00:01.1Z", second));
  CHECK(count("1970-01-01 00:01:00Z", minute) == 1);
  CHECK_FALSE(count("1970-01-01 00:01:01Z", minute));
  CHECK(count("1970-01-02 00:00:00Z", day) == 1);
  CHECK(count("1970-01-02 02:00:00+02", day) == 1);
  CHECK_FALSE(count("1970-01-02 02:00:00", day));
  // What 64 bits of nanoseconds, or 32 of seconds, do not reach.
  CHECK(count("2262-04-11 23:47:16.854775807Z", nano) == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(count("2262-04-11 23:47:16.854775808Z", nano));
  sys_time<duration<std::int32_t>>* const narrow = nullptr;
  CHECK(count("2038-01-19 03:14:07Z", narrow) == 2147483647);
  CHECK_FALSE(count("2038-01-19 03:14:08Z", narrow));
  CHECK(count("1901-12-13 20:45:52Z", narrow) == -2147483648LL);
  CHECK_FALSE(count("1901-12-13 20:45:51Z", narrow));

  INFO("rounded");
  CHECK(count("1970-01-01 00:00:00.0014999Z", milli, true) == 1);
  CHECK(count("1970-01-01 00:00:00.0015Z", milli, true) == 2);
  CHECK(count("1969-12-31 23:59:59.9996Z", milli, true) == 0);
  CHECK(count("1970-01-01 00:01:30Z", minute, true) == 2);
  CHECK(count("1970-01-01 11:59:59.999999Z", day, true) == 0);
  CHECK(read<dt::approximate<sys_seconds>>("1999-12-31 23:59:59.5Z") == "2000-01-01 00:00:00.000000Z");
  CHECK(fails<dt::approximate<sys_seconds>>("soon"));

  INFO("nanoseconds, which no server keeps");
  CHECK(text_of(sys_time<nanoseconds>(nanoseconds(1500))).find("fault") == 0);
  CHECK(text_of(sys_time<nanoseconds>(nanoseconds(1000))) == "1970-01-01 00:00:00.000001Z");
  using near = dt::approximate<sys_time<nanoseconds>>;
  CHECK(text_of(near(sys_time<nanoseconds>(nanoseconds(1499)))) == "1970-01-01 00:00:00.000001Z");
  CHECK(text_of(near(sys_time<nanoseconds>(nanoseconds(1500)))) == "1970-01-01 00:00:00.000002Z");
  CHECK(text_of(near(sys_time<nanoseconds>(nanoseconds(-1)))) == "1970-01-01 00:00:00.000000Z");
}

TEST_CASE("what calendars and clocks show has no zone") {
  using local = std::chrono::local_time<std::chrono::microseconds>;
  CHECK(read<local>("2024-02-29 12:34:56") == "2024-02-29 12:34:56.000000");
  CHECK(read<local>("2024-02-29T12:34:56.5") == "2024-02-29 12:34:56.500000");
  CHECK(read<local>("0044-03-15 12:00:00 BC") == "0044-03-15 12:00:00.000000 BC");
  CHECK(read<local>("2024-02-29") == "2024-02-29 00:00:00.000000");
  for (const char* text : {"", "infinity", "2024-02-29 12:34:56Z", "2024-02-29 12:34:56+00", "2024-02-29 24:00:00",
                           "2024-02-29 ", "2024-02-30 12:00:00", "2024-02-29 BC"})
    CHECK(fails<local>(text));
}

TEST_CASE("times of day") {
  using namespace std::chrono;
  const auto back = []<class D>(D value) {
    hh_mm_ss<D> read;
    const std::string text = text_of(hh_mm_ss<D>(value));
    CHECK(dt::run::parse_text(std::string_view(text), read).empty());
    CHECK(read.to_duration() == value);
    return text;
  };
  CHECK(back(microseconds(0)) == "00:00:00.000000");
  CHECK(back(microseconds(86'399'999'999)) == "23:59:59.999999");
  CHECK(back(hours(24)) == "24:00:00.000000");
  CHECK(back(milliseconds(45'296'789)) == "12:34:56.789000");
  CHECK(back(seconds(45'296)) == "12:34:56.000000");
  CHECK(back(minutes(1)) == "00:01:00.000000");
  CHECK(text_of(hh_mm_ss(seconds(86'401))).find("fault") == 0);
  CHECK(text_of(hh_mm_ss(microseconds(-1))).find("fault") == 0);
  CHECK(text_of(hh_mm_ss(nanoseconds(1))).find("fault") == 0);
  CHECK(text_of(dt::approximate<hh_mm_ss<nanoseconds>>(hh_mm_ss(nanoseconds(500)))) == "00:00:00.000001");
  const auto refused = []<class D>(const char* text, D) {
    CHECK_FALSE(dt::field_traits<hh_mm_ss<D>>::from_text(text));
  };
  for (const char* text : {"", "12:34", "12:34:56.", "24:00:00.000001", "24:00:01", "25:00:00", "12:60:00", "12:34:60",
                           "1:02:03", "-01:00:00", "12:34:56Z", "12:34:56+00", "12:34:56 PM", "12:34:56.1234567"})
    refused(text, microseconds());
  refused("12:34:56.789", seconds());
  refused("12:34:56", minutes());
  CHECK(dt::field_traits<hh_mm_ss<seconds>>::from_text("23:59:59.5", true)->to_duration() == hours(24));
}

TEMPLATE_TEST_CASE("any text is refused, or is one of a value that is written and read as itself", "",
                   std::chrono::sys_time<std::chrono::microseconds>, std::chrono::local_time<std::chrono::milliseconds>,
                   std::chrono::sys_days, std::chrono::year_month_day, dt::value::uuid, dt::value::interval,
                   (dt::decimal<6, 2>), (dt::approximate<dt::decimal<6, 2>>), dt::checked<std::int64_t>,
                   std::vector<std::optional<std::string>>, std::vector<std::byte>) {
  const std::uint64_t seed = test::environment("DOVETAIL_SEED", 1);
  test::random_source random(seed);
  INFO("DOVETAIL_SEED=" << seed);
  const std::vector<std::string> beginnings{"2024-02-29 12:34:56.789+05:30", "2024-02-29 00:00:00 BC",
                                            "0f8fad5b-d9cb-469f-a165-70867728950e", "P1Y2M-3DT4H5M6.5S", "-1234.5600",
                                            "1.5e+03", "{1,NULL,\"a\\\"\"}", "\\x00ff", "0044-03-15",
                                            "1969-12-31 23:59:59.5", "1970-01-02 00:00:00Z", ""};
  const std::string characters = "0123456789-+:. TZBCPYMDHSe{},\"\\xN";
  int read = 0;
  for (int i = 0; i != 20'000; ++i) {
    std::string text = random.pick(beginnings);
    for (std::size_t changes = random.below(3); changes != 0; --changes) {
      const std::size_t at = random.below(text.size() + 1);
      text.replace(at, random.below(2), random.below(3), random.pick(characters));
    }
    TestType value{};
    if (!dt::run::parse_text(std::string_view(text), value).empty()) continue;
    ++read;
    INFO(text);
    const std::string again = text_of(value);
    TestType back{};
    REQUIRE(dt::run::parse_text(std::string_view(again), back).empty());
    REQUIRE(back == value);
  }
  CHECK(read > 100);
}
