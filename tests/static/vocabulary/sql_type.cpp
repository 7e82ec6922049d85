// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/sql_type.hpp>

#include <cstdint>
#include <initializer_list>

namespace dt = dovetail;

namespace {

struct order_status : dt::enumeration<"order_status", "open", "paid"> {};
struct order_status_again : dt::enumeration<"order_status", "open", "paid"> {};
struct order_status_turned : dt::enumeration<"order_status", "paid", "open"> {};
struct order_status_longer : dt::enumeration<"order_status", "open", "paid", "sent"> {};
struct invoice_status : dt::enumeration<"invoice_status", "open", "paid"> {};

constexpr bool prints(const dt::sql_type& type, dt::text_view wanted) {
  dt::text_buffer out;
  out << type;
  return out.all() == wanted;
}
static_assert(prints(dt::smallint::type, "smallint"));
static_assert(prints(dt::integer::type, "integer"));
static_assert(prints(dt::bigint::type, "bigint"));
static_assert(prints(dt::boolean::type, "boolean"));
static_assert(prints(dt::text::type, "text"));
static_assert(prints(dt::varchar<255>::type, "varchar(255)"));
static_assert(prints(dt::numeric<12, 2>::type, "numeric(12,2)"));
static_assert(prints(dt::numeric<5>::type, "numeric(5,0)"));
static_assert(prints(dt::any_numeric::type, "numeric"));
static_assert(prints(dt::character<3>::type, "char(3)"));
static_assert(prints(dt::time::type, "time"));
static_assert(prints(dt::timestamp::type, "timestamp"));
static_assert(prints(dt::precise<dt::time, 0>::type, "time(0)"));
static_assert(prints(dt::precise<dt::timestamp, 5>::type, "timestamp(5)"));
static_assert(prints(dt::precise<dt::timestamptz, 3>::type, "timestamptz(3)"));
static_assert(prints(dt::interval::type, "interval"));
static_assert(prints(dt::json::type, "json"));
static_assert(prints(dt::array<dt::varchar<9>>::type, "varchar(9)[]"));
static_assert(prints(dt::array<order_status>::type, "enumeration order_status[]"));
static_assert(prints(dt::real::type, "real"));
static_assert(prints(dt::double_precision::type, "double precision"));
static_assert(prints(dt::timestamptz::type, "timestamptz"));
static_assert(prints(dt::date::type, "date"));
static_assert(prints(dt::uuid::type, "uuid"));
static_assert(prints(dt::bytea::type, "bytea"));
static_assert(prints(dt::jsonb::type, "jsonb"));
static_assert(prints(order_status::type, "enumeration order_status"));

static_assert(dt::text::type == dt::text::type);
static_assert(!(dt::integer::type == dt::bigint::type));
static_assert(dt::varchar<10>::type == dt::varchar<10>::type);
static_assert(!(dt::varchar<10>::type == dt::varchar<11>::type));
static_assert(!(dt::varchar<10>::type == dt::text::type));
static_assert(!(dt::numeric<12, 2>::type == dt::numeric<12, 3>::type));
static_assert(!(dt::numeric<12, 2>::type == dt::numeric<13, 2>::type));

static_assert(dt::precise<dt::timestamptz, 6>::type == dt::timestamptz::type, "which is what it keeps unsaid");
static_assert(!(dt::precise<dt::timestamptz, 3>::type == dt::timestamptz::type));
static_assert(!(dt::precise<dt::timestamptz, 3>::type == dt::precise<dt::timestamp, 3>::type));
static_assert(!(dt::timestamp::type == dt::timestamptz::type) && !(dt::json::type == dt::jsonb::type));
static_assert(!(dt::character<3>::type == dt::varchar<3>::type) && !(dt::any_numeric::type == dt::numeric<1>::type));

// An array is its element, and has the enumeration of it.
static_assert(dt::array<order_status>::type == dt::array<order_status_again>::type);
static_assert(!(dt::array<order_status>::type == dt::array<order_status_turned>::type));
static_assert(!(dt::array<dt::text>::type == dt::array<dt::varchar<9>>::type));
static_assert(!(dt::array<dt::varchar<8>>::type == dt::array<dt::varchar<9>>::type));
static_assert(!(dt::array<dt::text>::type == dt::text::type) && !(dt::text::type == dt::array<dt::text>::type));
static_assert(dt::array<order_status>::type.labels == &order_status::labels);
static_assert(dt::array<dt::text>::type.labels == nullptr);

// An enumeration is its name and its labels in their order, whichever struct declares it.
static_assert(order_status::type == order_status_again::type);
static_assert(!(order_status::type == order_status_turned::type));
static_assert(!(order_status::type == order_status_longer::type));
static_assert(!(order_status::type == invoice_status::type));
static_assert(order_status::labels.has("paid") && !order_status::labels.has("sent") && !order_status::labels.has(""));

// What a column of each type stores; the rest is in domain.cpp.
constexpr bool is_whole(const dt::sql_type& type, std::int64_t low, std::int64_t high) {
  const dt::domain d = dt::domain_of(type);
  return d.kind == dt::family::number && !d.decimal && d.scale == 0 && d.low <= dt::limit(low) &&
         dt::limit(low) <= d.low && d.high <= dt::limit(high) && dt::limit(high) <= d.high;
}
static_assert(is_whole(dt::smallint::type, INT16_MIN, INT16_MAX) && is_whole(dt::integer::type, INT32_MIN, INT32_MAX));
static_assert(is_whole(dt::bigint::type, INT64_MIN, INT64_MAX));
static_assert(dt::domain_of(dt::varchar<9>::type).length == 9 && !dt::domain_of(dt::varchar<9>::type).padded);
static_assert(dt::domain_of(dt::character<9>::type).length == 9 && dt::domain_of(dt::character<9>::type).padded);
static_assert(dt::domain_of(dt::text::type).length == dt::domain::unlimited);
static_assert(dt::domain_of(dt::numeric<5, 2>::type).decimal && dt::domain_of(dt::numeric<5, 2>::type).scale == 2);
static_assert(dt::domain_of(dt::any_numeric::type).scale == dt::domain::unlimited);
static_assert(dt::domain_of(dt::real::type).mantissa == 24 && dt::domain_of(dt::double_precision::type).mantissa == 53);
static_assert(dt::domain_of(dt::time::type).scale == 6 && dt::domain_of(dt::precise<dt::time, 2>::type).scale == 2);
static_assert(dt::domain_of(dt::date::type).infinite);
static_assert(dt::domain_of(order_status::type).labels.size() == 2);
static_assert(dt::domain_of(dt::array<order_status>::type).element->labels.size() == 2);
static_assert(dt::domain_of(dt::array<dt::text>::type).element->null, "no array excludes NULL");

/// All kinds, in their order, and their families.
constexpr bool are_families(std::initializer_list<dt::family> wanted) {
  auto kind = dt::type_kind::smallint;
  for (dt::family each : wanted) {
    dt::sql_type type{kind, 9, 0, &order_status::labels, dt::array<dt::text>::type.element};
    if (dt::domain_of(type).kind != each || dt::domain_of(type).null || dt::type_word(kind).empty()) return false;
    kind = static_cast<dt::type_kind>(static_cast<int>(kind) + 1);
  }
  return static_cast<int>(kind) == static_cast<int>(dt::type_kind::array) + 1;
}
using enum dt::family;
static_assert(are_families({number, number, number, boolean, text, text, text, number, binary, binary, date, time,
                            timestamp, timestamptz, interval, uuid, bytes, document, document, label, array}));

// The limits of the parameters; one beyond each is in compile_fail/.
static_assert(dt::varchar<1>::type.length == 1 && dt::varchar<10'485'760>::type.length == 10'485'760);
static_assert(dt::character<1>::type.length == 1 && dt::character<10'485'760>::type.length == 10'485'760);
static_assert(dt::numeric<1000, 1000>::type.scale == 1000 && dt::numeric<1>::type.length == 1);

}  // namespace
