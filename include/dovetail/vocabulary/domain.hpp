// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/vocabulary/identifier.hpp>

namespace dovetail {

/// What sort of values a domain holds. `nothing` is the empty set: what a column stores that nobody has written yet.
enum class family : unsigned char {
  nothing,
  unknown,  ///< of a C++ type that no rule knows
  boolean,
  number,   ///< exact: integers, and numbers with digits after the point
  binary,   ///< IEEE 754
  text,
  label,    ///< of an enumeration
  bytes,
  uuid,
  date,
  time,
  timestamp,    ///< without a zone
  timestamptz,
  interval,
  document,     ///< JSON
  array,
};

/// The end of a range of numbers. Numbers of any length are to be compared, numeric(1000) among them, and 64 bits hold
/// 19 digits: beyond, only the number of digits counts.
struct limit {
  bool negative = false;
  bool fraction = false;  ///< and whatever stands after its point
  int digits = 0;
  std::uint64_t magnitude = 0;  ///< of those of 20 digits that 64 bits hold, and of all shorter ones

  static constexpr int digits_of(std::uint64_t value) {
    int count = 0;
    for (; value != 0; value /= 10) ++count;
    return count;
  }
  constexpr limit() = default;
  constexpr limit(bool negative, std::uint64_t magnitude)
      : negative(negative && magnitude != 0), digits(digits_of(magnitude)), magnitude(magnitude) {}
  constexpr explicit limit(std::int64_t value)
      : limit(value < 0, value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)) {}
  /// The largest number of so many digits before the point, with or without some after it.
  static constexpr limit of_digits(int digits, bool fraction, bool negative) {
    limit l;
    l.negative = negative && (digits != 0 || fraction);
    l.fraction = fraction;
    l.digits = digits;
    if (digits < 20)
      for (int i = 0; i != digits; ++i) l.magnitude = l.magnitude * 10 + 9;
    else
      l.digits = digits + 1;  // beyond every limit that is known to the last digit
    return l;
  }

  friend constexpr bool operator<=(const limit& a, const limit& b) {
    if (a.negative != b.negative) return a.negative;
    const limit& smaller = a.negative ? b : a;
    const limit& larger = a.negative ? a : b;
    if (smaller.digits != larger.digits) return smaller.digits < larger.digits;
    if (smaller.magnitude != larger.magnitude) return smaller.magnitude < larger.magnitude;
    return !smaller.fraction || larger.fraction;
  }
};

/// A set of values: what a column may store, what a field holds, what a writer may send. In the notation of the
/// documentation, In(r) and Out(w) of a field.
struct domain {
  static constexpr int unlimited = 1 << 30;

  family kind = family::unknown;
  bool null = false;           ///< NULL is one of them
  bool decimal = false;        ///< number: digits that were declared, which nothing binary may stand for
  bool padded = false;         ///< text: blanks at the end come and go, as in char(n)
  bool closed = false;         ///< text: only `labels`
  bool any_label = false;      ///< label: others are held as the fallback
  bool infinite = false;       ///< date: also infinity and -infinity
  int scale = 0;               ///< number: digits after the point; times: digits of the second
  int mantissa = 0;            ///< binary: bits
  int length = unlimited;      ///< text: most characters; bytes: how many
  limit low;                   ///< number
  limit high;
  array_view<identifier> labels;     ///< label, and closed text; document: the types whose documents are of this one, too
  text_view pattern;           ///< text: a pattern that each value matches; empty for none
  text_view shape;             ///< document: the C++ type that it is the text of; empty for any
  const domain* element = nullptr;  ///< array

  constexpr bool has_label(const identifier& wanted) const {
    for (const identifier& each : labels)
      if (each == wanted) return true;
    return false;
  }
  /// Of a document: it may be of that type.
  constexpr bool has_shape(text_view wanted) const {
    return shape.empty() || shape == wanted || (!wanted.empty() && has_label(identifier(wanted)));
  }
};

namespace domains {

constexpr domain of(family kind) {
  domain d;
  d.kind = kind;
  return d;
}
/// Whole numbers of so many bits.
constexpr domain whole(int bits, bool is_signed) {
  domain d = of(family::number);
  const std::uint64_t half = std::uint64_t{1} << (bits - 1);
  d.high = limit(false, is_signed ? half - 1 : half - 1 + half);
  if (is_signed) d.low = limit(true, half);
  return d;
}
/// Numbers of so many digits, `scale` of them after the point.
constexpr domain digits(int precision, int scale) {
  domain d = of(family::number);
  d.decimal = true;
  d.scale = scale;
  d.low = limit::of_digits(precision - scale, scale != 0, true);
  d.high = limit::of_digits(precision - scale, scale != 0, false);
  return d;
}
constexpr domain ieee(int mantissa) {
  domain d = of(family::binary);
  d.mantissa = mantissa;
  return d;
}
constexpr domain characters(int length) {
  domain d = of(family::text);
  d.length = length;
  return d;
}
constexpr domain labels(array_view<identifier> labels) {
  domain d = of(family::label);
  d.labels = labels;
  return d;
}
/// Times, to so many digits of a second.
constexpr domain to_the(family kind, int scale) {
  domain d = of(kind);
  d.scale = scale;
  return d;
}

/// The characters of UTF-8 text, which varchar(n) counts.
constexpr int count_characters(text_view text) {
  int count = 0;
  for (char c : text)
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
  return count;
}

}  // namespace domains

/// In which respect a domain does not hold all values of another.
enum class respect : unsigned char {
  none,    ///< it holds them all
  kind,    ///< they are of another sort
  null,
  range,
  digits,  ///< of which some would be rounded or cut off, without a word
  length,
  label,
  pattern,
};

struct inclusion {
  respect fails = respect::none;
  text_view label;  ///< one that is missing

  constexpr explicit operator bool() const { return fails == respect::none; }
};

/// In which respects it is meant that some values are not held.
struct tolerance {
  bool errors = false;    ///< where that is seen when a value comes by
  bool rounding = false;

  constexpr bool of(respect what) const {
    return what == respect::digits ? rounding : errors && (what == respect::range || what == respect::length);
  }
};

/// Whether `outer` holds each value of `inner`, but for what is forgiven, and NULL aside; of an array's elements, NULL
/// as well.
constexpr inclusion includes(const domain& outer, const domain& inner, tolerance forgiven = {}) {
  using enum family;
  const auto fails = [&](bool failed, respect what) {
    return inclusion{failed && !forgiven.of(what) ? what : respect::none, {}};
  };
  const auto longest = [](array_view<identifier> labels) {
    int length = 0;
    for (const identifier& each : labels)
      if (const int characters = domains::count_characters(each); characters > length) length = characters;
    return length;
  };
  const auto all_labels = [&](respect what) {
    for (const identifier& each : inner.labels)
      if (!outer.has_label(each)) return inclusion{what, each};
    return inclusion{};
  };
  if (inner.kind == nothing) return {};
  if (outer.kind == inner.kind) switch (outer.kind) {
      case number:
        if (const inclusion digits = fails(outer.scale < inner.scale, respect::digits); !digits) return digits;
        return fails(!(outer.low <= inner.low && inner.high <= outer.high), respect::range);
      case binary: return fails(outer.mantissa < inner.mantissa, respect::digits);
      case text:
        if (outer.closed) return inner.closed ? all_labels(respect::label) : inclusion{respect::label, {}};
        if (const inclusion blanks = fails(outer.padded && !inner.padded, respect::digits); !blanks) return blanks;
        if (!outer.pattern.empty() && !(outer.pattern == inner.pattern)) return {respect::pattern, {}};
        return fails(outer.length < (inner.closed && !inner.padded ? longest(inner.labels) : inner.length),
                     respect::length);
      case label: return outer.any_label ? inclusion{} : all_labels(respect::label);
      case date: return fails(inner.infinite && !outer.infinite, respect::range);
      case time:
      case timestamp:
      case timestamptz: return fails(outer.scale < inner.scale, respect::digits);
      case document: return fails(!outer.has_shape(inner.shape), respect::range);
      case array:
        if (inner.element->null && !outer.element->null) return {respect::null, {}};
        return includes(*outer.element, *inner.element, forgiven);
      case boolean:
      case bytes: return fails(outer.length < inner.length, respect::length);
      case uuid:
      case interval: return {};
      case nothing:
      case unknown: break;
    }

  if (outer.kind == binary && inner.kind == number) {
    const limit most(false, std::uint64_t{1} << outer.mantissa);
    const limit least(true, std::uint64_t{1} << outer.mantissa);
    return fails(inner.decimal || inner.scale != 0 || !(inner.high <= most && least <= inner.low), respect::digits);
  }
  if (outer.kind == number && inner.kind == binary) {
    if (const inclusion digits = fails(true, respect::digits); !digits) return digits;
    // FLT_MAX and DBL_MAX have 39 and 309 digits.
    const limit most = limit::of_digits(inner.mantissa <= 24 ? 39 : 309, false, false);
    return fails(!(most <= outer.high), respect::range);
  }
  if (outer.kind == text && inner.kind == label) {
    if (outer.closed) return all_labels(respect::label);
    if (const inclusion blanks = fails(outer.padded, respect::digits); !blanks) return blanks;
    if (!outer.pattern.empty()) return {respect::pattern, {}};
    return fails(longest(inner.labels) > outer.length, respect::length);
  }
  if (outer.kind == label && inner.kind == text && inner.closed) {
    if (inner.padded) return {respect::kind, {}};  // a label with blanks behind it is another one
    return outer.any_label ? inclusion{} : all_labels(respect::label);
  }
  return {respect::kind, {}};
}

/// Fewer values than a type has: what a CHECK says of one column, in a form that is understood and not only sent to the
/// server, or what a writer promises of a field.
struct narrowing {
  enum class what : unsigned char { nothing, range, labels, length, pattern, finite };
  what kind = what::nothing;
  limit low;
  limit high;
  array_view<identifier> labels;
  int length = 0;
  text_view pattern;

  /// False where nothing is known of what the rule leaves of such a domain.
  constexpr bool apply(domain& d) const {
    switch (kind) {
      case what::nothing: return true;
      case what::range:
        if (d.kind != family::number) return false;
        if (d.low <= low) d.low = low;
        if (high <= d.high) d.high = high;
        return true;
      case what::labels:
        if (d.kind != family::text && d.kind != family::label) return false;
        d.closed = d.kind == family::text;
        d.labels = labels;
        return true;
      case what::length:
        // The server counts the characters of a char(n) without the blanks that it adds.
        if (d.kind != family::text || d.padded) return false;
        if (length < d.length) d.length = length;
        return true;
      case what::pattern:
        if (d.kind != family::text) return false;
        d.pattern = pattern;
        return true;
      case what::finite:
        d.infinite = false;
        return d.kind == family::date;
    }
    return false;
  }
  friend constexpr bool operator==(const narrowing& a, const narrowing& b) {
    const auto same = [](const limit& x, const limit& y) { return x <= y && y <= x; };
    return a.kind == b.kind && same(a.low, b.low) && same(a.high, b.high) && a.labels == b.labels &&
           a.length == b.length && a.pattern == b.pattern;
  }
};

/// What a column may store, as its writers make it grow: D of the documentation. Exact for NULL and labels, the convex
/// hull of ranges. It keeps its own labels.
class stored_values {
 public:
  constexpr domain all() const {
    domain d = all_;
    d.labels = labels_.all();
    return d;
  }

  /// Adds what a writer may send, or a default.
  constexpr void join(const domain& more) {
    const bool null = all_.null || more.null;
    if (all_.kind == family::nothing)
      all_ = more;
    else if (more.kind != family::nothing)
      widen(more);
    all_.null = null;
    for (const identifier& each : more.labels)
      if (!has(each)) labels_.push_back(each);
  }

 private:
  constexpr void widen(const domain& more) {
    const auto larger = [](int a, int b) { return a < b ? b : a; };
    const auto is_text = [](const domain& d) { return d.kind == family::text || d.kind == family::label; };
    const auto is_closed = [](const domain& d) { return d.kind == family::label || d.closed; };
    if (all_.kind != more.kind) {
      // Labels and text are text together; what else two sorts make is a sort of which nothing is known.
      const bool closed = is_closed(all_) && is_closed(more);
      all_.kind = is_text(all_) && is_text(more) ? family::text : family::unknown;
      all_.closed = closed;
      all_.length = domain::unlimited;
      all_.pattern = {};
      all_.padded = all_.padded || more.padded;
      return;
    }
    all_.closed = all_.closed && more.closed;
    all_.any_label = all_.any_label || more.any_label;
    all_.decimal = all_.decimal || more.decimal;
    all_.padded = all_.padded || more.padded;
    all_.infinite = all_.infinite || more.infinite;
    if (!(all_.pattern == more.pattern)) all_.pattern = {};
    if (all_.kind == family::document && !all_.has_shape(more.shape)) {
      all_.shape = more.has_shape(all_.shape) ? more.shape : text_view();
      all_.labels = more.labels;
    }
    all_.scale = larger(all_.scale, more.scale);
    all_.mantissa = larger(all_.mantissa, more.mantissa);
    all_.length = larger(all_.length, more.length);
    if (more.low <= all_.low) all_.low = more.low;
    if (all_.high <= more.high) all_.high = more.high;
    if (all_.kind != family::array) return;
    // The wider element; two that do not include each other make one of which nothing is known.
    const auto holds = [](const domain& a, const domain& b) { return includes(a, b) && (a.null || !b.null); };
    if (holds(*all_.element, *more.element)) return;
    if (holds(*more.element, *all_.element))
      all_.element = more.element;
    else
      all_.kind = family::unknown;
  }
  constexpr bool has(const identifier& label) const {
    for (const identifier& each : labels_)
      if (each == label) return true;
    return false;
  }

  domain all_ = domains::of(family::nothing);
  list<identifier> labels_;
};

}  // namespace dovetail
