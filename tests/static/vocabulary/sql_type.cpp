// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/sql_type.hpp>

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

// An enumeration is its name and its labels in their order, whichever struct declares it.
static_assert(order_status::type == order_status_again::type);
static_assert(!(order_status::type == order_status_turned::type));
static_assert(!(order_status::type == order_status_longer::type));
static_assert(!(order_status::type == invoice_status::type));
static_assert(order_status::labels.has("paid") && !order_status::labels.has("sent") && !order_status::labels.has(""));

// The limits of the parameters; one beyond each is in compile_fail/.
static_assert(dt::varchar<1>::type.length == 1 && dt::varchar<10'485'760>::type.length == 10'485'760);
static_assert(dt::numeric<1000, 1000>::type.scale == 1000 && dt::numeric<1>::type.length == 1);

}  // namespace
