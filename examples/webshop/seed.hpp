// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include <dovetail/run/connection.hpp>

#include "releases.hpp"

/// The rows with which the shop opens, written by release 7. What they hold follows from their numbers, so that whoever
/// reads one knows what has to stand in it.
namespace shop::seed {

inline constexpr int customers = 500;
inline constexpr int products = 150;
inline constexpr int purchases = 1000;

inline std::string email(int n) { return "customer-" + std::to_string(n) + "@shop.example"; }

inline customer_7 customer(int n) {
  static const char* const names[]{"Ada Lovelace", "Róża O'Neil", "Robert\"); DROP TABLE customer;--", "김하늘 🐦", "\\N",
                                   "", "Grace Hopper", "%s $1 ?1"};
  using namespace std::chrono;
  customer_7 made{email(n), names[n % 8], {}, year_month_day(sys_days(days(n * 37)))};
  if (n % 3 != 0) made.phone = "+49 30 " + std::to_string(100000 + n);
  return made;
}

inline std::string sku(int n) { return "SKU-" + std::to_string(n); }

inline new_product product(int n) {
  new_product made{sku(n), "Thing no. " + std::to_string(n), {n * 199 + 1}, {}, {}};
  if (n % 2 == 0) made.weight = 0.1 * n;
  if (n % 5 == 0)
    for (int i = 0; i != n; ++i) made.picture.emplace().push_back(static_cast<std::byte>(i * n));
  if (n == 10) made.picture.emplace();  // no bytes, and not NULL
  return made;
}

/// Precondition: the database is empty.
template <dovetail::run::connection Connection>
void fill(Connection& db) {
  using dovetail::run::transaction;
  {
    transaction<Connection> t(db);
    for (int n = 0; n != customers; ++n) db.template insert<sign_up_7>(customer(n));
    for (int n = 0; n != products; ++n) db.template insert<add_product>(product(n));
    t.commit();
  }
  const auto known_customers = db.template select<customer_number, R"( ORDER BY "id")">();
  const auto offers = db.template select<see_offer, R"( ORDER BY "id")">();
  for (int n = 0; n != purchases; ++n) {
    transaction<Connection> t(db);
    new_purchase order{known_customers[static_cast<std::size_t>(n * 7 % customers)].id, {}};
    if (n % 4 == 0) order.note = "please ring " + std::to_string(n) + " times";
    const receipt placed = db.template insert<place, get_receipt>(order);
    std::int64_t total = 0;
    for (int i = 0; i <= n % 3; ++i) {
      const offer& chosen = offers[static_cast<std::size_t>((n + i * 11) % products)];
      db.template insert<add_line>({placed.id, chosen.id, i + 1, chosen.price});
      total += (i + 1) * chosen.price.units;
    }
    if (n % 5 != 0) {
      db.template insert<pay>({placed.id, static_cast<method>(n % 3), {total}, "seed-" + std::to_string(n)});
      db.template update<set_status>({placed.id, n % 2 == 0 ? status::paid : status::shipped});
    }
    t.commit();
  }
}

}  // namespace shop::seed
