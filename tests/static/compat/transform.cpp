// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/transform.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/fields.hpp>
#include <dovetail/partitions.hpp>

namespace {

namespace dt = dovetail;
using dt::code;

struct status : dt::enumeration<"status", "open", "paid"> {};
enum class mode { open, paid };

struct item : dt::table<"item",
    dt::column<"id", dt::bigint, dt::identity>,
    dt::column<"cents", dt::integer>,
    dt::column<"euros", dt::integer, dt::null>,
    dt::column<"rest", dt::smallint, dt::null>,
    dt::column<"name", dt::varchar<20>>,
    dt::column<"label", dt::text, dt::null>,
    dt::column<"filled", dt::text>,
    dt::column<"ratio", dt::double_precision, dt::null>,
    dt::column<"share", dt::double_precision, dt::null>,
    dt::column<"state", status, dt::null>,
    dt::column<"done", dt::boolean, dt::null>,
    dt::column<"percent", dt::smallint>,
    dt::column<"missing", dt::smallint, dt::null>,
    dt::primary_key<"id">,
    dt::check_values<"percent_range", "percent", dt::between<0, 100>>> {};
struct v1 : dt::schema<"1", item> {};

template <class Transform>
struct once : dt::migration<v1, Transform> {};
template <class Transform>
constexpr const auto& found = dt::findings<dt::reversibility<once<Transform>>>;

/// One finding, at this column, with these texts.
template <class Transform>
constexpr bool says(code what, dt::text_view column, dt::text_view other = {}, dt::text_view detail = {}) {
  const auto& all = found<Transform>;
  return all.size() == 1 && all[0].what == what && all[0].table == "item" && all[0].object == column &&
         all[0].other == other && (detail.empty() || all[0].detail == detail) && all[0].step == 1;
}

// ---- Numbers

struct price {
  std::int32_t cents;
};
struct parts {
  std::int32_t euros;
  std::int16_t rest;
};
constexpr parts split(const price& p) { return {p.cents / 100, static_cast<std::int16_t>(p.cents % 100)}; }
constexpr price join(parts p) noexcept { return {p.euros * 100 + p.rest}; }
using splitting = dt::transform<"item", split, join>;
static_assert(found<splitting>.empty());
static_assert(dt::reversible<once<splitting>>);

constexpr price join_unsigned(const parts& p) { return {p.euros * 100 + (p.rest < 0 ? -p.rest : p.rest)}; }
static_assert(says<dt::transform<"item", split, join_unsigned>>(code::MG_ROUND_TRIP, "cents", "-1", "comes back as 1"));

constexpr parts split_wrong_at_the_end(const price& p) { return p.cents == INT32_MAX ? parts{0, 0} : split(p); }
static_assert(says<dt::transform<"item", split_wrong_at_the_end, join>>(code::MG_ROUND_TRIP, "cents", "2147483647", "comes back as 0"));
constexpr parts split_wrong_at_the_start(const price& p) { return p.cents == INT32_MIN ? parts{0, 0} : split(p); }
static_assert(says<dt::transform<"item", split_wrong_at_the_start, join>>(code::MG_ROUND_TRIP, "cents", "-2147483648", "comes back as 0"));

// A value that only a sample knows; and a function is as good as a value.
constexpr parts split_wrong_at_1299(const price& p) { return p.cents == 1299 ? parts{13, 0} : split(p); }
static_assert(found<dt::transform<"item", split_wrong_at_1299, join>>.empty());
static_assert(says<dt::transform<"item", split_wrong_at_1299, join, dt::samples<price{5}, price{1299}>>>(
    code::MG_ROUND_TRIP, "cents", "1299 in sample 2", "comes back as 1300"));
static_assert(says<dt::transform<"item", split_wrong_at_1299, join, dt::samples<[] { return price{1299}; }>>>(
    code::MG_ROUND_TRIP, "cents", "1299 in sample 1", "comes back as 1300"));

// What cannot be evaluated is told, and where.
constexpr parts overflows(const price& p) { return {p.cents + 1, 0}; }
static_assert(says<dt::transform<"item", overflows, join>>(code::MG_ROUND_TRIP, "cents", "0"));
constexpr parts overflows_at_the_end(const price& p) { return split({p.cents + 1 - 1}); }
static_assert(says<dt::transform<"item", overflows_at_the_end, join>>(
    code::MG_CONSTANT, "cents", "2147483647",
    "make the way there constexpr, without an exception, overflow or endless loop for this value"));
constexpr price throws(const parts& p) {
  if (p.rest == 1) throw 1;
  return join(p);
}
static_assert(says<dt::transform<"item", split, throws>>(
    code::MG_CONSTANT, "cents", "1",
    "make the way back constexpr, without an exception, overflow or endless loop for this value"));
inline parts no_constant(const price& p) { return split(p); }
static_assert(says<dt::transform<"item", no_constant, join>>(code::MG_CONSTANT, "", "cents 0"));
constexpr parts endless(const price& p) {
  for (std::uint64_t i = 0; p.cents == -1 && i != UINT64_MAX; ++i) static_cast<void>(i);
  return split(p);
}
static_assert(says<dt::transform<"item", endless, join>>(code::MG_CONSTANT, "cents", "-1"));

// A lambda does as well.
static_assert(found<dt::transform<"item", [](const price& p) { return split(p); }, join>>.empty());

// ---- Only what the column stores

struct part {
  std::int32_t percent;
};
struct part_written {
  std::int16_t missing;
};
constexpr part_written left(const part& p) { return {static_cast<std::int16_t>(100 - p.percent)}; }
constexpr part back_from(const part_written& p) { return {100 - p.missing}; }
static_assert(found<dt::transform<"item", left, back_from>>.size() == 1 &&
              found<dt::transform<"item", left, back_from>>[0].what == code::WR_RANGE);
struct narrow_part {
  std::int16_t percent;
};
constexpr part_written narrow_left(const narrow_part& p) {
  return p.percent < 0 || p.percent > 100 ? part_written{0} : part_written{static_cast<std::int16_t>(100 - p.percent)};
}
constexpr narrow_part narrow_back(const part_written& p) { return {static_cast<std::int16_t>(100 - p.missing)}; }
static_assert(found<dt::transform<"item", narrow_left, narrow_back>>.empty());

// ---- Text, with the longest that the column takes

using text20 = dt::inline_text<20>;
struct named {
  text20 name;
};
struct labelled {
  dt::checked<text20> label;
};
constexpr labelled label_of(const named& n) { return {n.name}; }
constexpr named name_of(const labelled& l) { return {l.label}; }
static_assert(found<dt::transform<"item", label_of, name_of>>.empty());
constexpr labelled no_blanks(const named& n) {
  text20 kept;
  for (std::size_t i = 0; i != n.name.size(); ++i)
    if (n.name.bytes[i] != ' ') kept += std::string_view(n.name.bytes + i, 1);
  return {kept};
}
static_assert(says<dt::transform<"item", no_blanks, name_of>>(code::MG_ROUND_TRIP, "name", "\" a  b \"", "comes back as \"ab\""));
constexpr labelled ascii(const named& n) {
  for (char c : std::string_view(n.name))
    if (static_cast<unsigned char>(c) > 127) return {text20("?")};
  return {n.name};
}
static_assert(says<dt::transform<"item", ascii, name_of>>(code::MG_ROUND_TRIP, "name", "\"\xC3\xA4\"", "comes back as \"?\""));
constexpr labelled cut(const named& n) { return {text20(n.name.data(), n.name.size() < 8 ? n.name.size() : 8)}; }
static_assert(says<dt::transform<"item", cut, name_of>>(code::MG_ROUND_TRIP, "name", "\"Zo\xC3\xAB \xE6\x97\xA5\xE6\x9C\xAC\""));
constexpr labelled cut_late(const named& n) { return {text20(n.name.data(), n.name.size() < 19 ? n.name.size() : 19)}; }
static_assert(says<dt::transform<"item", cut_late, name_of>>(code::MG_ROUND_TRIP, "name", "\"xxxxxxxxxxxxxxxxxxxx\""));
constexpr labelled nothing(const named& n) { return n.name.size() == 0 ? labelled{text20("-")} : label_of(n); }
static_assert(says<dt::transform<"item", nothing, name_of>>(code::MG_ROUND_TRIP, "name", "\"\"", "comes back as \"-\""));

// std::string, where the compiler evaluates the library's.
struct string_named {
  dt::checked<std::string> name;
};
struct string_labelled {
  std::string label;
};
constexpr string_labelled string_label(const string_named& n) { return {n.name.value + "!"}; }
constexpr string_named string_name(const string_labelled& l) { return {l.label.substr(0, l.label.size() - 1)}; }
using with_strings = dt::transform<"item", string_label, string_name>;
struct short_string {
  static constexpr std::size_t run() { return std::string("short").size(); }
};
static_assert(dt::detail::is_constant<short_string> ? found<with_strings>.empty()
                                                    : found<with_strings>.size() == 1 && found<with_strings>[0].what == code::MG_CONSTANT);

// ---- Others

struct measured {
  std::optional<double> ratio;
  std::optional<mode> state;
};
struct turned {
  double share;
  std::optional<bool> done;
};
constexpr turned turn(const measured& m) {
  return {m.ratio ? *m.ratio : 0, m.state ? std::optional<bool>(*m.state == mode::paid) : std::nullopt};
}
constexpr measured turn_back(const turned& t) {
  return {t.share, t.done ? std::optional(*t.done ? mode::paid : mode::open) : std::nullopt};
}
static_assert(says<dt::transform<"item", turn, turn_back>>(code::MG_ROUND_TRIP, "ratio", "NULL", "comes back as 0"));
static_assert(found<dt::transform<"item", turn, turn_back, dt::samples<[] { return measured{1.5, mode::open}; }>>>.size() == 1);
constexpr turned turn_state(const measured& m) {
  return {m.ratio ? *m.ratio : -1.5, m.state ? std::optional<bool>(*m.state == mode::paid) : std::nullopt};
}
constexpr measured turn_state_back(const turned& t) {
  return {t.share == -1.5 ? std::nullopt : std::optional(t.share), t.done ? std::optional(mode::open) : std::nullopt};
}
static_assert(says<dt::transform<"item", turn_state, turn_state_back>>(code::MG_ROUND_TRIP, "state", "\"paid\"", "comes back as \"open\""));
constexpr turned turn_half(const measured& m) { return {m.ratio ? *m.ratio / 2 : -1.5, {}}; }
constexpr measured turn_twice(const turned& t) { return {t.share == -1.5 ? std::nullopt : std::optional(t.share * 2), {}}; }
static_assert(found<dt::transform<"item", turn_half, turn_twice>>.size() == 1 &&
              found<dt::transform<"item", turn_half, turn_twice>>[0].object == "state");

// ---- The table

struct elsewhere {
  std::int32_t francs;
};
constexpr elsewhere to_francs(const price& p) { return {p.cents}; }
constexpr price from_francs(const elsewhere& e) { return {e.francs}; }
static_assert(says<dt::transform<"item", to_francs, from_francs>>(code::MG_TARGET, "francs", "column"));
static_assert(found<dt::transform<"other", split, join>>[0].what == code::MG_TARGET);
constexpr price doubled(const price& p) { return p; }
static_assert(found<dt::transform<"item", doubled, doubled>>[0].what == code::MG_ROWS);
struct numbered {
  std::int64_t id;
};
struct euros {
  std::int32_t euros;
};
constexpr euros of_number(const numbered&) { return {0}; }
constexpr numbered to_number(const euros&) { return {0}; }
static_assert(found<dt::transform<"item", of_number, to_number>>[0].what == code::MG_ROWS &&
              found<dt::transform<"item", of_number, to_number>>[0].detail == "it is of the primary key, by which the rows are found");
struct filled {
  text20 filled;
};
constexpr filled fill(const named& n) { return {n.name}; }
constexpr named unfill(const filled& f) { return {f.filled}; }
static_assert(says<dt::transform<"item", fill, unfill>>(code::MG_NO_CHANGE, "filled"));
struct perhaps {
  std::optional<std::int32_t> euros;
};
constexpr perhaps maybe(const price& p) { return {p.cents}; }
constexpr price surely(const perhaps& p) { return {p.euros ? *p.euros : 0}; }
static_assert(says<dt::transform<"item", maybe, surely>>(code::MG_ROWS, ""));
struct wide {
  std::int64_t euros;
};
constexpr wide widen(const price& p) { return {p.cents}; }
constexpr price narrow(const wide& w) { return {static_cast<std::int32_t>(w.euros)}; }
static_assert(found<dt::transform<"item", widen, narrow>>.size() == 1 &&
              found<dt::transform<"item", widen, narrow>>[0].what == code::WR_RANGE);
struct flag {
  bool cents;
};
constexpr euros of_flag(const flag& f) { return {f.cents}; }
constexpr flag to_flag(const euros& e) { return {e.euros != 0}; }
static_assert(found<dt::transform<"item", of_flag, to_flag>>[0].what == code::RD_TYPE);

struct no_key : dt::table<"item", dt::column<"cents", dt::integer>, dt::column<"euros", dt::integer, dt::null>,
                          dt::column<"rest", dt::smallint, dt::null>> {};
struct keyless : dt::migration<dt::schema<"1", no_key>, splitting> {};
static_assert(dt::findings<dt::reversibility<keyless>>.size() == 1 &&
              dt::findings<dt::reversibility<keyless>>[0].what == code::MG_ROWS);
struct parted : dt::schema<"parted", dt::table<"item", dt::column<"id", dt::bigint>, dt::column<"cents", dt::integer>,
    dt::column<"euros", dt::integer, dt::null>, dt::column<"rest", dt::smallint, dt::null>, dt::primary_key<"id">,
    dt::partitioned_by_range<"id">, dt::default_partition<"item_rest">>> {};
struct in_partitions : dt::migration<parted, dt::transform<"item", split, join>> {};
static_assert(dt::findings<dt::reversibility<in_partitions>>.size() == 1 &&
              dt::findings<dt::reversibility<in_partitions>>[0].what == code::MG_ROWS, "a place is one in each partition");

// ---- What undoing it leaves

static_assert(dt::reversals<once<splitting>>[0] == dt::reversal::exact);
static_assert(dt::losses<once<splitting>>.empty());
static_assert(dt::unproven<once<splitting>>.empty());
static_assert(dt::model::changes::transform::inverse(splitting::value.forward, v1::value).kind == splitting::value.inverse.kind);
static_assert(dt::model::changes::transform_back::inverse(splitting::value.inverse, v1::value).kind == splitting::value.forward.kind);

// ---- Its statements

template <class Dialect>
constexpr auto up = dt::up<Dialect, once<splitting>>;
template <class Dialect>
constexpr auto down = dt::down<Dialect, once<splitting>>;
using pg = dt::postgresql<15>;
using lite = dt::sqlite<3, 40>;
static_assert(up<pg>.size() == 9 && up<pg>[2].batch_key == 1 && up<pg>[3].in_client && up<pg>[4].in_client && !up<pg>[5].in_client);
static_assert(up<pg>[3].text ==
              "SELECT \"ctid\", \"cents\" FROM \"item\" WHERE ($1::bigint IS NULL OR (\"id\") > ($1::bigint)) AND (\"id\") <= "
              "($2::bigint) AND ((\"euros\" IS NULL OR \"rest\" IS NULL) AND \"cents\" IS NOT NULL) FOR NO KEY UPDATE");
static_assert(up<pg>[4].text == "UPDATE \"item\" SET \"euros\" = $2, \"rest\" = $3 WHERE \"ctid\" = $1");
static_assert(up<pg>[6].must_be_empty &&
              up<pg>[6].text == "SELECT 1 FROM \"item\" WHERE \"euros\" IS NULL OR \"rest\" IS NULL LIMIT 1");
static_assert(down<pg>[4].text ==
              "UPDATE \"item\" SET \"cents\" = $2, \"euros\" = NULL, \"rest\" = NULL WHERE \"ctid\" = $1");
static_assert(down<pg>[6].text == "SELECT 1 FROM \"item\" WHERE \"euros\" IS NOT NULL AND \"rest\" IS NOT NULL LIMIT 1");
static_assert(up<lite>.size() == 4 && up<lite>[0].batch_key == 1 && up<lite>[1].in_client && up<lite>[2].in_client &&
              up<lite>[3].must_be_empty);
static_assert(up<lite>[2].text == "UPDATE \"item\" SET \"euros\" = $2, \"rest\" = $3 WHERE rowid = CAST($1 AS INTEGER)");

}  // namespace
