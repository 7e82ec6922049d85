// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/verdict.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/model/field.hpp>

namespace dt = dovetail;
using dt::code;
using dt::field_kind;

namespace {

// ---- The columns and the fields of the table, in one order

enum class state { open, paid };
struct states : dt::enumeration<"state", "open", "paid"> {};
struct more_states : dt::enumeration<"state", "open", "paid", "sent"> {};
struct fewer_states : dt::enumeration<"state", "open"> {};

struct column {
  dt::text_view name;
  dt::sql_type type;
};
constexpr column columns[]{
    {"smallint", dt::smallint::type},
    {"integer", dt::integer::type},
    {"bigint", dt::bigint::type},
    {"boolean", dt::boolean::type},
    {"text", dt::text::type},
    {"varchar", dt::varchar<20>::type},
    {"numeric", dt::numeric<12, 2>::type},
    {"real", dt::real::type},
    {"double", dt::double_precision::type},
    {"timestamptz", dt::timestamptz::type},
    {"date", dt::date::type},
    {"uuid", dt::uuid::type},
    {"bytea", dt::bytea::type},
    {"jsonb", dt::jsonb::type},
    {"enum", states::type},
};

template <class T>
constexpr dt::field_type field = dt::detail::field_type_of<T>;
/// Of the kinds that no standard type of C++20 has.
constexpr dt::field_type kind(field_kind k) {
  dt::field_type type;
  type.kind = k;
  return type;
}

/// A cell: `.` lossless, `T` another type, `R` out of range, `L` lossy, `E` a label.
constexpr char letter(const dt::compat::verdict& v) {
  if (v.ok) return '.';
  switch (v.what) {
    case code::RD_TYPE:
    case code::WR_TYPE:
      return 'T';
    case code::RD_RANGE:
    case code::WR_RANGE:
      return 'R';
    case code::RD_LOSSY:
    case code::WR_LOSSY:
      return 'L';
    case code::RD_ENUM:
    case code::WR_ENUM:
      return 'E';
    default:
      return '?';
  }
}
constexpr bool is_reading(code c) {
  return c == code::RD_TYPE || c == code::RD_RANGE || c == code::RD_LOSSY || c == code::RD_ENUM;
}
constexpr bool is_writing(code c) {
  return c == code::WR_TYPE || c == code::WR_RANGE || c == code::WR_LOSSY || c == code::WR_ENUM;
}

constexpr bool reads(const dt::field_type& f, dt::text_view cells) {
  if (cells.size() != std::size(columns)) return false;
  for (std::size_t i = 0; i != std::size(columns); ++i) {
    const dt::compat::verdict v = dt::compat::reading(f, columns[i].type);
    if (letter(v) != cells[i] || (!v.ok && !is_reading(v.what))) return false;
  }
  return true;
}
constexpr bool writes(const dt::field_type& f, dt::text_view cells) {
  if (cells.size() != std::size(columns)) return false;
  for (std::size_t i = 0; i != std::size(columns); ++i) {
    const dt::compat::verdict v = dt::compat::writing(f, columns[i].type);
    if (letter(v) != cells[i] || (!v.ok && !is_writing(v.what))) return false;
  }
  return true;
}

// ---- Every kind of field over every type of column

// clang-format off
//                                                         smallint
//                                                         |integer
//                                                         ||bigint
//                                                         |||boolean
//                                                         ||||text
//                                                         |||||varchar(20)
//                                                         ||||||numeric(12,2)
//                                                         |||||||real
//                                                         ||||||||double precision
//                                                         |||||||||timestamptz
//                                                         ||||||||||date
//                                                         |||||||||||uuid
//                                                         ||||||||||||bytea
//                                                         |||||||||||||jsonb
//                                                         ||||||||||||||enumeration
static_assert(reads(field<std::int8_t>,                   "RRRTTTLLLTTTTTT"));
static_assert(reads(field<std::int16_t>,                  ".RRTTTLLLTTTTTT"));
static_assert(reads(field<std::int32_t>,                  "..RTTTLLLTTTTTT"));
static_assert(reads(field<std::int64_t>,                  "...TTTLLLTTTTTT"));
static_assert(reads(field<std::uint8_t>,                  "RRRTTTLLLTTTTTT"));
static_assert(reads(field<std::uint16_t>,                 "RRRTTTLLLTTTTTT"));
static_assert(reads(field<std::uint32_t>,                 "RRRTTTLLLTTTTTT"));
static_assert(reads(field<std::uint64_t>,                 "RRRTTTLLLTTTTTT"));
static_assert(reads(field<float>,                         ".LLTTTL.LTTTTTT"));
static_assert(reads(field<double>,                        "..LTTTL..TTTTTT"));
static_assert(reads(field<dt::decimal<12, 2>>,            "..RTTT.LLTTTTTT"));
static_assert(reads(field<bool>,                          "TTT.TTTTTTTTTTT"));
static_assert(reads(field<std::string>,                   "TTTT..TTTTTTTT."));
static_assert(reads(field<std::vector<std::byte>>,        "TTTTTTTTTTTT.TT"));
static_assert(reads(kind(field_kind::timestamp),          "TTTTTTTTT.TTTTT"));
static_assert(reads(kind(field_kind::date),               "TTTTTTTTTT.TTTT"));
static_assert(reads(kind(field_kind::uuid),               "TTTTTTTTTTT.TTT"));
static_assert(reads(kind(field_kind::json),               "TTTTTTTTTTTTT.T"));
static_assert(reads(field<state>,                         "TTTTTTTTTTTTTT."));
static_assert(reads(kind(field_kind::unknown),            "TTTTTTTTTTTTTTT"));

static_assert(writes(field<std::int8_t>,                  "...TTT.LLTTTTTT"));
static_assert(writes(field<std::int16_t>,                 "...TTT.LLTTTTTT"));
static_assert(writes(field<std::int32_t>,                 "R..TTT.LLTTTTTT"));
static_assert(writes(field<std::int64_t>,                 "RR.TTTRLLTTTTTT"));
static_assert(writes(field<std::uint8_t>,                 "...TTT.LLTTTTTT"));
static_assert(writes(field<std::uint16_t>,                "R..TTT.LLTTTTTT"));
static_assert(writes(field<std::uint32_t>,                "RR.TTT.LLTTTTTT"));
static_assert(writes(field<std::uint64_t>,                "RRRTTTRLLTTTTTT"));
static_assert(writes(field<float>,                        "LLLTTTL..TTTTTT"));
static_assert(writes(field<double>,                       "LLLTTTLL.TTTTTT"));
static_assert(writes(field<dt::decimal<12, 2>>,           "LLLTTT.LLTTTTTT"));
static_assert(writes(field<bool>,                         "TTT.TTTTTTTTTTT"));
static_assert(writes(field<std::string>,                  "TTTT..TTTTTTTTT"));
static_assert(writes(field<std::vector<std::byte>>,       "TTTTTTTTTTTT.TT"));
static_assert(writes(kind(field_kind::timestamp),         "TTTTTTTTT.TTTTT"));
static_assert(writes(kind(field_kind::date),              "TTTTTTTTTT.TTTT"));
static_assert(writes(kind(field_kind::uuid),              "TTTT.TTTTTT.TTT"));
static_assert(writes(kind(field_kind::json),              "TTTTTTTTTTTTT.T"));
static_assert(writes(field<state>,                        "TTTTTTTTTTTTTT."));
static_assert(writes(kind(field_kind::unknown),           "TTTTTTTTTTTTTTT"));
// clang-format on

// NULL is no part of a verdict.
static_assert(dt::compat::reading(field<std::optional<std::int64_t>>, dt::bigint::type).ok);

// ---- Where parameters decide

template <class T, class Type>
constexpr char reading = letter(dt::compat::reading(field<T>, Type::type));
template <class T, class Type>
constexpr char writing = letter(dt::compat::writing(field<T>, Type::type));

// Integers read numeric(p,0) of fewer digits than would overflow them.
static_assert(reading<std::int8_t, dt::numeric<2>> == '.' && reading<std::int8_t, dt::numeric<3>> == 'R');
static_assert(reading<std::int16_t, dt::numeric<4>> == '.' && reading<std::int16_t, dt::numeric<5>> == 'R');
static_assert(reading<std::int32_t, dt::numeric<9>> == '.' && reading<std::int32_t, dt::numeric<10>> == 'R');
static_assert(reading<std::int64_t, dt::numeric<18>> == '.' && reading<std::int64_t, dt::numeric<19>> == 'R');
static_assert(reading<std::int64_t, dt::numeric<3, 1>> == 'L', "what stands after the point");
// and write to one that has room for all their digits.
static_assert(writing<std::int8_t, dt::numeric<3>> == '.' && writing<std::int8_t, dt::numeric<2>> == 'R');
static_assert(writing<std::uint8_t, dt::numeric<3>> == '.' && writing<std::uint8_t, dt::numeric<2>> == 'R');
static_assert(writing<std::int16_t, dt::numeric<5>> == '.' && writing<std::int16_t, dt::numeric<4>> == 'R');
static_assert(writing<std::int32_t, dt::numeric<10>> == '.' && writing<std::int32_t, dt::numeric<9>> == 'R');
static_assert(writing<std::uint32_t, dt::numeric<12, 2>> == '.' && writing<std::uint32_t, dt::numeric<11, 2>> == 'R');
static_assert(writing<std::int64_t, dt::numeric<19>> == '.' && writing<std::int64_t, dt::numeric<18>> == 'R');
static_assert(writing<std::uint64_t, dt::numeric<20>> == '.' && writing<std::uint64_t, dt::numeric<19>> == 'R');

// Decimals: digits before the point, then digits after it.
static_assert(reading<dt::decimal<12, 2>, dt::numeric<12, 2>> == '.' &&
              reading<dt::decimal<13, 3>, dt::numeric<12, 2>> == '.');
static_assert(reading<dt::decimal<12, 2>, dt::numeric<12, 3>> == 'L', "a third digit after the point");
static_assert(reading<dt::decimal<12, 3>, dt::numeric<12, 2>> == 'R', "nine before the point, of ten");
static_assert(reading<dt::decimal<12, 2>, dt::numeric<13, 2>> == 'R');
static_assert(reading<dt::decimal<5, 0>, dt::smallint> == '.' && reading<dt::decimal<4, 0>, dt::smallint> == 'R');
static_assert(reading<dt::decimal<6, 1>, dt::smallint> == '.' && reading<dt::decimal<5, 1>, dt::smallint> == 'R');
static_assert(reading<dt::decimal<10, 0>, dt::integer> == '.' && reading<dt::decimal<9, 0>, dt::integer> == 'R');
static_assert(reading<dt::decimal<18, 0>, dt::bigint> == 'R', "which takes 19 digits");
static_assert(writing<dt::decimal<12, 2>, dt::numeric<12, 2>> == '.' &&
              writing<dt::decimal<12, 2>, dt::numeric<14, 4>> == '.');
static_assert(writing<dt::decimal<12, 2>, dt::numeric<12, 1>> == 'L', "PostgreSQL rounds without a word");
static_assert(writing<dt::decimal<12, 2>, dt::numeric<12, 4>> == 'R' &&
              writing<dt::decimal<12, 2>, dt::numeric<11, 2>> == 'R');
static_assert(writing<dt::decimal<12, 2>, dt::numeric<20, 0>> == 'L');
static_assert(writing<dt::decimal<4, 0>, dt::smallint> == '.' && writing<dt::decimal<5, 0>, dt::smallint> == 'R');
static_assert(writing<dt::decimal<9, 0>, dt::integer> == '.' && writing<dt::decimal<10, 0>, dt::integer> == 'R');
static_assert(writing<dt::decimal<18, 0>, dt::bigint> == '.' && writing<dt::decimal<4, 1>, dt::smallint> == 'L');

// Unsigned integers read no whole numbers that may be negative, whatever their digits.
static_assert(reading<std::uint64_t, dt::numeric<5>> == 'R', "it is the sign, nothing is rounded");
static_assert(reading<std::uint64_t, dt::numeric<5, 1>> == 'L');

// Enumerations: a reader knows every label of the column, a column knows every label of the writer.
constexpr dt::compat::verdict unknown_label = dt::compat::reading(field<state>, more_states::type);
static_assert(!unknown_label.ok && unknown_label.what == code::RD_ENUM && unknown_label.label == "sent");
static_assert(reading<state, fewer_states> == '.' && writing<state, more_states> == '.');
constexpr dt::compat::verdict refused_label = dt::compat::writing(field<state>, fewer_states::type);
static_assert(!refused_label.ok && refused_label.what == code::WR_ENUM && refused_label.label == "paid");
enum class turned { paid, open };
static_assert(reading<turned, states> == '.' && writing<turned, states> == '.', "their order is no matter");
enum class cased { Open, paid };
static_assert(reading<cased, states> == 'E' && writing<cased, states> == 'E');

}  // namespace
