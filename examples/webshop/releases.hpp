// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <dovetail/chrono.hpp>

#include "history.hpp"

/// What the deployed binaries read and write: plain structs, and the units that say of which table.
namespace shop {

using moment = std::chrono::sys_time<std::chrono::microseconds>;
using price = dt::decimal<10, 2>;
using sum = dt::decimal<12, 2>;

enum class status { open, paid, shipped, cancelled };
enum class method { card, transfer, voucher };
enum class reason { damaged, late, other };

// ---- What all releases do -------------------------------------------------------------------------------------------

struct number {
  std::int64_t id;
};

struct new_product {
  std::string sku;
  std::string title;
  shop::price price;
  std::optional<double> weight;
  std::optional<std::vector<std::byte>> picture;

  friend bool operator==(const new_product&, const new_product&) = default;
};
struct offer {
  std::int64_t id;
  std::string sku;
  std::string title;
  shop::price price;
};

struct new_purchase {
  std::int64_t customer_id;
  std::optional<std::string> note;
};
struct receipt {
  std::int64_t id;
  shop::status status;
  moment placed_at;
};
struct purchase_state {
  std::int64_t customer_id;
  shop::status status;
  std::optional<std::string> note;

  friend bool operator==(const purchase_state&, const purchase_state&) = default;
};
struct status_change {
  std::int64_t id;
  shop::status status;
};
struct line {
  std::int64_t purchase_id;
  std::int64_t product_id;
  std::int32_t quantity;
  price unit_price;

  friend bool operator==(const line&, const line&) = default;
};
struct paid {
  std::int64_t purchase_id;
  shop::method method;
  sum amount;
  std::string reference;

  friend bool operator==(const paid&, const paid&) = default;
};

using add_product = dt::inserts<"product", new_product>;
using see_product = dt::reads<"product", new_product>;
using see_offer = dt::reads<"product", offer>;
using place = dt::inserts<"purchase", new_purchase>;
using get_receipt = dt::reads<"purchase", receipt>;
using see_purchase = dt::reads<"purchase", purchase_state>;
using set_status = dt::updates<"purchase", status_change, dt::key<"id">>;
using add_line = dt::inserts<"order_line", line>;
using see_lines = dt::reads<"order_line", line>;
using pay = dt::inserts<"payment", paid>;
using see_payment = dt::reads<"payment", paid>;
using payment_number = dt::reads<"payment", number>;
using customer_number = dt::reads<"customer", number>;
using purchase_number = dt::reads<"purchase", number>;

template <dt::fixed_string Name, class... Units>
struct app : dt::release<Name, add_product, see_product, see_offer, place, get_receipt, see_purchase, set_status,
                         add_line, see_lines, pay, see_payment, payment_number, customer_number, purchase_number,
                         Units...> {};

// ---- Release 7 knows the customers' phones --------------------------------------------------------------------------

struct customer_7 {
  std::string email;
  std::string full_name;
  std::optional<std::string> phone;
  std::chrono::year_month_day joined;

  friend bool operator==(const customer_7&, const customer_7&) = default;
};
using sign_up_7 = dt::inserts<"customer", customer_7>;
using see_customer_7 = dt::reads<"customer", customer_7>;

struct app_7 : app<"7", sign_up_7, see_customer_7> {
  using sign_up = sign_up_7;
  using see_customer = see_customer_7;
  static constexpr const char* name = "7";
};

// ---- Release 8 has given them up ------------------------------------------------------------------------------------

struct customer_8 {
  std::string email;
  std::string full_name;
  bool newsletter;
  std::chrono::year_month_day joined;

  friend bool operator==(const customer_8&, const customer_8&) = default;
};
using sign_up_8 = dt::inserts<"customer", customer_8>;
using see_customer_8 = dt::reads<"customer", customer_8>;

struct app_8 : app<"8", sign_up_8, see_customer_8> {
  using sign_up = sign_up_8;
  using see_customer = see_customer_8;
  static constexpr const char* name = "8";
};

// ---- Release 9 has nicknames and refunds ----------------------------------------------------------------------------

struct customer_9 {
  std::string email;
  std::string full_name;
  std::optional<std::string> nickname;
  bool newsletter;
  std::chrono::year_month_day joined;

  friend bool operator==(const customer_9&, const customer_9&) = default;
};
struct renaming {
  std::string email;
  std::optional<std::string> nickname;
};
struct money_back {
  std::int64_t payment_id;
  shop::reason reason;
  sum amount;

  friend bool operator==(const money_back&, const money_back&) = default;
};
using sign_up_9 = dt::inserts<"customer", customer_9>;
using see_customer_9 = dt::reads<"customer", customer_9>;
using rename_customer = dt::updates<"customer", renaming, dt::key<"email">>;
using give_back = dt::inserts<"refund", money_back>;
using see_refunds = dt::reads<"refund", money_back>;

struct app_9 : app<"9", sign_up_9, see_customer_9, rename_customer, give_back, see_refunds> {
  using sign_up = sign_up_9;
  using see_customer = see_customer_9;
  using rename = rename_customer;
  using refund = give_back;
  static constexpr const char* name = "9";
};

// ---- What the compiler proves of them -------------------------------------------------------------------------------

// Both releases of a phase work with every version of it, so that the order in which they meet does not matter, nor
// does the direction.
static_assert(dt::compatible<app_7, v1, v2, v3>);
static_assert(dt::compatible<app_8, v1, v2, v3, v4, v5>);
static_assert(dt::compatible<app_9, v3, v4, v5>);

static_assert(dt::safe<dt::rollout<
    dt::live<v1, app_7>,
    dt::start<app_8>,
    dt::migrate<remember_nicknames>,
    dt::migrate<give_money_back>,
    dt::stop<app_7>, dt::start<app_9>,
    dt::migrate<forget_phones>,
    dt::migrate<count_stock>,
    dt::stop<app_8>>>);

}  // namespace shop
