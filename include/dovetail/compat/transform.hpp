// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <dovetail/change/data.hpp>
#include <dovetail/change/migration.hpp>
#include <dovetail/compat/check.hpp>
#include <dovetail/compat/unit.hpp>

/// Transformations of rows by constexpr functions of C++. All are templates: who transforms no rows does not pay for them.
namespace dovetail {

namespace model {

/// A transformation as a value: what is wrong with it on a table, and what is done there and on the way back.
struct transformation {
  void (*check)(const schema&, const table&, const finding& proto, list<finding>& out);
  const data_change* up;
  const data_change* down;
};

namespace changes {

struct transform {
  static constexpr text_view name = "transform";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) { apply_half(d, c, *c.data->transformed->up); }
  static constexpr void apply_half(auto& d, const change& c, const data_change& half) {
    const table* t = target_table(d, c);
    if (t == nullptr) return;
    c.data->transformed->check(d.base(), *t, d.proto(), d.findings);
    d.change_data(operation::what::update_rows, c.table, half);
  }
  static constexpr change inverse(const auto&, const auto&);
  static constexpr text_view left_undone(const auto&, const auto&, const auto&) { return {}; }
};
struct transform_back {
  static constexpr text_view name = "transform_back";
  static constexpr bool changes_rows = true;

  static constexpr void apply(auto& d, const change& c) { transform::apply_half(d, c, *c.data->transformed->down); }
  static constexpr change inverse(const auto& c, const auto&) {
    change undone = c;
    undone.kind = &kind_of<transform>;
    return undone;
  }
  static constexpr text_view left_undone(const auto&, const auto&, const auto&) { return {}; }
};
constexpr change transform::inverse(const auto& c, const auto&) {
  change undone = c;
  undone.kind = &kind_of<transform_back>;
  return undone;
}

}  // namespace changes
}  // namespace model

namespace detail {

// Values at the borders of what a type holds: `count` of them, `make(i)`, and whether a column stores that one. The first
// is the plainest, which the other fields of a row have meanwhile.

template <class T>
struct borders {
  static constexpr std::size_t count = 0;
};

template <>
struct borders<bool> {
  static constexpr std::size_t count = 2;
  static constexpr bool make(std::size_t i) { return i == 1; }
  static constexpr bool fits(const domain&, std::size_t) { return true; }
};

/// 0, 1, -1, and the ends of each SQL type of integers that T holds, since its column may be a narrower one.
template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct borders<T> {
  static constexpr std::size_t narrowest = sizeof(T) == 1 ? 8 : 16;
  static constexpr std::size_t widths = sizeof(T) == 8 ? 3 : sizeof(T) == 4 ? 2 : 1;
  static constexpr std::size_t count = 3 + 2 * widths;
  static constexpr T make(std::size_t i) {
    if (i < 2) return static_cast<T>(i);
    if (i == 2) return std::is_signed_v<T> ? static_cast<T>(-1) : T{2};
    const std::size_t bits = narrowest << (i - 3) / 2;
    const std::uint64_t half = (std::uint64_t{1} << (bits - 1)) - 1;
    if ((i - 3) % 2 == 0) return static_cast<T>(half);
    if constexpr (std::is_signed_v<T>)
      return static_cast<T>(-static_cast<std::int64_t>(half) - 1);
    else
      return static_cast<T>(2 * half + 1);
  }
  static constexpr bool fits(const domain& d, std::size_t i) {
    const T value = make(i);
    const limit l = value < T{} ? limit(static_cast<std::int64_t>(value)) : limit(false, static_cast<std::uint64_t>(value));
    return d.low <= l && l <= d.high;
  }
};

template <class T>
  requires std::is_floating_point_v<T>
struct borders<T> {
  static constexpr bool narrow = std::is_same_v<T, float>;
  static constexpr T largest = narrow ? static_cast<T>(__FLT_MAX__) : static_cast<T>(__DBL_MAX__);
  static constexpr T smallest = narrow ? static_cast<T>(__FLT_MIN__) : static_cast<T>(__DBL_MIN__);
  static constexpr std::size_t count = 7;
  static constexpr T make(std::size_t i) {
    constexpr T all[]{0, static_cast<T>(-0.0), 1, -1, largest, -largest, smallest};
    return all[i];
  }
  static constexpr bool fits(const domain& d, std::size_t i) {
    return i == 0 || (d.kind == family::binary && (i < 4 || d.mantissa >= (narrow ? 24 : 53)));
  }
};

template <int Precision, int Scale>
struct borders<decimal<Precision, Scale>> {
  static constexpr std::size_t count = 5;
  static constexpr std::int64_t power(int n) {
    std::int64_t result = 1;
    while (n-- != 0) result *= 10;
    return result;
  }
  static constexpr decimal<Precision, Scale> make(std::size_t i) {
    constexpr std::int64_t all[]{0, 1, -1, power(Precision) - 1, 1 - power(Precision)};
    return {all[i]};
  }
  static constexpr bool fits(const domain& d, std::size_t i) {
    const std::int64_t units = make(i).units;
    limit l(units / power(Scale));
    l.fraction = units % power(Scale) != 0;
    return d.low <= l && l <= d.high;
  }
};

template <class T>
  requires(std::is_enum_v<T> && !std::is_convertible_v<T, int>)
struct borders<T> {
  static constexpr std::size_t count = enumerators<T>::all.size;
  static constexpr T make(std::size_t i) { return enumerators<T>::all.values[i]; }
  static constexpr bool fits(const domain& d, std::size_t i) {
    return (d.kind != family::label && !d.closed) || d.has_label(enumerators<T>::all.labels[i]);
  }
};

/// Text that can be made of characters: that of the standard library, and what has its shape.
template <class T>
concept is_made_of_text = requires(const T& value, const char* from, std::size_t size) {
  T(from, size);
  value.data();
  value.size();
  typename T::traits_type;
};
template <class T>
  requires is_made_of_text<T>
struct borders<T> {
  static constexpr std::size_t longest =
      field_type_of<T>.holds.length < 255 ? static_cast<std::size_t>(field_type_of<T>.holds.length) : 255;
  static constexpr text_view texts[5]{"", "a", "\xC3\xA4", " a  b ", "Zo\xC3\xAB \xE6\x97\xA5\xE6\x9C\xAC"};
  static constexpr std::size_t lengths[4]{10, 50, 100, longest};
  static constexpr std::size_t count = 9;
  static constexpr std::size_t length(std::size_t i) {
    return i < 5 ? static_cast<std::size_t>(domains::count_characters(texts[i])) : lengths[i - 5];
  }
  static constexpr T make(std::size_t i) {
    char all[longest + 1]{};
    for (char& c : all) c = 'x';
    text_view text(all, length(i));
    if (i < 5) text = texts[i];
    if (length(i) > longest) text = {};
    return T(text.data(), text.size());  // one for all: g++ 12 cannot evaluate two strings of which one is returned
  }
  static constexpr bool fits(const domain& d, std::size_t i) {
    if (length(i) > longest || length(i) > static_cast<std::size_t>(d.length) || !d.pattern.empty()) return false;
    if (d.closed) return i < 5 && d.has_label(identifier(texts[i]));
    return !d.padded || i != 3;
  }
};

template <class T>
  requires(is_checked<T> || is_approximate<T>)
struct borders<T> {
  using inside = borders<decltype(T::value)>;
  static constexpr std::size_t count = inside::count;
  static constexpr T make(std::size_t i) { return T(inside::make(i)); }
  static constexpr bool fits(const domain& d, std::size_t i) { return inside::fits(d, i); }
};

template <class T>
  requires is_optional<T>
struct borders<T> {
  using inside = borders<std::remove_cv_t<typename T::value_type>>;
  static constexpr std::size_t count = inside::count + 1;
  static constexpr T make(std::size_t i) {
    T value;
    if constexpr (inside::count != 0)
      if (i != 0) value = inside::make(i - 1);
    return value;
  }
  static constexpr bool fits([[maybe_unused]] const domain& d, std::size_t i) {
    if constexpr (inside::count != 0)
      if (i != 0) return inside::fits(d, i - 1);
    return d.null;
  }
};

// Values in messages.

constexpr void put_quoted(text_buffer& out, text_view text) {
  constexpr std::size_t shown = 40;
  std::size_t end = text.size();
  if (end > shown) end = shown;
  while (end != text.size() && end != 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  out << '"';
  for (char c : text.substr(0, end)) out << (static_cast<unsigned char>(c) < 0x20U ? '?' : c);
  out << '"';
  if (end != text.size()) out << "... of " << domains::count_characters(text) << " characters";
}
template <class T>
constexpr void put_binary(text_buffer& out, T value) {
  constexpr T exact = 9007199254740992;
  if (!(value == value)) {
    out << "NaN";
  } else if (value < T{} || (value == T{} && __builtin_copysign(1.0, static_cast<double>(value)) < 0)) {
    put_binary(out << '-', -value);
  } else if (value > borders<T>::largest) {
    out << "infinity";
  } else if (value == borders<T>::largest) {
    out << "the largest number";
  } else if (value != T{} && (value >= exact || value < static_cast<T>(0.000001))) {
    out << (value >= exact ? text_view("a number beyond 2^53") : text_view("a number very near to 0"));
  } else {
    const auto whole = static_cast<std::int64_t>(value);
    auto rest = static_cast<std::int64_t>((value - static_cast<T>(whole)) * 1000000);
    out << whole;
    if (rest == 0) return;
    out << '.';
    for (std::int64_t digit = 100000; rest != 0; rest %= digit, digit /= 10) out << rest / digit;
  }
}
template <class T>
constexpr void put_value(text_buffer& out, const T& value) {
  if constexpr (is_checked<T> || is_approximate<T>) {
    put_value(out, value.value);
  } else if constexpr (is_optional<T>) {
    if (value.has_value())
      put_value(out, *value);
    else
      out << "NULL";
  } else if constexpr (std::is_same_v<T, bool>) {
    out << (value ? text_view("true") : text_view("false"));
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    out << static_cast<std::int64_t>(value);
  } else if constexpr (std::is_integral_v<T>) {
    out << static_cast<std::uint64_t>(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    put_binary(out, value);
  } else if constexpr (is_decimal<T>) {
    out << value.units << " units of " << field_type_of<T>.spelled;
  } else if constexpr (std::is_enum_v<T>) {
    for (std::size_t i = 0; i != enumerators<T>::all.size; ++i)
      if (enumerators<T>::all.values[i] == value) put_quoted(out, enumerators<T>::all.labels[i]);
  } else if constexpr (is_made_of_text<T>) {
    put_quoted(out, {value.data(), value.size()});
  } else {
    out << "a value";
  }
}

// The functions.

template <class F>
struct function_of : function_of<decltype(&F::operator())> {};
template <class To, class From>
struct function_of<To (*)(From)> {
  using from = std::remove_cvref_t<From>;
  using to = std::remove_cvref_t<To>;
};
template <class To, class From>
struct function_of<To (*)(From) noexcept> : function_of<To (*)(From)> {};
template <class F, class To, class From>
struct function_of<To (F::*)(From) const> : function_of<To (*)(From)> {};
template <class F, class To, class From>
struct function_of<To (F::*)(From) const noexcept> : function_of<To (*)(From)> {};

template <auto Up, auto Down>
concept undoes = requires {
  typename function_of<decltype(Up)>::from;
  typename function_of<decltype(Down)>::from;
  requires std::is_same_v<typename function_of<decltype(Up)>::from, typename function_of<decltype(Down)>::to>;
  requires std::is_same_v<typename function_of<decltype(Up)>::to, typename function_of<decltype(Down)>::from>;
};
template <bool Right>
struct transform_parameter {
  static_assert(Right,
                "[dovetail/SC_TYPE] transform takes two functions, whole -> parts and parts -> whole, of structs of columns");
};
template <class Samples>
inline constexpr bool are_samples = false;

/// A function without parameters whose result is known at compile time. It may throw, overflow or be no constexpr function
/// at all: then the template argument is no constant, which is no error here.
template <class Work>
concept is_constant = requires { typename std::integral_constant<int, (Work::run(), 0)>; };

/// What a transformation makes of a value and back.
enum class round_trip : unsigned char { restored, changed, unmade, up_fails, down_fails };
struct verdict {
  round_trip what = round_trip::restored;
  std::size_t field = 0;  ///< the first that has changed
};

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
/// The borders of a field: how many, and whether a column stores one of them.
struct border_facts {
  std::size_t count = 0;
  bool (*fits)(const domain&, std::size_t) = nullptr;
};
template <std::size_t Fields>
struct field_borders {
  border_facts array[Fields + 1];
};
/// Of no row: the types of its fields are all that counts, and nothing of a row that is never made may get into a program.
template <class Row>
consteval auto find_borders() {
  field_borders<row_of<Row>.fields.size()> all{};
  visit_fields(never_made<Row>.value, [&](auto field, const auto& never) {
    using type = borders<std::remove_cvref_t<decltype(never)>>;
    if constexpr (type::count != 0) all.array[field] = {type::count, &type::fits};
  });
  return all;
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

/// The rows that are tried: the samples, or the plainest row where there are none; then each field with each of its
/// borders, while the others are as in the first of those.
template <class Row, class Samples>
struct tried_rows {
  static constexpr std::size_t fields = row_of<Row>.fields.size();
  static constexpr std::size_t samples = Samples::count == 0 ? 1 : Samples::count;

  static constexpr field_borders<fields> borders_of_fields = find_borders<Row>();
  struct layout {
    std::size_t first[fields + 1]{};  ///< where the rows of each field begin
  };
  static constexpr layout rows = [] {
    layout l;
    std::size_t next = samples;
    for (std::size_t i = 0; i != fields; ++i) {
      l.first[i] = next;
      next += borders_of_fields.array[i].count;
    }
    l.first[fields] = next;
    return l;
  }();
  static constexpr std::size_t count = rows.first[fields];

  /// The field that row `n` is about. Precondition: it is no sample.
  static constexpr std::size_t field_of(std::size_t n) {
    std::size_t field = 0;
    while (rows.first[field + 1] <= n) ++field;
    return field;
  }
  static constexpr Row first() {
    if constexpr (Samples::count != 0) {
      return Samples::template make<Row>(0);
    } else {
      Row row{};
      visit_fields(row, [](auto, auto& field) {
        using type = borders<std::remove_cvref_t<decltype(field)>>;
        if constexpr (type::count != 0) field = type::make(0);
      });
      return row;
    }
  }
  static constexpr Row make(std::size_t n) {
    if constexpr (Samples::count != 0)
      if (n < samples) return Samples::template make<Row>(n);
    Row row = first();
    if (n < samples) return row;
    visit_fields(row, [&](auto i, auto& field) {
      using type = borders<std::remove_cvref_t<decltype(field)>>;
      if constexpr (type::count != 0)
        if (rows.first[i] <= n && n < rows.first[i + 1]) field = type::make(n - rows.first[i]);
    });
    return row;
  }
  /// Whether a column stores border `i` of a field.
  static constexpr bool fits(std::size_t field, std::size_t i, const domain& d) {
    const border_facts& facts = borders_of_fields.array[field];
    return facts.fits == nullptr || facts.fits(d, i);
  }
};

/// The first field in which two rows differ, or their number.
template <class Row>
constexpr std::size_t find_difference(const Row& a, const Row& b) {
  std::size_t found = row_of<Row>.fields.size();
  visit_fields(a, [&](auto i, const auto& x) {
    visit_fields(b, [&](auto k, const auto& y) {
      if constexpr (std::size_t{i} == std::size_t{k})
        if (!(x == y) && i < found) found = i;
    });
  });
  return found;
}
template <class Row>
constexpr void put_field(text_buffer& out, const Row& row, std::size_t wanted) {
  visit_fields(row, [&](auto i, const auto& field) {
    if (std::size_t{i} == wanted) put_value(out, field);
  });
}

/// That down(up(x)) = x, for all rows that are tried. Where that is so, one evaluation says it; else each row is looked at
/// by itself.
template <auto Up, auto Down, class Samples>
struct round_trips {
  using row = typename function_of<decltype(Up)>::from;
  using tried = tried_rows<row, Samples>;
  static constexpr bool has_samples = Samples::count != 0;

  static constexpr row there_and_back(std::size_t n) { return Down(Up(tried::make(n))); }
  static constexpr verdict look_at(std::size_t n) {
    const std::size_t field = find_difference(tried::make(n), there_and_back(n));
    return {field == tried::fields ? round_trip::restored : round_trip::changed, field};
  }
  struct all {
    static constexpr int run() {
      int failures = 0;
      for (std::size_t n = 0; n != tried::count; ++n)
        if (look_at(n).what != round_trip::restored) ++failures;
      return failures;
    }
  };
  static constexpr bool proven = [] {
    if constexpr (is_constant<all>)
      return all::run() == 0;
    else
      return false;
  }();

  // In variables, for clang warns of an overflow in an expression of constants.
  template <std::size_t N>
  struct make_row {
    static constexpr bool run() {
      std::size_t n = N;
      return find_difference(tried::make(n), tried::make(n)) == tried::fields;
    }
  };
  template <std::size_t N>
  struct go_up {
    static constexpr bool run() {
      std::size_t n = N;
      static_cast<void>(Up(tried::make(n)));
      return true;
    }
  };
  template <std::size_t N>
  struct go_down {
    static constexpr bool run() {
      std::size_t n = N;
      return look_at(n).what == round_trip::restored;
    }
  };
  template <std::size_t N>
  static constexpr verdict judge() {
    if constexpr (is_constant<go_down<N>>)
      return look_at(N);
    else if constexpr (is_constant<go_up<N>>)
      return {round_trip::down_fails, 0};
    else if constexpr (is_constant<make_row<N>>)
      return {round_trip::up_fails, 0};
    else
      return {round_trip::unmade, 0};
  }
  struct verdicts {
    verdict array[tried::count]{};
  };
  template <std::size_t... N>
  static constexpr verdicts judge_each(std::index_sequence<N...>) {
    return {{judge<N>()...}};
  }
};

/// The rows that a transformation does not bring back, and what is said of them.
template <class Trips, bool Proven = Trips::proven>
struct failed_trips {
  static constexpr void report(const model::table&, const finding&, list<finding>&) {}
};

template <class Trips, std::size_t N, verdict Verdict>
struct tried_value {
  using tried = typename Trips::tried;
  static constexpr void into(text_buffer& out) {
    if constexpr (Verdict.what != round_trip::unmade) {
      const auto row = tried::make(N);
      if (N >= tried::samples) {
        put_field(out, row, tried::field_of(N));
      } else if constexpr (Verdict.what == round_trip::changed) {
        put_field(out, row, Verdict.field);
      } else {
        for (std::size_t i = 0; i != tried::fields; ++i) {
          out << (i == 0 ? text_view() : text_view(", ")) << row_of<typename Trips::row>.fields[i].spelled() << ' ';
          put_field(out, row, i);
        }
      }
    }
    if (Trips::has_samples && N < tried::samples) out << (out.empty() ? text_view("sample ") : text_view(" in sample ")) << std::uint64_t{N + 1};
  }
};
template <class Trips, std::size_t N, verdict Verdict>
struct returned_value {
  static constexpr void into(text_buffer& out) {
    using tried = typename Trips::tried;
    switch (Verdict.what) {
      case round_trip::restored: break;
      case round_trip::changed:
        if (N >= tried::samples && tried::field_of(N) != Verdict.field)
          out << row_of<typename Trips::row>.fields[Verdict.field].spelled() << ' ';
        put_field(out << "comes back as ", Trips::there_and_back(N), Verdict.field);
        break;
      case round_trip::unmade:
        out << "make rows of " << row_of<typename Trips::row>.name
            << " constexpr: with dovetail::inline_text where std::string is not, as on clang with libstdc++ 12";
        break;
      case round_trip::up_fails:
      case round_trip::down_fails:
        out << "make the way " << (Verdict.what == round_trip::up_fails ? text_view("there") : text_view("back"))
            << " constexpr, without an exception, overflow or endless loop for this value";
        break;
    }
  }
};

template <class Trips>
struct failed_trips<Trips, false> {
  using tried = typename Trips::tried;
  static constexpr typename Trips::verdicts verdicts = Trips::judge_each(std::make_index_sequence<tried::count>());
  static constexpr std::size_t count = [] {
    std::size_t sum = 0;
    for (const verdict& v : verdicts.array) sum += v.what != round_trip::restored;
    return sum;
  }();
  struct numbers {
    std::size_t array[count + 1]{};
  };
  static constexpr numbers failed = [] {
    numbers result;
    std::size_t next = 0;
    for (std::size_t n = 0; n != tried::count; ++n)
      if (verdicts.array[n].what != round_trip::restored) result.array[next++] = n;
    return result;
  }();
  struct texts {
    text_view values[count + 1];
    text_view outcomes[count + 1];
  };
  template <std::size_t... I>
  static constexpr texts make_texts(std::index_sequence<I...>) {
    return {{static_text<tried_value<Trips, failed.array[I], verdicts.array[failed.array[I]]>>::value..., {}},
            {static_text<returned_value<Trips, failed.array[I], verdicts.array[failed.array[I]]>>::value..., {}}};
  }
  static constexpr texts said = make_texts(std::make_index_sequence<count>());

  /// One finding for each sample, and one for each field that no sample speaks of; of a field only what its column stores.
  static constexpr void report(const model::table& t, const finding& proto, list<finding>& out) {
    const array_view<identifier> columns = row_of<typename Trips::row>.names;
    const auto fits = [&](std::size_t field, std::size_t border) {
      return tried::fits(field, border, t.domain_of(*t.find_column(columns[field])));
    };
    bool plain = true;
    for (std::size_t i = 0; i != tried::fields; ++i) plain = plain && fits(i, 0);
    std::size_t reported = tried::fields;
    for (std::size_t i = 0; i != count; ++i) {
      const std::size_t n = failed.array[i];
      const verdict v = verdicts.array[n];
      const bool sample = n < tried::samples;
      if (!sample) {
        // What fails with all that it stands beside says nothing of the field.
        if (failed.array[0] == 0) return;
        const std::size_t field = tried::field_of(n);
        if (field == reported || !fits(field, n - tried::rows.first[field])) continue;
        reported = field;
      }
      finding f = proto;
      f.what = v.what == round_trip::changed ? code::MG_ROUND_TRIP : code::MG_CONSTANT;
      f.table = t.name;
      if (!sample || v.what == round_trip::changed) {
        const model::column* c = t.find_column(columns[sample ? v.field : tried::field_of(n)]);
        f.object = c->name;
        f.column_type = &c->type;
      }
      f.other = said.values[i];
      f.detail = said.outcomes[i];
      if (sample && !Trips::has_samples && !plain)
        f.detail = "the plainest row, which the table does not store, stands for samples: declare samples<...>";
      out.push_back(f);
      if (v.what == round_trip::unmade) return;
    }
  }
};

/// A transformation of one table: what is read and written, and what is wrong with it.
template <fixed_string Table, auto Up, auto Down, class Samples>
struct transformed_rows {
  using from = typename function_of<decltype(Up)>::from;
  using to = typename function_of<decltype(Up)>::to;
  static constexpr auto table = Table;
  static constexpr auto go_up = Up;
  static constexpr auto go_down = Down;
  using reads_from = dovetail::detail::unit<model::unit_kind::reads, Table, from>;
  using reads_to = dovetail::detail::unit<model::unit_kind::reads, Table, to>;
  using writes_from = dovetail::detail::unit<model::unit_kind::updates, Table, from>;
  using writes_to = dovetail::detail::unit<model::unit_kind::updates, Table, to>;
  static constexpr array_view<identifier> from_columns = row_of<from>.names;
  static constexpr array_view<identifier> to_columns = row_of<to>.names;
  static constexpr bool required(std::size_t i) { return !row_of<to>.fields[i].type->holds.null; }

  /// Whether rows have all that a value of one side is made of.
  template <class Row>
  static constexpr void put_whole(text_buffer& out, bool whole) {
    text_view between;
    for (const model::field& f : row_of<Row>.fields) {
      if (f.type->holds.null) continue;
      out << between << sql::quoted{f.name} << (whole ? text_view(" IS NOT NULL") : text_view(" IS NULL"));
      between = whole ? text_view(" AND ") : text_view(" OR ");
    }
  }
  /// What is not done, and what of it can be done.
  struct without_to {
    static constexpr void into(text_buffer& out) { put_whole<to>(out, false); }
    static constexpr text_view value = static_text<without_to>::value;
  };
  struct to_do {
    static constexpr void into(text_buffer& out) {
      text_buffer known;
      put_whole<from>(known, true);
      out << (known.empty() ? text_view() : text_view("(")) << without_to::value;
      if (!known.empty()) out << ") AND " << known.all();
    }
    static constexpr text_view value = static_text<to_do>::value;
  };
  struct with_to {
    static constexpr void into(text_buffer& out) { put_whole<to>(out, true); }
    static constexpr text_view value = static_text<with_to>::value;
  };
  struct all_assignments {
    model::assignment up[row_of<to>.fields.size() + 1]{};
    model::assignment down[row_of<from>.fields.size() + row_of<to>.fields.size() + 1]{};
  };
  static constexpr all_assignments assignments = [] {
    all_assignments a;
    model::assignment* up = a.up;
    model::assignment* down = a.down;
    for (const identifier& each : from_columns) *down++ = {each, {}};
    for (const identifier& each : to_columns) *up++ = {each, {}}, *down++ = {each, "NULL"};
    return a;
  }();
  static constexpr model::data_change half(array_view<model::assignment> set, text_view condition,
                                           array_view<identifier> read, text_view unfinished) {
    model::data_change d{set, condition, read};
    d.unfinished = unfinished;
    return d;
  }
  static constexpr model::data_change up =
      half({assignments.up, to_columns.size()}, to_do::value, from_columns, without_to::value);
  static constexpr model::data_change down = half({assignments.down, from_columns.size() + to_columns.size()},
                                                  with_to::value, to_columns, with_to::value);

  static constexpr void check(const model::schema& s, const model::table& t, const finding& proto, list<finding>& out) {
    const std::size_t before = out.size();
    check_columns(t, proto, out);
    if (out.size() != before) return;
    const model::unit* const units[]{&reads_from::value, &writes_to::value, &reads_to::value, &writes_from::value};
    list<finding> found;
    for (const model::unit* u : units) compat::check(*u, s, proto, found);
    for (const finding& f : found)
      // Rows are found by a key of the table's, and only those are read that have what the struct needs.
      if (f.what != code::WR_KEY && !(f.what == code::RD_NULL && f.detail.empty())) out.push_back(f);
    if (out.size() != before) return;
    failed_trips<round_trips<Up, Down, Samples>>::report(t, proto, out);
  }
  static constexpr void check_columns(const model::table& t, const finding& proto, list<finding>& out) {
    const auto report = [&](code what, text_view column, text_view other, text_view detail) {
      finding f = proto;
      f.what = what;
      f.table = t.name;
      f.object = column;
      f.other = other;
      f.detail = detail;
      out.push_back(f);
    };
    const auto look_at = [&](const identifier& name) {
      if (t.find_column(name) == nullptr) report(code::MG_TARGET, name, "column", {});
      for (const model::part* p : t.parts)
        if (p->kind == model::part_kind::primary_key && contains(model::columns_of(p), name))
          report(code::MG_ROWS, name, {}, "it is of the primary key, by which the rows are found");
    };
    bool any = false;
    for (const identifier& name : from_columns) look_at(name);
    for (std::size_t i = 0; i != to_columns.size(); ++i) {
      const identifier& name = to_columns[i];
      look_at(name);
      if (contains(from_columns, name))
        report(code::MG_ROWS, name, {}, "it is read and written, and so could not be begun again: write another column");
      if (!required(i)) continue;
      any = true;
      if (const model::column* c = t.find_column(name); c != nullptr && !c->nullable)
        report(code::MG_NO_CHANGE, name, {}, "the column is not null: no row is left to transform");
    }
    // Two rows of two partitions may be at the same place, a `ctid`.
    if (t.find_partitioning() != nullptr)
      report(code::MG_ROWS, {}, {}, "the table is partitioned: detach each partition, and transform its rows by themselves");
    if (from_columns.empty()) report(code::MG_ROWS, {}, {}, "the struct that is read has no field");
    if (!any) report(code::MG_ROWS, {}, {}, "the struct that is written has no field but std::optional: no row would be done");
    if (model::find_key(t, [&](const identifier& name) {
          return !contains(from_columns, name) && !contains(to_columns, name);
        }).empty())
      report(code::MG_ROWS, {}, {}, "the table has no key without NULLs, by which to go through them");
  }

  static constexpr model::transformation facts{&check, &up, &down};
  static constexpr model::data_change whole = [] {
    model::data_change d;
    d.transformed = &facts;
    return d;
  }();
};

}  // namespace detail

/// Values that a transformation is tried with, beside the borders of its fields: each a constant, or a function that makes
/// it: `samples<ada, [] { return name{"Grace Hopper"}; }>`. While a field is at its borders, the others are as in the
/// first.
template <auto... Values>
struct samples {
  static constexpr std::size_t count = sizeof...(Values);

  template <class Row>
  static constexpr Row make(std::size_t wanted) {
    Row made{};
    std::size_t i = 0;
    const auto take = [&](const auto& value) {
      if (i++ != wanted) return;
      if constexpr (requires { Row(value()); })
        made = value();
      else
        made = value;
    };
    (take(Values), ...);
    return made;
  }
};
namespace detail {
template <auto... Values>
inline constexpr bool are_samples<samples<Values...>> = true;
}  // namespace detail

/// A step that transforms the rows of a table with constexpr functions of C++: `transform<"customer", split, join,
/// samples<…>>`, of which `parts split(whole)` makes of some columns what others store, and `whole join(parts)` undoes it.
/// The structs name the columns by their fields. Both keep standing until another step drops one of them. The rows that
/// are done are those that have every column of `parts` whose field is not std::optional: they are left as they are, so
/// that it can be stopped and begun again. The way back takes them, and clears the columns of `parts`. A row that has not
/// every column of `whole` whose field is not std::optional cannot be transformed: the run then fails, at its end.
///
/// `reversible` proves down(up(x)) = x for the samples, and, one field at a time, for the borders of what a field holds and
/// its column stores: of numbers 0, 1, -1 and the ends of each SQL type, truth values, labels, NULL, text that is empty,
/// not of ASCII, and of 10, 50, 100 and at most 255 characters. Raises MG_ROUND_TRIP, MG_CONSTANT (a function throws,
/// overflows or is not constexpr), MG_TARGET, MG_ROWS (a column is read and written, there is no key), MG_NO_CHANGE (a column
/// that is written is not null), and what the two structs raise as readers and writers.
///
/// It is run by run_up and run_down (run/transform.hpp): no text of a script has it.
template <fixed_string Table, auto Up, auto Down, class Samples = samples<>>
struct transform {
  static_assert(sizeof(detail::transform_parameter<detail::undoes<Up, Down> && detail::are_samples<Samples>>) != 0);
  static constexpr model::step value{detail::no_change, detail::no_change, false, {}, true};
};
template <fixed_string Table, auto Up, auto Down, class Samples>
  requires(detail::undoes<Up, Down> && detail::are_samples<Samples>)
struct transform<Table, Up, Down, Samples> {
  using rows = detail::transformed_rows<Table, Up, Down, Samples>;
  static constexpr model::step value{
      detail::change_of_rows(model::kind_of<model::changes::transform>, identifier_of<Table>, {}, rows::whole),
      detail::change_of_rows(model::kind_of<model::changes::transform_back>, identifier_of<Table>, {}, rows::whole), false,
      {}, true};
};

}  // namespace dovetail
