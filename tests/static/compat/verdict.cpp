// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/model/declare.hpp>
#include <dovetail/model/field.hpp>

namespace dt = dovetail;
using dt::code;
using dt::domain;
using dt::family;
using dt::field_type;

enum class state { open, paid };
enum class state_or_other { open, paid, other };
template <>
struct dt::enum_labels<state_or_other> : dt::labelled<> {
  static constexpr state_or_other fallback = state_or_other::other;
};
enum class spelled { is_open, is_paid };
template <>
struct dt::enum_labels<spelled>
    : dt::labelled<dt::label<spelled::is_open, "open">, dt::label<spelled::is_paid, "paid">> {};

namespace {

// ---- The columns of the table

struct states : dt::enumeration<"state", "open", "paid"> {};

constexpr dt::sql_type columns[]{
    dt::smallint::type,         dt::integer::type,    dt::bigint::type,      dt::numeric<9>::type,
    dt::numeric<12, 2>::type,   dt::any_numeric::type, dt::real::type,       dt::double_precision::type,
    dt::boolean::type,          dt::text::type,       dt::varchar<20>::type, dt::character<20>::type,
    dt::bytea::type,            dt::uuid::type,       dt::date::type,        dt::time::type,
    dt::timestamp::type,        dt::timestamptz::type, dt::precise<dt::timestamptz, 3>::type, dt::interval::type,
    dt::json::type,             dt::jsonb::type,      states::type,          dt::array<dt::text>::type,
};

// ---- Its rows: types of this header, and, as domains, those of headers that are not of the core

template <class T>
constexpr field_type field = dt::detail::field_type_of<T>;
template <class T>
using vector = std::vector<std::optional<T>>;
constexpr field_type made(const domain& holds) {
  field_type type;
  type.holds = holds;
  return type;
}
constexpr field_type bounded_text(int most) { return made(dt::domains::characters(most)); }
constexpr field_type clock(int digits) { return made(dt::domains::to_the(family::time, digits)); }
constexpr field_type local(int digits) { return made(dt::domains::to_the(family::timestamp, digits)); }
constexpr field_type moment(int digits) { return made(dt::domains::to_the(family::timestamptz, digits)); }
/// text_of<>: the text of whatever the column stores.
template <class SqlType>
constexpr field_type text_of = made(dt::domain_of(SqlType::type));
/// std::chrono::year_month_day holds no infinity.
constexpr field_type day = made(dt::domains::of(family::date));
constexpr field_type typed_document = [] {
  domain d = dt::domains::of(family::document);
  d.shape = "address";
  return made(d);
}();

// ---- A cell

/// `.` accepted. Refused: `T` another type, `L` silently rounded or cut, `N` NULL, `E` an unknown label; and, of which
/// checked<> accepts the first two, `R` out of range, `S` the text is too long. `B` is L, and R or S beneath it; `X` is L,
/// and nobody can mean it.
enum class direction { reading, writing };
constexpr dt::compat::verdict verdict_on(const field_type& f, const domain& d, direction way) {
  return way == direction::reading ? dt::compat::reading(f, d) : dt::compat::writing(f, d);
}
constexpr char letter(const field_type& f, const domain& d, direction way) {
  const dt::compat::verdict v = verdict_on(f, d, way);
  if (v.ok) return '.';
  const bool read = way == direction::reading;
  if (v.what == (read ? code::RD_TYPE : code::WR_TYPE)) return 'T';
  if (v.what == (read ? code::RD_LOSSY : code::WR_LOSSY)) return 'L';
  if (v.what == (read ? code::RD_NULL : code::WR_NULL)) return 'N';
  if (v.what == (read ? code::RD_ENUM : code::WR_ENUM)) return 'E';
  if (v.what == (read ? code::RD_RANGE : code::WR_RANGE)) return 'R';
  if (v.what == (read ? code::RD_LEN : code::WR_LEN)) return 'S';
  return '?';
}
constexpr bool is_loud(char c) { return c == 'R' || c == 'S'; }

/// The cell of a field as it is, and of the same field in checked<>, approximate<> and both.
constexpr bool is_cell(field_type f, const domain& d, direction way, char wanted) {
  f.checked = f.approximate = false;
  const char plain = letter(f, d, way);
  f.checked = true;
  const char checked = letter(f, d, way);
  f.approximate = true;
  const char both = letter(f, d, way);
  f.checked = false;
  const char approximate = letter(f, d, way);
  switch (wanted) {
    case 'R':
    case 'S': return plain == wanted && checked == '.' && approximate == wanted && both == '.';
    case 'L': return plain == 'L' && checked == 'L' && approximate == '.' && both == '.';
    case 'X': return plain == 'L' && checked == 'L' && approximate == 'L' && both == 'L';
    case 'B': return plain == 'L' && checked == 'L' && is_loud(approximate) && both == '.';
    default: return plain == wanted && checked == wanted && approximate == wanted && both == wanted;
  }
}
constexpr bool row(const field_type& f, direction way, dt::text_view cells) {
  if (cells.size() != std::size(columns)) return false;
  for (std::size_t i = 0; i != std::size(columns); ++i)
    if (!is_cell(f, dt::domain_of(columns[i]), way, cells[i])) return false;
  return true;
}
constexpr bool reads(const field_type& f, dt::text_view cells) { return row(f, direction::reading, cells); }
constexpr bool writes(const field_type& f, dt::text_view cells) { return row(f, direction::writing, cells); }

// ---- Every field over every column (compatibility.md, "Verdicts by type")

// clang-format off
//                                                     smallint
//                                                     |integer
//                                                     ||bigint
//                                                     |||numeric(9)
//                                                     ||||numeric(12,2)
//                                                     |||||numeric
//                                                     ||||||real
//                                                     |||||||double precision
//                                                     ||||||||   boolean
//                                                     ||||||||   |   text
//                                                     ||||||||   |   |varchar(20)
//                                                     ||||||||   |   ||char(20)
//                                                     ||||||||   |   |||   bytea
//                                                     ||||||||   |   |||   |uuid
//                                                     ||||||||   |   |||   ||   date
//                                                     ||||||||   |   |||   ||   |time
//                                                     ||||||||   |   |||   ||   ||timestamp
//                                                     ||||||||   |   |||   ||   |||timestamptz
//                                                     ||||||||   |   |||   ||   ||||timestamptz(3)
//                                                     ||||||||   |   |||   ||   |||||interval
//                                                     ||||||||   |   |||   ||   ||||||   json
//                                                     ||||||||   |   |||   ||   ||||||   |jsonb
//                                                     ||||||||   |   |||   ||   ||||||   ||   enumeration
//                                                     ||||||||   |   |||   ||   ||||||   ||   |text[]
static_assert(reads(field<std::int8_t>,               "RRRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::int16_t>,              ".RRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::int32_t>,              "..R.BRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::int64_t>,              "....LRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::uint8_t>,              "RRRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::uint16_t>,             "RRRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::uint32_t>,             "RRRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::uint64_t>,             "RRRRBRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<float>,                     ".LLLLL.L" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<double>,                    "..LLLL.." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<dt::decimal<12, 2>>,        "..R..RBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<dt::decimal<18, 0>>,        "..R.LRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<dt::decimal<5, 3>>,         "RRRRRRBB" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<bool>,                      "TTTTTTTT" "." "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(field<std::string>,               "TTTTTTTT" "T" "..." "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(bounded_text(20),                 "TTTTTTTT" "T" "S.." "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(bounded_text(19),                 "TTTTTTTT" "T" "SSS" "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(bounded_text(3),                  "TTTTTTTT" "T" "SSS" "TT" "TTTTTT" "TT" "ST"));
static_assert(reads(field<std::vector<std::byte>>,    "TTTTTTTT" "T" "TTT" ".T" "TTTTTT" "TT" "TT"));
static_assert(reads(text_of<dt::uuid>,                "TTTTTTTT" "T" "RRR" "T." "TTTTTT" "TT" "TT"));
static_assert(reads(text_of<dt::any_numeric>,         "......LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(reads(day,                              "TTTTTTTT" "T" "TTT" "TT" "RTTTTT" "TT" "TT"));
static_assert(reads(text_of<dt::date>,                "TTTTTTTT" "T" "TTT" "TT" ".TTTTT" "TT" "TT"));
static_assert(reads(clock(6),                         "TTTTTTTT" "T" "TTT" "TT" "T.TTTT" "TT" "TT"));
static_assert(reads(clock(0),                         "TTTTTTTT" "T" "TTT" "TT" "TLTTTT" "TT" "TT"));
static_assert(reads(local(6),                         "TTTTTTTT" "T" "TTT" "TT" "TT.TTT" "TT" "TT"));
static_assert(reads(local(3),                         "TTTTTTTT" "T" "TTT" "TT" "TTLTTT" "TT" "TT"));
static_assert(reads(moment(6),                        "TTTTTTTT" "T" "TTT" "TT" "TTT..T" "TT" "TT"));
static_assert(reads(moment(3),                        "TTTTTTTT" "T" "TTT" "TT" "TTTL.T" "TT" "TT"));
static_assert(reads(moment(0),                        "TTTTTTTT" "T" "TTT" "TT" "TTTLLT" "TT" "TT"));
static_assert(reads(text_of<dt::interval>,            "TTTTTTTT" "T" "TTT" "TT" "TTTTT." "TT" "TT"));
static_assert(reads(text_of<dt::json>,                "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" ".." "TT"));
static_assert(reads(typed_document,                   "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "RR" "TT"));
static_assert(reads(field<state>,                     "TTTTTTTT" "T" "RRT" "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(field<spelled>,                   "TTTTTTTT" "T" "RRT" "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(field<state_or_other>,            "TTTTTTTT" "T" "..T" "TT" "TTTTTT" "TT" ".T"));
static_assert(reads(field<vector<std::string>>,       "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "T."));
static_assert(reads(field<std::vector<std::string>>,  "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "TN"));
static_assert(reads(made({}),                         "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));

static_assert(writes(field<std::int8_t>,              "........" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::int16_t>,             "........" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::int32_t>,             "R..R..L." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::int64_t>,             "RR.RR.LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::uint8_t>,             "........" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::uint16_t>,            "R......." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::uint32_t>,            "RR.R..L." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::uint64_t>,            "RRRRR.LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<float>,                    "BBBBBL.." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<double>,                   "BBBBBLL." "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<dt::decimal<12, 2>>,       "XXXB..LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<dt::decimal<18, 0>>,       "RR.RR.LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<dt::decimal<5, 3>>,        "XXXLL.LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<bool>,                     "TTTTTTTT" "." "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::string>,              "TTTTTTTT" "T" "..L" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(bounded_text(20),                "TTTTTTTT" "T" "..L" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(bounded_text(21),                "TTTTTTTT" "T" ".SB" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(field<std::vector<std::byte>>,   "TTTTTTTT" "T" "TTT" ".T" "TTTTTT" "TT" "TT"));
static_assert(writes(text_of<dt::uuid>,               "TTTTTTTT" "T" ".SB" "T." "TTTTTT" "TT" "TT"));
static_assert(writes(text_of<dt::any_numeric>,        "XXXBB.LL" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
static_assert(writes(day,                             "TTTTTTTT" "T" "TTT" "TT" ".TLTTT" "TT" "TT"));
static_assert(writes(clock(6),                        "TTTTTTTT" "T" "TTT" "TT" "T.TTTT" "TT" "TT"));
static_assert(writes(local(6),                        "TTTTTTTT" "T" "TTT" "TT" "TT.TTT" "TT" "TT"));
static_assert(writes(moment(6),                       "TTTTTTTT" "T" "TTT" "TT" "TTT.LT" "TT" "TT"));
static_assert(writes(moment(3),                       "TTTTTTTT" "T" "TTT" "TT" "TTT..T" "TT" "TT"));
static_assert(writes(text_of<dt::interval>,           "TTTTTTTT" "T" "TTT" "TT" "TTTTT." "TT" "TT"));
static_assert(writes(text_of<dt::json>,               "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" ".." "TT"));
static_assert(writes(typed_document,                  "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" ".." "TT"));
static_assert(writes(field<state>,                    "TTTTTTTT" "T" "..L" "TT" "TTTTTT" "TT" ".T"));
static_assert(writes(field<spelled>,                  "TTTTTTTT" "T" "..L" "TT" "TTTTTT" "TT" ".T"));
static_assert(writes(field<state_or_other>,           "TTTTTTTT" "T" "..L" "TT" "TTTTTT" "TT" ".T"),
              "the fallback is never sent");
static_assert(writes(field<vector<std::string>>,      "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "T."));
static_assert(writes(field<std::vector<std::string>>, "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "T."));
static_assert(writes(made({}),                        "TTTTTTTT" "T" "TTT" "TT" "TTTTTT" "TT" "TT"));
// clang-format on

// NULL is no part of a verdict.
static_assert(dt::compat::reading(field<std::optional<std::int64_t>>, dt::bigint::type).ok);

// ---- Where parameters decide

template <class T, class Type>
constexpr bool reads_as(char wanted) {
  return is_cell(field<T>, dt::domain_of(Type::type), direction::reading, wanted);
}
template <class T, class Type>
constexpr bool writes_as(char wanted) {
  return is_cell(field<T>, dt::domain_of(Type::type), direction::writing, wanted);
}

// Integers read numeric(p,0) of fewer digits than would overflow them.
static_assert(reads_as<std::int8_t, dt::numeric<2>>('.') && reads_as<std::int8_t, dt::numeric<3>>('R'));
static_assert(reads_as<std::int16_t, dt::numeric<4>>('.') && reads_as<std::int16_t, dt::numeric<5>>('R'));
static_assert(reads_as<std::int32_t, dt::numeric<9>>('.') && reads_as<std::int32_t, dt::numeric<10>>('R'));
static_assert(reads_as<std::int64_t, dt::numeric<18>>('.') && reads_as<std::int64_t, dt::numeric<19>>('R'));
static_assert(reads_as<std::int64_t, dt::numeric<3, 1>>('L'), "what stands after the point");
// and write to one that has room for all their digits.
static_assert(writes_as<std::int8_t, dt::numeric<3>>('.') && writes_as<std::int8_t, dt::numeric<2>>('R'));
static_assert(writes_as<std::uint8_t, dt::numeric<3>>('.') && writes_as<std::uint8_t, dt::numeric<2>>('R'));
static_assert(writes_as<std::int16_t, dt::numeric<5>>('.') && writes_as<std::int16_t, dt::numeric<4>>('R'));
static_assert(writes_as<std::int32_t, dt::numeric<10>>('.') && writes_as<std::int32_t, dt::numeric<9>>('R'));
static_assert(writes_as<std::uint32_t, dt::numeric<12, 2>>('.') && writes_as<std::uint32_t, dt::numeric<11, 2>>('R'));
static_assert(writes_as<std::int64_t, dt::numeric<19>>('.') && writes_as<std::int64_t, dt::numeric<18>>('R'));
static_assert(writes_as<std::uint64_t, dt::numeric<20>>('.') && writes_as<std::uint64_t, dt::numeric<19>>('R'));

// Decimals: digits before the point, and digits after it.
static_assert(reads_as<dt::decimal<12, 2>, dt::numeric<12, 2>>('.') &&
              reads_as<dt::decimal<13, 3>, dt::numeric<12, 2>>('.'));
static_assert(reads_as<dt::decimal<12, 2>, dt::numeric<12, 3>>('L'), "a third digit after the point");
static_assert(reads_as<dt::decimal<12, 3>, dt::numeric<12, 2>>('R'), "nine before the point, of ten");
static_assert(reads_as<dt::decimal<12, 2>, dt::numeric<13, 2>>('R') &&
              reads_as<dt::decimal<12, 2>, dt::numeric<14, 3>>('B'));
static_assert(reads_as<dt::decimal<5, 0>, dt::smallint>('.') && reads_as<dt::decimal<4, 0>, dt::smallint>('R'));
static_assert(reads_as<dt::decimal<6, 1>, dt::smallint>('.') && reads_as<dt::decimal<5, 1>, dt::smallint>('R'));
static_assert(reads_as<dt::decimal<10, 0>, dt::integer>('.') && reads_as<dt::decimal<9, 0>, dt::integer>('R'));
static_assert(reads_as<dt::decimal<18, 0>, dt::bigint>('R'), "which takes 19 digits");
static_assert(reads_as<dt::decimal<2, 2>, dt::numeric<2, 2>>('.') &&
              reads_as<dt::decimal<2, 2>, dt::numeric<3, 2>>('R'));
static_assert(writes_as<dt::decimal<12, 2>, dt::numeric<12, 2>>('.') &&
              writes_as<dt::decimal<12, 2>, dt::numeric<14, 4>>('.'));
static_assert(writes_as<dt::decimal<12, 2>, dt::numeric<12, 1>>('L'), "PostgreSQL rounds without a word");
static_assert(writes_as<dt::decimal<12, 2>, dt::numeric<12, 4>>('R') &&
              writes_as<dt::decimal<12, 2>, dt::numeric<11, 2>>('R'));
static_assert(writes_as<dt::decimal<12, 2>, dt::numeric<10, 1>>('B'), "and too few before the point");
static_assert(writes_as<dt::decimal<4, 0>, dt::smallint>('.') && writes_as<dt::decimal<5, 0>, dt::smallint>('R'));
static_assert(writes_as<dt::decimal<9, 0>, dt::integer>('.') && writes_as<dt::decimal<10, 0>, dt::integer>('R'));
static_assert(writes_as<dt::decimal<18, 0>, dt::bigint>('.') && writes_as<dt::decimal<4, 1>, dt::smallint>('X'));

// Floating point into numeric: it is rounded, and has to be held as well.
static_assert(writes_as<float, dt::numeric<39>>('L') && writes_as<float, dt::numeric<38>>('B'));
static_assert(writes_as<double, dt::numeric<309>>('L') && writes_as<double, dt::numeric<308>>('B'));
static_assert(reads_as<double, dt::numeric<3>>('L'), "however short");

// A uuid in text takes 36 characters, and no blank behind them.
template <class Type>
constexpr char uuid_into = letter(text_of<dt::uuid>, dt::domain_of(Type::type), direction::writing);
static_assert(uuid_into<dt::varchar<36>> == '.' && uuid_into<dt::varchar<35>> == 'S' &&
              uuid_into<dt::varchar<99>> == '.');
static_assert(uuid_into<dt::character<36>> == '.' && uuid_into<dt::character<37>> == 'L');
static_assert(letter(text_of<dt::uuid>, dt::domain_of(dt::character<36>::type), direction::reading) == 'R');

// Times keep the digits that both have.
template <class Type>
constexpr bool keeps(const field_type& f, char read, char written) {
  const domain d = dt::domain_of(Type::type);
  return is_cell(f, d, direction::reading, read) && is_cell(f, d, direction::writing, written);
}
static_assert(keeps<dt::precise<dt::time, 3>>(clock(3), '.', '.'));
static_assert(keeps<dt::precise<dt::time, 2>>(clock(3), '.', 'L'));
static_assert(keeps<dt::precise<dt::time, 4>>(clock(3), 'L', '.'));
static_assert(keeps<dt::precise<dt::timestamp, 0>>(local(0), '.', '.'));
static_assert(keeps<dt::precise<dt::timestamp, 0>>(local(6), '.', 'L'));
static_assert(keeps<dt::precise<dt::timestamptz, 6>>(moment(0), 'L', '.'));
static_assert(keeps<dt::timestamp>(moment(6), 'T', 'T'), "it would take the session's time zone");

// Enumerations: a reader knows every label of the column, a column knows every label of the writer.
struct more_states : dt::enumeration<"state", "open", "paid", "sent"> {};
struct fewer_states : dt::enumeration<"state", "open"> {};
constexpr dt::compat::verdict unknown_label = dt::compat::reading(field<state>, more_states::type);
static_assert(unknown_label.what == code::RD_ENUM && unknown_label.label == "sent" &&
              reads_as<state, more_states>('E'));
static_assert(reads_as<state, fewer_states>('.') && writes_as<state, more_states>('.'));
constexpr dt::compat::verdict refused_label = dt::compat::writing(field<state>, fewer_states::type);
static_assert(refused_label.what == code::WR_ENUM && refused_label.label == "paid" &&
              writes_as<state, fewer_states>('E'));
static_assert(reads_as<state_or_other, more_states>('.') && writes_as<state_or_other, fewer_states>('E'));
static_assert(reads_as<spelled, more_states>('E') && writes_as<spelled, fewer_states>('E'));
enum class turned { paid, open };
static_assert(reads_as<turned, states>('.') && writes_as<turned, states>('.'), "their order is no matter");
enum class cased { Open, paid };
static_assert(reads_as<cased, states>('E') && writes_as<cased, states>('E'));
static_assert(writes_as<state, dt::varchar<4>>('.') && writes_as<state, dt::varchar<3>>('S'));

// Arrays: the rule of their elements, each of which may be NULL.
static_assert(reads_as<vector<std::int32_t>, dt::array<dt::integer>>('.') &&
              reads_as<vector<std::int32_t>, dt::array<dt::bigint>>('R') &&
              reads_as<vector<std::int32_t>, dt::array<dt::text>>('T'));
static_assert(reads_as<vector<state>, dt::array<states>>('.') && reads_as<vector<state>, dt::array<dt::text>>('R') &&
              reads_as<vector<state>, dt::array<more_states>>('E'));
static_assert(writes_as<std::vector<std::int64_t>, dt::array<dt::bigint>>('.') &&
              writes_as<std::vector<std::int64_t>, dt::array<dt::integer>>('R'));
static_assert(writes_as<std::vector<std::string>, dt::array<dt::varchar<3>>>('.'), "as each std::string");
static_assert(writes_as<vector<state>, dt::array<dt::varchar<4>>>('.') &&
              writes_as<vector<state>, dt::array<fewer_states>>('E'));
static_assert(reads_as<vector<std::int32_t>, dt::integer>('T') &&
              writes_as<std::int32_t, dt::array<dt::integer>>('T'));
// What their elements say of themselves, they say.
static_assert(dt::compat::reading(field<vector<dt::checked<std::int32_t>>>,
                                  dt::array<dt::bigint>::type).ok);
static_assert(dt::compat::writing(field<std::vector<dt::approximate<double>>>, dt::array<dt::real>::type).ok);

// ---- Where a check leaves less of the column than its type

template <class Type, class Rule>
constexpr domain under = [] {
  domain d = dt::domain_of(Type::type);
  Rule::rule.apply(d);
  return d;
}();
template <class T, class Type, class Rule>
constexpr bool reads_under(char wanted) {
  return is_cell(field<T>, under<Type, Rule>, direction::reading, wanted);
}

static_assert(reads_under<std::uint8_t, dt::integer, dt::between<0, 255>>('.') &&
              reads_under<std::uint8_t, dt::integer, dt::between<0, 256>>('R') &&
              reads_under<std::uint8_t, dt::integer, dt::between<-1, 255>>('R'));
static_assert(reads_under<std::uint16_t, dt::numeric<9>, dt::between<0, 65535>>('.') &&
              reads_under<std::uint16_t, dt::numeric<9, 1>, dt::between<0, 65535>>('L'));
static_assert(reads_under<std::uint32_t, dt::bigint, dt::between<0, 4294967295>>('.') &&
              reads_under<std::uint32_t, dt::bigint, dt::between<0, 4294967296>>('R'));
static_assert(reads_under<std::uint64_t, dt::bigint, dt::between<0, INT64_MAX>>('.') &&
              reads_under<std::uint64_t, dt::any_numeric, dt::between<0, UINT64_MAX>>('.') &&
              reads_under<std::uint64_t, dt::numeric<21>, dt::between<0, UINT64_MAX>>('.'));
static_assert(reads_under<std::int16_t, dt::bigint, dt::between<1, 100>>('.') &&
              reads_under<float, dt::bigint, dt::between<-16777216, 16777216>>('.') &&
              reads_under<float, dt::bigint, dt::between<-16777216, 16777217>>('L'));
static_assert(reads_under<dt::decimal<4, 2>, dt::numeric<9, 2>, dt::between<-99, 99>>('.') &&
              reads_under<dt::decimal<4, 2>, dt::numeric<9, 2>, dt::between<0, 100>>('R'));
static_assert(reads_under<state, dt::text, dt::one_of<"open", "paid">>('.') &&
              reads_under<state, dt::varchar<9>, dt::one_of<"open">>('.') &&
              reads_under<state, dt::text, dt::one_of<"open", "sent">>('E') &&
              reads_under<state_or_other, dt::text, dt::one_of<"sent">>('.'));
static_assert(reads_under<state, dt::character<4>, dt::one_of<"open", "paid">>('T'), "blanks may stand behind a label");
static_assert(reads_under<state, dt::text, dt::at_most<4>>('R') && reads_under<state, dt::text, dt::like<"%">>('R'));
static_assert(reads_under<std::string, dt::text, dt::one_of<"open">>('.'));
constexpr bool bounded_under(int most, const domain& d, char wanted) {
  return is_cell(bounded_text(most), d, direction::reading, wanted);
}
static_assert(bounded_under(4, under<dt::text, dt::at_most<4>>, '.') &&
              bounded_under(3, under<dt::text, dt::at_most<4>>, 'S') &&
              bounded_under(5, under<dt::text, dt::one_of<"open", "größe">>, '.') &&
              bounded_under(4, under<dt::text, dt::one_of<"open", "größe">>, 'S'), "characters, not bytes");
static_assert(bounded_under(5, under<dt::character<6>, dt::at_most<5>>, 'S') &&
              bounded_under(5, under<dt::character<6>, dt::one_of<"open">>, 'S'), "it is read with its blanks");
static_assert(is_cell(day, under<dt::date, dt::finite>, direction::reading, '.'));

// ---- Where the writers leave less of it: the cells that hold only if all of them are known

template <class... Fields>
constexpr dt::stored_values written_by() {
  dt::stored_values stored;
  (stored.join(field<Fields>.holds), ...);
  return stored;
}
template <class T, class... Writers>
constexpr char reads_what_is_written = letter(field<T>, written_by<Writers...>().all(), direction::reading);
static_assert(reads_what_is_written<std::int32_t, std::int16_t, std::int32_t> == '.' &&
              reads_what_is_written<std::int32_t, std::int16_t, std::uint32_t> == 'R' &&
              reads_what_is_written<std::uint16_t, std::uint8_t, std::uint16_t> == '.');
static_assert(reads_what_is_written<state, spelled, turned> == '.' && reads_what_is_written<state, cased> == 'E' &&
              reads_what_is_written<state, state, std::string> == 'R');
static_assert(reads_what_is_written<float, std::int16_t> == '.' && reads_what_is_written<float, std::int32_t> == 'L');
static_assert(reads_what_is_written<bool> == '.', "nothing is stored yet");
static_assert([] {
  dt::stored_values stored;
  stored.join(typed_document.holds);
  const bool same = dt::compat::reading(typed_document, stored.all()).ok;
  stored.join(dt::domain_of(dt::json::type));
  return same && !dt::compat::reading(typed_document, stored.all()).ok;
}());
static_assert([] {
  dt::stored_values stored;
  stored.join(day.holds);
  return dt::compat::reading(day, stored.all()).ok;
}());

}  // namespace
