// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/domain.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

namespace dt = dovetail;
using dt::domain;
using dt::family;
using dt::identifier;
using dt::limit;
using dt::narrowing;
using dt::respect;
using dt::stored_values;
namespace domains = dt::domains;

namespace {

constexpr bool same(const limit& a, const limit& b) { return a <= b && b <= a; }

// ---- Limits: these are in their order

constexpr limit ascending[]{
    limit::of_digits(1000, false, true),
    limit::of_digits(25, false, true),
    limit::of_digits(20, false, true),
    limit(true, UINT64_MAX),
    limit::of_digits(19, true, true),
    limit::of_digits(19, false, true),
    limit(INT64_MIN),
    limit(-INT64_MAX),
    limit(std::int64_t{-100}),
    limit::of_digits(2, true, true),
    limit(std::int64_t{-99}),
    limit(std::int64_t{-9}),
    limit::of_digits(0, true, true),
    limit(),
    limit::of_digits(0, true, false),
    limit(std::int64_t{1}),
    limit(std::int64_t{99}),
    limit::of_digits(2, true, false),
    limit(std::int64_t{100}),
    limit(INT64_MAX),
    limit(false, std::uint64_t{1} << 63),
    limit::of_digits(19, false, false),
    limit(false, 10'000'000'000'000'000'000U),
    limit(false, UINT64_MAX),
    limit::of_digits(20, false, false),
    limit::of_digits(21, false, false),
    limit::of_digits(1 << 30, false, false),
};
static_assert([] {
  for (std::size_t i = 0; i != std::size(ascending); ++i)
    for (std::size_t j = 0; j != std::size(ascending); ++j)
      if ((ascending[i] <= ascending[j]) != (i <= j)) return false;
  return true;
}());
static_assert(same(limit(true, 0), limit()) && same(limit(std::int64_t{0}), limit()), "there is one zero");
static_assert(same(limit::of_digits(3, false, true), limit(std::int64_t{-999})));
static_assert(same(limit::of_digits(0, false, true), limit()));

// ---- Domains

static_assert(same(domains::whole(8, true).low, limit(std::int64_t{-128})) &&
              same(domains::whole(8, true).high, limit(std::int64_t{127})));
static_assert(same(domains::whole(8, false).low, limit()) && same(domains::whole(8, false).high, limit(false, 255)));
static_assert(same(domains::whole(64, true).low, limit(INT64_MIN)) &&
              same(domains::whole(64, true).high, limit(INT64_MAX)));
static_assert(same(domains::whole(64, false).high, limit(false, UINT64_MAX)));
static_assert(domains::digits(5, 2).scale == 2 && domains::digits(5, 2).decimal && !domains::whole(32, true).decimal);
static_assert(same(domains::digits(5, 2).low, limit::of_digits(3, true, true)) &&
              same(domains::digits(5, 2).high, limit::of_digits(3, true, false)) &&
              same(domains::digits(5, 0).high, limit(std::int64_t{99999})));
static_assert(!domains::of(family::date).infinite);
static_assert(domains::count_characters("größe") == 5 && domains::count_characters("") == 0);
static_assert(!domain().has_label("a"));

// ---- Inclusion: of small sets, compared with what each value says

/// Numbers in tenths. A domain of no digits after the point holds whole ones.
constexpr bool holds(const domain& d, int tenths) {
  const auto within = [](const limit& l, int value, bool above) {
    int end = static_cast<int>(l.magnitude) * 10 + (l.fraction ? 9 : 0);
    if (l.negative) end = -end;
    return above ? end <= value : value <= end;
  };
  return (d.scale != 0 || tenths % 10 == 0) && within(d.low, tenths, true) && within(d.high, tenths, false);
}
constexpr limit small_limit(int value, bool fraction) {
  limit l(value < 0, static_cast<std::uint64_t>(value < 0 ? -value : value));
  l.fraction = fraction;
  return l;
}
/// Whole numbers, and tenths with ends of both sorts: [-1, 0], [-1.9, 1], …
constexpr std::size_t small_numbers = 24;
constexpr domain small_number(std::size_t i) {
  constexpr int ends[][2]{{-1, -1}, {-1, 0}, {-1, 1}, {0, 0}, {0, 1}, {1, 1}};
  const int* const end = ends[i % 6];
  domain d = domains::of(family::number);
  d.scale = i < 6 ? 0 : 1;
  // -0.9 is below 0 and needs its sign.
  d.low = small_limit(end[0], (i / 6 & 1U) != 0 && end[0] < 0);
  d.high = small_limit(end[1], (i / 6 & 2U) != 0 && end[1] >= 0);
  return d;
}
/// A universe of texts: two that are labels, and one of each length that is not.
constexpr dt::text_view texts[]{"a", "bb", "", "z", "zz", "zzz"};
constexpr identifier two_labels[]{"a", "bb"};
constexpr bool holds(const domain& d, dt::text_view text) {
  if (d.kind == family::label || d.closed) return d.has_label(text);
  return static_cast<int>(text.size()) <= d.length;
}
/// Sets of labels, as an enumeration and as text; and all text of at most 0 to 3 characters.
constexpr std::size_t small_texts = 10;
constexpr domain small_text(std::size_t i) {
  if (i >= 6) return domains::characters(static_cast<int>(i) - 6);
  domain d = domains::labels({two_labels + (i % 3 == 1 ? 1 : 0), i % 3 == 2 ? 2U : 1U});
  if (i >= 3) {
    d.kind = family::text;
    d.closed = true;
  }
  return d;
}
constexpr bool is_open(const domain& d) { return d.kind == family::text && !d.closed; }

constexpr bool number_rows_agree(std::size_t i) {
  const domain outer = small_number(i);
  for (std::size_t j = 0; j != small_numbers; ++j) {
    const domain inner = small_number(j);
    bool all = outer.scale >= inner.scale;  // a type of no digits after the point holds none, also where there are none
    for (int tenths = -20; tenths <= 20; ++tenths) all = all && (!holds(inner, tenths) || holds(outer, tenths));
    if (bool(includes(outer, inner)) != all) return false;
  }
  return true;
}
constexpr bool text_rows_agree(std::size_t i) {
  const domain outer = small_text(i);
  for (std::size_t j = 0; j != small_texts; ++j) {
    const domain inner = small_text(j);
    bool all = !(outer.kind == family::label && is_open(inner));  // which label it is, its type does not tell
    for (dt::text_view text : texts) all = all && (!holds(inner, text) || holds(outer, text));
    if (bool(includes(outer, inner)) != all) return false;
  }
  return true;
}
template <std::size_t... I>
constexpr bool numbers_agree(std::index_sequence<I...>) {
  constexpr bool rows[]{std::bool_constant<number_rows_agree(I)>::value...};  // an evaluation each
  for (bool row : rows)
    if (!row) return false;
  return true;
}
template <std::size_t... I>
constexpr bool texts_agree(std::index_sequence<I...>) {
  constexpr bool rows[]{std::bool_constant<text_rows_agree(I)>::value...};
  for (bool row : rows)
    if (!row) return false;
  return true;
}
static_assert(numbers_agree(std::make_index_sequence<small_numbers>()));
static_assert(texts_agree(std::make_index_sequence<small_texts>()));

// ---- In which respect it fails

constexpr respect fault(const domain& outer, const domain& inner, dt::tolerance forgiven = {}) {
  return includes(outer, inner, forgiven).fails;
}
constexpr domain text(int length) { return domains::characters(length); }
constexpr domain padded(int length) {
  domain d = text(length);
  d.padded = true;
  return d;
}
constexpr domain closed(std::size_t labels) {
  domain d = text(domain::unlimited);
  d.closed = true;
  d.labels = {two_labels, labels};
  return d;
}
constexpr domain like(dt::text_view pattern) {
  domain d = text(9);
  d.pattern = pattern;
  return d;
}
constexpr domain document(dt::text_view shape) {
  domain d = domains::of(family::document);
  d.shape = shape;
  return d;
}
constexpr domain date(bool infinite) {
  domain d = domains::of(family::date);
  d.infinite = infinite;
  return d;
}

static_assert(fault(domains::whole(32, true), domains::whole(64, true)) == respect::range);
static_assert(fault(domains::whole(64, true), domains::digits(5, 2)) == respect::digits);
static_assert(fault(domains::digits(5, 2), domains::digits(6, 2)) == respect::range &&
              fault(domains::digits(5, 2), domains::digits(6, 3)) == respect::digits);
static_assert(fault(text(3), text(4)) == respect::length && fault(closed(1), text(1)) == respect::label &&
              fault(closed(1), closed(2)) == respect::label && includes(closed(1), closed(2)).label == "bb");
static_assert(fault(text(9), padded(9)) == respect::none && fault(padded(9), text(9)) == respect::digits &&
              fault(padded(9), padded(9)) == respect::none && fault(text(9), padded(10)) == respect::length);
static_assert(fault(like("a%"), like("a%")) == respect::none && fault(like("a%"), like("b%")) == respect::pattern &&
              fault(text(9), like("a%")) == respect::none && fault(like("a%"), text(1)) == respect::pattern &&
              fault(like("a%"), domains::labels(two_labels)) == respect::pattern);
static_assert(fault(domains::labels(two_labels), text(1)) == respect::kind &&
              fault(padded(9), domains::labels(two_labels)) == respect::digits &&
              fault(text(1), domains::labels(two_labels)) == respect::length);
// char(n) under a check of its labels: they are read with blanks.
constexpr domain padded_labels = [] {
  domain d = closed(2);
  d.padded = true;
  d.length = 4;
  return d;
}();
static_assert(fault(domains::labels(two_labels), padded_labels) == respect::kind &&
              fault(text(3), padded_labels) == respect::length && fault(text(4), padded_labels) == respect::none);
constexpr domain with_fallback = [] {
  domain d = domains::labels({two_labels, 1});
  d.any_label = true;
  return d;
}();
static_assert(fault(with_fallback, domains::labels(two_labels)) == respect::none &&
                  fault(with_fallback, closed(2)) == respect::none &&
                  fault(domains::labels({two_labels, 1}), with_fallback) == respect::none,
              "it is never sent");

static_assert(fault(domains::ieee(24), domains::ieee(53)) == respect::digits &&
              fault(domains::ieee(53), domains::ieee(24)) == respect::none);
static_assert(fault(domains::ieee(24), domains::whole(16, true)) == respect::none &&
              fault(domains::ieee(24), domains::whole(32, true)) == respect::digits &&
              fault(domains::ieee(53), domains::whole(32, true)) == respect::none &&
              fault(domains::ieee(53), domains::whole(64, true)) == respect::digits &&
              fault(domains::ieee(53), domains::digits(1, 0)) == respect::digits);
constexpr domain far_below = [] {
  domain d = domains::whole(32, true);
  d.high = limit();
  return d;
}();
static_assert(fault(domains::ieee(24), far_below) == respect::digits);
static_assert(fault(domains::whole(64, true), domains::ieee(24)) == respect::digits);
static_assert(fault(domains::ieee(53), text(1)) == respect::kind &&
              fault(text(9), domains::ieee(24)) == respect::kind &&
              fault(domains::whole(8, true), text(1)) == respect::kind &&
              fault(text(9), domains::whole(8, true)) == respect::kind);
static_assert(fault(date(false), date(true)) == respect::range && fault(date(true), date(false)) == respect::none &&
              fault(date(false), date(false)) == respect::none && fault(date(true), date(true)) == respect::none);
static_assert(fault(domains::to_the(family::time, 3), domains::to_the(family::time, 6)) == respect::digits &&
              fault(domains::to_the(family::time, 6), domains::to_the(family::time, 3)) == respect::none);
static_assert(fault(domains::to_the(family::timestamp, 6), domains::to_the(family::timestamptz, 6)) == respect::kind);
static_assert(fault(document("a"), document("a")) == respect::none &&
              fault(document("a"), document("b")) == respect::range &&
              fault(document("a"), document("")) == respect::range &&
              fault(document(""), document("a")) == respect::none);

// Of one kind alone.
constexpr family plain[]{family::boolean, family::bytes, family::uuid, family::interval};
static_assert([] {
  for (family a : plain)
    for (family b : plain)
      if (fault(domains::of(a), domains::of(b)) != (a == b ? respect::none : respect::kind)) return false;
  return true;
}());
// Nothing is in everything; of what is not known, nothing is known.
static_assert(fault(domains::of(family::bytes), domains::of(family::nothing)) == respect::none &&
              fault(domains::of(family::nothing), domains::of(family::bytes)) == respect::kind &&
              fault(domain(), domains::of(family::nothing)) == respect::none &&
              fault(domain(), domain()) == respect::kind && fault(domain(), text(1)) == respect::kind &&
              fault(text(1), domain()) == respect::kind);

// NULL counts in elements only.
constexpr domain nullable(domain d) {
  d.null = true;
  return d;
}
static_assert(fault(text(3), nullable(text(3))) == respect::none);
constexpr domain elements[]{text(3), nullable(text(3)), text(4), nullable(text(4)), domains::of(family::uuid)};
constexpr domain array_of(std::size_t i) {
  domain d = domains::of(family::array);
  d.element = elements + i;
  return d;
}
static_assert(fault(array_of(0), array_of(0)) == respect::none && fault(array_of(0), array_of(1)) == respect::null &&
              fault(array_of(1), array_of(0)) == respect::none && fault(array_of(1), array_of(2)) == respect::length &&
              fault(array_of(0), array_of(4)) == respect::kind && fault(array_of(0), text(3)) == respect::kind);

// ---- What is forgiven, and what is found beneath it

constexpr dt::tolerance errors{true, false};
constexpr dt::tolerance rounding{false, true};
constexpr dt::tolerance both{true, true};
constexpr bool faults(const domain& outer, const domain& inner, respect with_errors, respect with_rounding,
                      respect with_both) {
  return fault(outer, inner, errors) == with_errors && fault(outer, inner, rounding) == with_rounding &&
         fault(outer, inner, both) == with_both;
}
static_assert(faults(domains::whole(32, true), domains::whole(64, true), respect::none, respect::range, respect::none));
static_assert(faults(domains::whole(64, true), domains::digits(5, 2), respect::digits, respect::none, respect::none));
static_assert(faults(domains::whole(8, true), domains::digits(5, 2), respect::digits, respect::range, respect::none));
static_assert(faults(text(3), text(4), respect::none, respect::length, respect::none));
static_assert(faults(padded(3), text(4), respect::digits, respect::length, respect::none));
static_assert(faults(padded(1), domains::labels(two_labels), respect::digits, respect::length, respect::none));
static_assert(faults(domains::digits(38, 0), domains::ieee(24), respect::digits, respect::range, respect::none) &&
              faults(domains::digits(39, 0), domains::ieee(24), respect::digits, respect::none, respect::none) &&
              faults(domains::digits(308, 0), domains::ieee(53), respect::digits, respect::range, respect::none) &&
              faults(domains::digits(309, 0), domains::ieee(53), respect::digits, respect::none, respect::none));
static_assert(faults(array_of(0), array_of(2), respect::none, respect::length, respect::none));
static_assert(faults(closed(1), closed(2), respect::label, respect::label, respect::label) &&
              faults(like("a%"), text(1), respect::pattern, respect::pattern, respect::pattern) &&
              faults(text(1), domains::of(family::uuid), respect::kind, respect::kind, respect::kind));

// ---- Narrowings

constexpr narrowing range{narrowing::what::range, limit(std::int64_t{-5}), limit(std::int64_t{5}), {}, 0, {}};
constexpr narrowing labels{narrowing::what::labels, {}, {}, two_labels, 0, {}};
constexpr narrowing length{narrowing::what::length, {}, {}, {}, 2, {}};
constexpr narrowing pattern{narrowing::what::pattern, {}, {}, {}, 0, "a%"};
constexpr narrowing finite{narrowing::what::finite, {}, {}, {}, 0, {}};

struct applied {
  domain d;
  bool understood;

  constexpr applied(const narrowing& rule, const domain& from) : d(from), understood(rule.apply(d)) {}
};
static_assert(applied(range, domains::whole(8, true)).understood &&
              same(applied(range, domains::whole(8, true)).d.low, limit(std::int64_t{-5})) &&
              same(applied(range, domains::whole(8, true)).d.high, limit(std::int64_t{5})));
static_assert(same(applied(range, domains::whole(8, false)).d.low, limit()), "it leaves no more than there was");
static_assert(same(applied(range, domains::digits(1, 1)).d.high, limit::of_digits(0, true, false)) &&
                  same(applied(range, domains::digits(2, 1)).d.high, limit(std::int64_t{5})),
              "5, and not 5.9");
static_assert(applied(labels, text(9)).understood && applied(labels, text(9)).d.closed &&
              applied(labels, text(9)).d.has_label("bb"));
static_assert(applied(labels, domains::labels({two_labels, 1})).d.has_label("bb") &&
              !applied(labels, domains::labels({two_labels, 1})).d.closed);
static_assert(applied(length, text(9)).understood && applied(length, text(9)).d.length == 2 &&
              applied(length, text(1)).d.length == 1);
static_assert(!applied(length, padded(9)).understood && applied(length, padded(9)).d.length == 9);
static_assert(applied(pattern, text(9)).understood && applied(pattern, text(9)).d.pattern == "a%");
static_assert(applied(finite, date(true)).understood && !applied(finite, date(true)).d.infinite);
static_assert(applied(narrowing(), text(9)).understood);
// Of these nothing is known: the check is for the server.
static_assert(!applied(range, domains::ieee(53)).understood && !applied(range, text(9)).understood &&
              !applied(labels, domains::whole(8, true)).understood &&
              !applied(length, domains::labels(two_labels)).understood &&
              !applied(pattern, domains::labels(two_labels)).understood &&
              !applied(finite, domains::ieee(53)).understood);

constexpr narrowing all_rules[]{range,
                                labels,
                                length,
                                pattern,
                                finite,
                                narrowing(),
                                {narrowing::what::range, limit(std::int64_t{-5}), limit(std::int64_t{6}), {}, 0, {}},
                                {narrowing::what::range, limit(std::int64_t{-4}), limit(std::int64_t{5}), {}, 0, {}},
                                {narrowing::what::labels, {}, {}, {two_labels, 1}, 0, {}},
                                {narrowing::what::length, {}, {}, {}, 3, {}},
                                {narrowing::what::pattern, {}, {}, {}, 0, "b%"}};
static_assert([] {
  for (std::size_t i = 0; i != std::size(all_rules); ++i)
    for (std::size_t j = 0; j != std::size(all_rules); ++j)
      if ((all_rules[i] == all_rules[j]) != (i == j)) return false;
  return true;
}());

// ---- What is stored: both, and of numbers no more than the hull of both

constexpr domain joined(const domain& a, const domain& b) {
  stored_values stored;
  stored.join(a);
  stored.join(b);
  domain all = stored.all();
  all.labels = {};  // which are gone with it
  return all;
}
static_assert([] {
  for (std::size_t i = 0; i != small_numbers; ++i)
    for (std::size_t j = 0; j != small_numbers; ++j) {
      const domain a = small_number(i);
      const domain b = small_number(j);
      const domain all = joined(a, b);
      const limit& low = a.low <= b.low ? a.low : b.low;
      const limit& high = a.high <= b.high ? b.high : a.high;
      if (!includes(all, a) || !includes(all, b) || !same(all.low, low) || !same(all.high, high)) return false;
      if (all.scale != (a.scale == 0 && b.scale == 0 ? 0 : 1)) return false;
    }
  return true;
}());
static_assert([] {
  for (std::size_t i = 0; i != small_texts; ++i)
    for (std::size_t j = 0; j != small_texts; ++j) {
      const domain a = small_text(i);
      const domain b = small_text(j);
      stored_values stored;
      stored.join(a);
      stored.join(b);
      const domain all = stored.all();
      const bool label = a.kind == family::label && b.kind == family::label;
      if (all.kind != (label ? family::label : family::text)) return false;
      for (dt::text_view text : texts) {
        const bool either = holds(a, text) || holds(b, text);
        // Exact for labels; text that is open on one side is open.
        if (either ? !holds(all, text) : holds(all, text) && !is_open(a) && !is_open(b)) return false;
      }
    }
  return true;
}());
static_assert(stored_values().all().kind == family::nothing && !stored_values().all().null);
static_assert(joined(domains::of(family::nothing), text(2)).length == 2 &&
              joined(text(2), domains::of(family::nothing)).length == 2);
static_assert(joined(nullable(domains::of(family::nothing)), text(2)).null &&
              joined(text(2), nullable(domains::of(family::nothing))).null && joined(text(2), nullable(text(2))).null &&
              !joined(text(2), text(2)).null);
static_assert(joined(text(2), text(3)).length == 3 && joined(text(3), text(2)).length == 3 &&
              joined(text(2), domains::labels(two_labels)).length == domain::unlimited);
static_assert(joined(text(2), padded(2)).padded && joined(padded(2), domains::labels(two_labels)).padded &&
              joined(domains::labels(two_labels), padded(2)).padded && !joined(text(2), text(2)).padded);
static_assert(joined(like("a%"), like("a%")).pattern == "a%" && joined(like("a%"), like("b%")).pattern.empty() &&
              joined(like("a%"), domains::labels(two_labels)).pattern.empty());
static_assert(joined(document("a"), document("a")).shape == "a" && joined(document("a"), document("")).shape.empty());
static_assert(joined(date(false), date(true)).infinite && !joined(date(false), date(false)).infinite);
static_assert(joined(domains::ieee(24), domains::ieee(53)).mantissa == 53 &&
              joined(domains::to_the(family::time, 3), domains::to_the(family::time, 6)).scale == 6);
static_assert(joined(domains::whole(16, true), domains::digits(3, 0)).decimal &&
              !joined(domains::whole(16, true), domains::whole(8, true)).decimal);
static_assert(joined(domains::labels({two_labels, 1}), with_fallback).any_label);
static_assert(joined(text(2), domains::of(family::uuid)).kind == family::unknown &&
              joined(domains::whole(8, true), domains::ieee(24)).kind == family::unknown);
static_assert(joined(array_of(0), array_of(3)).element == elements + 3 &&
              joined(array_of(3), array_of(0)).element == elements + 3 &&
              joined(array_of(0), array_of(2)).element == elements + 2 &&
              joined(array_of(1), array_of(0)).element == elements + 1 &&
              joined(array_of(1), array_of(2)).kind == family::unknown &&
              joined(array_of(0), array_of(4)).kind == family::unknown);
// It keeps its labels, also when it is copied.
static_assert([] {
  stored_values copy;
  {
    stored_values stored;
    stored.join(domains::labels({two_labels, 1}));
    stored.join(domains::labels({two_labels, 1}));
    copy = stored;
  }
  return copy.all().labels.size() == 1 && copy.all().has_label("a") && !copy.all().has_label("bb");
}());

}  // namespace
