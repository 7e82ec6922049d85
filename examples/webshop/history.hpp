// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/dovetail.hpp>

/// The history of the shop's schema: version 1 in full, four migrations, and version 5 in full again.
namespace shop {

namespace dt = dovetail;

struct purchase_status : dt::enumeration<"purchase_status", "open", "paid", "shipped", "cancelled"> {};
struct payment_method : dt::enumeration<"payment_method", "card", "transfer", "voucher"> {};
struct refund_reason : dt::enumeration<"refund_reason", "damaged", "late", "other"> {};

// ---- Version 1 ------------------------------------------------------------------------------------------------------

struct customer : dt::table<"customer",
    dt::column<"id",         dt::bigint, dt::identity>,
    dt::column<"email",      dt::varchar<255>>,
    dt::column<"full_name",  dt::text>,
    dt::column<"phone",      dt::varchar<32>, dt::null>,
    dt::column<"newsletter", dt::boolean, dt::default_value<false>>,
    dt::column<"joined",     dt::date>,
    dt::primary_key<"id">,
    dt::unique<"customer_email_key", "email">,
    dt::check_values<"customer_joined_check", "joined", dt::finite>,
    dt::index<"customer_full_name_idx", "full_name">> {};

struct product : dt::table<"product",
    dt::column<"id",      dt::bigint, dt::identity>,
    dt::column<"sku",     dt::varchar<40>>,
    dt::column<"title",   dt::text>,
    dt::column<"price",   dt::numeric<10, 2>>,
    dt::column<"weight",  dt::double_precision, dt::null>,
    dt::column<"picture", dt::bytea, dt::null>,
    dt::primary_key<"id">,
    dt::unique<"product_sku_key", "sku">,
    dt::check<"product_price_check", "price >= 0">> {};

struct purchase : dt::table<"purchase",
    dt::column<"id",          dt::bigint, dt::identity>,
    dt::column<"customer_id", dt::bigint>,
    dt::column<"status",      purchase_status, dt::default_value<"open">>,
    dt::column<"placed_at",   dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>,
    dt::column<"note",        dt::text, dt::null>,
    dt::primary_key<"id">,
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>,
    dt::index<"purchase_customer_idx", "customer_id">> {};

struct order_line : dt::table<"order_line",
    dt::column<"purchase_id", dt::bigint>,
    dt::column<"product_id",  dt::bigint>,
    dt::column<"quantity",    dt::integer, dt::default_value<1>>,
    dt::column<"unit_price",  dt::numeric<10, 2>>,
    dt::primary_key<"purchase_id", "product_id">,
    dt::foreign_key<"order_line_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">,
                    dt::on_delete<dt::cascade>>,
    dt::foreign_key<"order_line_product_fkey", dt::columns<"product_id">, dt::references<"product", "id">>,
    dt::check_values<"order_line_quantity_check", "quantity", dt::between<1, 1000>>,
    dt::index<"order_line_product_idx", "product_id">> {};

struct payment : dt::table<"payment",
    dt::column<"id",          dt::bigint, dt::identity>,
    dt::column<"purchase_id", dt::bigint>,
    dt::column<"method",      payment_method>,
    dt::column<"amount",      dt::numeric<12, 2>>,
    dt::column<"reference",   dt::varchar<64>>,
    dt::primary_key<"id">,
    dt::unique<"payment_reference_key", "reference">,
    dt::foreign_key<"payment_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>,
    dt::check<"payment_amount_check", "amount > 0">,
    dt::index<"payment_purchase_idx", "purchase_id">> {};

struct v1 : dt::schema<"1", customer, product, purchase, order_line, payment> {};

// ---- The migrations -------------------------------------------------------------------------------------------------

struct remember_nicknames : dt::migration<v1,
    dt::step<dt::add_column<"customer", dt::column<"nickname", dt::text, dt::null>>,
             dt::drop_column<"customer", "nickname">>,
    dt::step<dt::add_index<"customer", dt::index<"customer_nickname_idx", "nickname">>,
             dt::drop_index<"customer", "customer_nickname_idx">>> {};

struct v2 : dt::after<"2", remember_nicknames> {};

struct refund : dt::table<"refund",
    dt::column<"id",          dt::bigint, dt::identity>,
    dt::column<"payment_id",  dt::bigint>,
    dt::column<"reason",      refund_reason, dt::default_value<"other">>,
    dt::column<"amount",      dt::numeric<12, 2>>,
    dt::column<"refunded_at", dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>,
    dt::primary_key<"id">,
    dt::foreign_key<"refund_payment_fkey", dt::columns<"payment_id">, dt::references<"payment", "id">>,
    dt::check<"refund_amount_check", "amount > 0">,
    dt::index<"refund_payment_idx", "payment_id">> {};

struct give_money_back : dt::migration<v2,
    dt::step<dt::create_table<refund>,
             dt::drop_table<"refund">>> {};

struct v3 : dt::after<"3", give_money_back> {};

struct forget_phones : dt::migration<v3,
    dt::lossy<"nobody is called any more, and what is not stored cannot leak",
              dt::step<dt::drop_column<"customer", "phone">,
                       dt::add_column<"customer", dt::column<"phone", dt::varchar<32>, dt::null>>>>> {};

struct v4 : dt::after<"4", forget_phones> {};

struct count_stock : dt::migration<v4,
    dt::step<dt::add_column<"product", dt::column<"stock", dt::integer, dt::default_value<0>>>,
             dt::drop_column<"product", "stock">>,
    dt::step<dt::add_column<"product", dt::column<"listed_at", dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>>,
             dt::drop_column<"product", "listed_at">>,
    dt::step<dt::add_index<"purchase", dt::index<"purchase_customer_placed_idx", "customer_id", "placed_at">>,
             dt::drop_index<"purchase", "purchase_customer_placed_idx">>,
    dt::step<dt::drop_index<"purchase", "purchase_customer_idx">,
             dt::add_index<"purchase", dt::index<"purchase_customer_idx", "customer_id">>>,
    dt::step<dt::set_type<"payment", "reference", dt::varchar<80>>,
             dt::set_type<"payment", "reference", dt::varchar<64>>>,
    dt::step<dt::rename_constraint<"payment", "payment_reference_key", "payment_reference_unique">,
             dt::rename_constraint<"payment", "payment_reference_unique", "payment_reference_key">>> {};

struct v5 : dt::after<"5", count_stock> {};

// ---- Today's schema, to be read in one place ------------------------------------------------------------------------

namespace in_full {

struct customer : dt::table<"customer",
    dt::column<"id",         dt::bigint, dt::identity>,
    dt::column<"email",      dt::varchar<255>>,
    dt::column<"full_name",  dt::text>,
    dt::column<"nickname",   dt::text, dt::null>,
    dt::column<"newsletter", dt::boolean, dt::default_value<false>>,
    dt::column<"joined",     dt::date>,
    dt::primary_key<"id">,
    dt::unique<"customer_email_key", "email">,
    dt::check_values<"customer_joined_check", "joined", dt::finite>,
    dt::index<"customer_full_name_idx", "full_name">,
    dt::index<"customer_nickname_idx", "nickname">> {};

struct product : dt::table<"product",
    dt::column<"id",        dt::bigint, dt::identity>,
    dt::column<"sku",       dt::varchar<40>>,
    dt::column<"title",     dt::text>,
    dt::column<"price",     dt::numeric<10, 2>>,
    dt::column<"weight",    dt::double_precision, dt::null>,
    dt::column<"picture",   dt::bytea, dt::null>,
    dt::column<"stock",     dt::integer, dt::default_value<0>>,
    dt::column<"listed_at", dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>,
    dt::primary_key<"id">,
    dt::unique<"product_sku_key", "sku">,
    dt::check<"product_price_check", "price >= 0">> {};

struct purchase : dt::table<"purchase",
    dt::column<"id",          dt::bigint, dt::identity>,
    dt::column<"customer_id", dt::bigint>,
    dt::column<"status",      purchase_status, dt::default_value<"open">>,
    dt::column<"placed_at",   dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>,
    dt::column<"note",        dt::text, dt::null>,
    dt::primary_key<"id">,
    dt::foreign_key<"purchase_customer_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>,
    dt::index<"purchase_customer_placed_idx", "customer_id", "placed_at">> {};

struct payment : dt::table<"payment",
    dt::column<"id",          dt::bigint, dt::identity>,
    dt::column<"purchase_id", dt::bigint>,
    dt::column<"method",      payment_method>,
    dt::column<"amount",      dt::numeric<12, 2>>,
    dt::column<"reference",   dt::varchar<80>>,
    dt::primary_key<"id">,
    dt::unique<"payment_reference_unique", "reference">,
    dt::foreign_key<"payment_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>,
    dt::check<"payment_amount_check", "amount > 0">,
    dt::index<"payment_purchase_idx", "purchase_id">> {};

struct shop : dt::schema<"shop", customer, product, purchase, order_line, payment, refund> {};

}  // namespace in_full

static_assert(dt::valid<v1>);
static_assert(dt::reversible<remember_nicknames>);
static_assert(dt::reversible<give_money_back>);
static_assert(dt::reversible<forget_phones>);
static_assert(dt::reversible<count_stock>);
static_assert(dt::same<v5, in_full::shop>);

}  // namespace shop
