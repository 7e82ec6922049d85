// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/define_struct.hpp>

namespace dt = dovetail;
using dt::family;
using dt::text_view;

// ---- Aggregates of 1 to 20 fields

namespace sized {
// clang-format off
struct f1 { int a; };
struct f2 { int a, b; };
struct f3 { int a, b, c; };
struct f4 { int a, b, c, d; };
struct f5 { int a, b, c, d, e; };
struct f6 { int a, b, c, d, e, f; };
struct f7 { int a, b, c, d, e, f, g; };
struct f8 { int a, b, c, d, e, f, g, h; };
struct f9 { int a, b, c, d, e, f, g, h, i; };
struct f10 { int a, b, c, d, e, f, g, h, i, j; };
struct f11 { int a, b, c, d, e, f, g, h, i, j, k; };
struct f12 { int a, b, c, d, e, f, g, h, i, j, k, l; };
struct f13 { int a, b, c, d, e, f, g, h, i, j, k, l, m; };
struct f14 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n; };
struct f15 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o; };
struct f16 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p; };
struct f17 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q; };
struct f18 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r; };
struct f19 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s; };
struct f20 { int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t; };
// clang-format on
}  // namespace sized

namespace {

/// The names of all fields, each followed by a space.
template <class Row>
constexpr bool spells(text_view row, text_view fields) {
  dt::text_buffer names;
  for (const dt::model::field& f : dt::detail::row_of<Row>.fields) names << f.name.text() << ' ';
  return dt::detail::row_of<Row>.name == row && names.all() == fields;
}
template <class Row>
constexpr const dt::field_type& type(std::size_t i) {
  return *dt::detail::row_of<Row>.fields[i].type;
}

static_assert(spells<sized::f1>("f1", "a "));
static_assert(spells<sized::f2>("f2", "a b "));
static_assert(spells<sized::f3>("f3", "a b c "));
static_assert(spells<sized::f4>("f4", "a b c d "));
static_assert(spells<sized::f5>("f5", "a b c d e "));
static_assert(spells<sized::f6>("f6", "a b c d e f "));
static_assert(spells<sized::f7>("f7", "a b c d e f g "));
static_assert(spells<sized::f8>("f8", "a b c d e f g h "));
static_assert(spells<sized::f9>("f9", "a b c d e f g h i "));
static_assert(spells<sized::f10>("f10", "a b c d e f g h i j "));
static_assert(spells<sized::f11>("f11", "a b c d e f g h i j k "));
static_assert(spells<sized::f12>("f12", "a b c d e f g h i j k l "));
static_assert(spells<sized::f13>("f13", "a b c d e f g h i j k l m "));
static_assert(spells<sized::f14>("f14", "a b c d e f g h i j k l m n "));
static_assert(spells<sized::f15>("f15", "a b c d e f g h i j k l m n o "));
static_assert(spells<sized::f16>("f16", "a b c d e f g h i j k l m n o p "));
static_assert(spells<sized::f17>("f17", "a b c d e f g h i j k l m n o p q "));
static_assert(spells<sized::f18>("f18", "a b c d e f g h i j k l m n o p q r "));
static_assert(spells<sized::f19>("f19", "a b c d e f g h i j k l m n o p q r s "));
static_assert(spells<sized::f20>("f20", "a b c d e f g h i j k l m n o p q r s t "));

// ---- Fields of every kind, wherever the struct stands

enum class state { open, paid };
struct everything {
  bool flag;
  std::int16_t small;
  const std::int64_t id;
  float ratio = 0.5F;
  double exact;
  dt::decimal<12, 2> amount;
  std::string name;
  std::optional<std::string> nickname;
  state status;
  std::optional<state> before;
  std::vector<std::byte> picture;
  std::array<std::byte, 16> digest;
};
static_assert(spells<everything>("everything",
                                 "flag small id ratio exact amount name nickname status before picture digest "));
constexpr bool bits(const dt::field_type& t, int wanted) {
  const dt::domain d = dt::domains::whole(wanted, true);
  return t.holds.kind == family::number && t.holds.low <= d.low && d.high <= t.holds.high && t.holds.high <= d.high;
}
static_assert(type<everything>(0).holds.kind == family::boolean && bits(type<everything>(1), 16));
static_assert(bits(type<everything>(2), 64) && type<everything>(3).holds.mantissa == 24);
static_assert(type<everything>(4).holds.mantissa == 53 && type<everything>(5).holds.scale == 2);
static_assert(type<everything>(6).holds.kind == family::text && !type<everything>(6).holds.null);
static_assert(type<everything>(7).holds.kind == family::text && type<everything>(7).holds.null);
static_assert(type<everything>(8).holds.labels.size() == 2 && type<everything>(9).holds.null);
static_assert(type<everything>(10).holds.kind == family::bytes && type<everything>(11).holds.kind == family::bytes);

constexpr bool local_rows() {
  struct local {
    std::int64_t id;
    std::string full_name;
  };
  return spells<local>("local", "id full_name ");
}
static_assert(local_rows());

struct names {
  int größe, _x, x9, T;
};
static_assert(spells<names>("names", "größe _x x9 T "));

template <class Id>
struct keyed {
  Id id;
};
static_assert(spells<keyed<int>>("keyed<int>", "id ") && type<keyed<std::string>>(0).holds.kind == family::text);

struct not_default_constructible {
  struct number {
    explicit number(int) {}
  };
  std::int64_t id;
  number how_many;
};
static_assert(spells<not_default_constructible>("not_default_constructible", "id how_many "));

// A type is lowered once, whichever structs use it.
static_assert(dt::detail::row_of<sized::f2>.fields[0].type == dt::detail::row_of<sized::f3>.fields[2].type);

}  // namespace

// ---- Classes that Hana adapts

namespace shop {

class account {
 public:
  account() = default;
  explicit account(std::int64_t id) : id_(id) {}
  constexpr std::int64_t id() const { return id_; }

  // Members that are private are adapted from inside.
 private:
  std::int64_t id_ = 0;
  std::optional<std::string> owner_;

 public:
  BOOST_HANA_DEFINE_STRUCT(account, (std::string, iban), (std::optional<std::string>, bic));
};

class person {
 public:
  explicit person(std::string name) : full_name(static_cast<std::string&&>(name)) {}
  virtual ~person() = default;
  std::string full_name;
  std::int32_t age = 0;
  int not_adapted = 0;
};

struct secret {
  secret() = default;
  constexpr explicit secret(int n) : number_(n) {}

 private:
  int number_ = 0;
  friend struct boost::hana::accessors_impl<secret>;
};

struct base {
  std::int64_t id = 0;
};
struct derived : base {
  std::string name;
};

}  // namespace shop

BOOST_HANA_ADAPT_STRUCT(shop::person, full_name, age);
BOOST_HANA_ADAPT_STRUCT(shop::derived, id, name);
template <>
struct boost::hana::accessors_impl<shop::secret> {
  static constexpr auto apply() {
    return boost::hana::make_tuple(
        boost::hana::make_pair(BOOST_HANA_STRING("number"), [](auto&& s) -> decltype(auto) { return (s.number_); }));
  }
};

namespace {

static_assert(spells<shop::account>("account", "iban bic "));
static_assert(type<shop::account>(0).holds.kind == family::text && type<shop::account>(1).holds.null);
static_assert(spells<shop::person>("person", "full_name age ") && bits(type<shop::person>(1), 32));
static_assert(spells<shop::derived>("derived", "id name "), "members of a base come in by adapting");
static_assert(spells<shop::secret>("secret", "number ") && bits(type<shop::secret>(0), 32));
static_assert(dt::detail::row_of<shop::secret>.adapted && !dt::detail::row_of<keyed<int>>.adapted);

// ---- Access to the fields of a value

struct pair {
  int first;
  int second;
};
static_assert([] {
  pair p{3, 4};
  int sum = 0;
  dt::for_each_field(p, [&](int& each) { sum += each++; });
  const pair& c = p;
  dt::for_each_field(c, [&](const int& each) { sum += each; });
  return sum == 7 + 9 && p.first == 4 && p.second == 5;
}());
static_assert([] {
  shop::secret s(7);
  int sum = 0;
  dt::for_each_field(s, [&](auto& each) { sum += each; });
  return sum == 7;
}());

// ---- Structs inside of rows

struct place {
  double latitude;
  std::optional<double> longitude;
};
struct address {
  std::string street;
  place at;
  std::int32_t zip;
};
struct letter {
  std::int64_t id;
  address to;
  shop::secret stamp;
  address from;
  std::string text;
};
static_assert(spells<letter>("letter", "id to_street to_at_latitude to_at_longitude to_zip stamp_number from_street "
                                       "from_at_latitude from_at_longitude from_zip text "));
constexpr bool paths() {
  dt::text_buffer out;
  for (const dt::model::field& f : dt::detail::row_of<letter>.fields) out << f.spelled() << ' ';
  return out.all() ==
         "id to.street to.at.latitude to.at.longitude to.zip stamp.number from.street from.at.latitude "
         "from.at.longitude from.zip text ";
}
static_assert(paths());
static_assert(type<letter>(2).holds.mantissa == 53 && !type<letter>(2).holds.null && type<letter>(3).holds.null);
static_assert(bits(type<letter>(4), 32) && bits(type<letter>(0), 64) && type<letter>(10).holds.kind == family::text);
// The way to a field: `letter::from`, `address::at`, `place::longitude`.
constexpr const dt::model::field& longitude = dt::detail::row_of<letter>.fields[8];
static_assert(longitude.nested->member == "from" && longitude.nested->within == &dt::detail::row_of<address>);
static_assert(longitude.nested->inner == &dt::detail::row_of<address>.fields[2] &&
              longitude.nested->inner->nested->within == &dt::detail::row_of<place> &&
              longitude.nested->inner->nested->inner == &dt::detail::row_of<place>.fields[1]);
static_assert(dt::detail::row_of<letter>.fields[0].nested == nullptr &&
              dt::detail::row_of<letter>.fields[10].nested == nullptr);

static_assert([] {
  struct outer {
    int before;
    pair one;
    keyed<pair> two;
    shop::secret three;
    int after;
  };
  outer o{1, {2, 3}, {{4, 5}}, shop::secret(6), 7};
  int next = 1;
  bool in_order = true;
  dt::for_each_field(o, [&](int& each) { in_order = in_order && each++ == next++; });
  const outer& c = o;
  std::size_t index = 0;
  dt::detail::visit_fields(c, [&](auto i, const int& each) {
    constexpr std::size_t known = i;
    in_order = in_order && known == index++ && each == static_cast<int>(known) + 2;
  });
  return in_order && next == 8 && index == 7 && o.two.id.second == 6;
}());

// A type that a rule knows is a value, also when it is an aggregate; and so is a class that could be no row.
struct code {
  int high, low;
};
struct empty {};
struct opaque {
  explicit opaque(int) {}
};
struct heir : code {};
struct many {
  std::array<std::byte, 2> digest;
  dt::checked<std::int32_t> sure;
  code known;
  empty nothing;
  opaque unknown;
  heir base;
  std::array<int, 2> numbers;
  std::array<int, 1> number;
  std::vector<code> list;
};

}  // namespace
template <>
struct dovetail::field_traits<code> {
  static constexpr field_type type = field_like<dovetail::bigint>("code");
};
namespace {

static_assert(spells<many>("many", "digest sure known nothing unknown base numbers number list "));
static_assert(bits(type<many>(2), 64) && type<many>(3).holds.kind == family::unknown);

// A std::optional of a struct is neither.
struct guest {
  std::optional<place> seat;
  keyed<std::optional<place>> last;
  std::optional<opaque> badge;
  std::optional<std::string> name;
};
constexpr dt::array_view<dt::model::field> guests = dt::detail::row_of<guest>.fields;
static_assert(spells<guest>("guest", "seat last_id badge name "));
static_assert(guests[0].type == &dt::detail::optional_struct && guests[1].type == &dt::detail::optional_struct);
static_assert(guests[2].type != &dt::detail::optional_struct && guests[3].type != &dt::detail::optional_struct);
using dt::detail::find_misfit;
constexpr dt::identifier one_column[]{"seat", "", "", ""};
constexpr dt::identifier inner_column[]{"", "last", "", ""};
constexpr dt::identifier other_columns[]{"", "", "badge", "name"};
static_assert(find_misfit<guest>(one_column) == &guests[0]);
static_assert(find_misfit<guest>(inner_column) == &guests[1]);
static_assert(find_misfit<guest>(other_columns) == nullptr, "ignored");

// An enum class with a gap is no field either, in a struct inside of the row as well.
enum class with_gap { open, paid = 3 };
struct stated {
  std::optional<with_gap> state;
  int number;
};
struct with_stated {
  stated order;
};
constexpr dt::identifier both_columns[]{"state", "number"};
constexpr dt::identifier second_column[]{"", "number"};
static_assert(find_misfit<stated>(both_columns) == &dt::detail::row_of<stated>.fields[0]);
static_assert(find_misfit<stated>(second_column) == nullptr);
static_assert(find_misfit<with_stated>(both_columns) == &dt::detail::row_of<with_stated>.fields[0]);

// ---- What is a row, and why not

using dt::detail::row_fault;
using dt::detail::row_fault_of;

struct with_constructor {
  with_constructor() {}
  int id = 0;
};
class with_private {
 public:
  int id = 0;
  int other() const { return other_; }

 private:
  int other_ = 0;
};
union either {
  int a;
  float b;
};
struct no_members {};
struct with_base : pair {
  int third;
};
struct with_empty_base : no_members {
  int third;
};
struct with_array {
  int id;
  char code[3];
};
struct only_array {
  int numbers[1];
};
struct with_reference {
  int id;
  int& other;
};
struct only_reference {
  int& other;
};
struct must_be_made {
  not_default_constructible::number a, b, c, d, e;
  std::int64_t f;
};
// clang-format off
struct m100 { int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5,
  c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3, f4, f5,
  f6, f7, f8, f9, g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, i0, i1, i2, i3, i4, i5,
  i6, i7, i8, i9, j0, j1, j2, j3, j4, j5, j6, j7, j8, j9; };
struct m101 { int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5,
  c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3, f4, f5,
  f6, f7, f8, f9, g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, i0, i1, i2, i3, i4, i5,
  i6, i7, i8, i9, j0, j1, j2, j3, j4, j5, j6, j7, j8, j9, k0; };
// clang-format on

static_assert(row_fault_of<pair> == row_fault::none && row_fault_of<shop::person> == row_fault::none);
static_assert(row_fault_of<no_members> == row_fault::none && row_fault_of<keyed<pair>> == row_fault::none);
static_assert(row_fault_of<keyed<std::string>> == row_fault::none && row_fault_of<everything> == row_fault::none);
static_assert(row_fault_of<shop::derived> == row_fault::none && row_fault_of<shop::secret> == row_fault::none);
static_assert(row_fault_of<m100> == row_fault::none && spells<no_members>("no_members", ""));
static_assert(row_fault_of<with_constructor> == row_fault::no_aggregate);
static_assert(row_fault_of<with_private> == row_fault::no_aggregate);
static_assert(row_fault_of<either> == row_fault::no_aggregate && row_fault_of<int> == row_fault::no_aggregate);
static_assert(row_fault_of<int[3]> == row_fault::no_aggregate && row_fault_of<pair*> == row_fault::no_aggregate);
static_assert(row_fault_of<with_base> == row_fault::base && row_fault_of<with_empty_base> == row_fault::base);
static_assert(row_fault_of<with_array> == row_fault::array && row_fault_of<only_array> == row_fault::array);
static_assert(row_fault_of<keyed<only_array>> == row_fault::none);
static_assert(row_fault_of<m101> == row_fault::members);
static_assert(row_fault_of<with_reference> == row_fault::unseen && row_fault_of<only_reference> == row_fault::unseen);
static_assert(spells<must_be_made>("must_be_made", "a b c d e f "));

}  // namespace
