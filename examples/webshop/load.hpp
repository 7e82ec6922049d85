// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <dovetail/run/connection.hpp>
#include <dovetail/run/error.hpp>

#include "releases.hpp"
#include "seed.hpp"

/// Releases at work: each has a thread that sells and one that looks around, with connections of their own.
namespace shop {

/// What a release has done, in all its threads.
struct tally {
  std::atomic<std::size_t> written{0};
  std::atomic<std::size_t> read{0};
  std::atomic<std::size_t> retries{0};  ///< transactions that the server refused for now, and that were run again
  std::mutex mutex;
  std::vector<std::string> errors;

  void report(const std::string& error) {
    const std::lock_guard lock(mutex);
    errors.push_back(error);
  }
};

/// A row was not what it had to be.
struct wrong_row : std::runtime_error {
  using std::runtime_error::runtime_error;
};
inline void expect(bool good, const char* what) {
  if (!good) throw wrong_row(what);
}

// What a customer who signs up with each release looks like.
inline customer_7 newcomer(const app_7&, const std::string& email, int n) {
  customer_7 made = seed::customer(n);
  made.email = email;
  return made;
}
inline customer_8 newcomer(const app_8&, const std::string& email, int n) {
  const customer_7 like = seed::customer(n);
  return {email, like.full_name, n % 2 == 0, like.joined};
}
inline customer_9 newcomer(const app_9&, const std::string& email, int n) {
  const customer_7 like = seed::customer(n);
  return {email, like.full_name, n % 2 == 0 ? like.phone : std::nullopt, n % 3 == 0, like.joined};
}

// What each release has to see of a customer of the first hour. Phones come and go with the schema.
inline bool is_seeded(const customer_7& seen, int n) {
  const customer_7 wanted = seed::customer(n);
  return seen.full_name == wanted.full_name && seen.joined == wanted.joined &&
         (!seen.phone || seen.phone == wanted.phone);
}
inline bool is_seeded(const customer_8& seen, int n) {
  const customer_7 wanted = seed::customer(n);
  return seen.full_name == wanted.full_name && seen.joined == wanted.joined && !seen.newsletter;
}
inline bool is_seeded(const customer_9& seen, int n) {
  const customer_7 wanted = seed::customer(n);
  return seen.full_name == wanted.full_name && seen.joined == wanted.joined && !seen.newsletter && !seen.nickname;
}

/// One process of a release.
template <class Server, class Release>
class worker {
  using connection = typename Server::connection;

 public:
  worker(const Server& server, std::string token, tally& done)
      : db_(server.connect("live")), token_(std::move(token)), done_(&done) {
    offers_ = all<see_offer>();
  }

  /// A customer signs up, orders, and pays, and each finds what was written.
  void sell(int n) {
    const std::string id = std::string(Release::name) + '-' + token_ + '-' + std::to_string(n);
    const auto customer = newcomer(Release(), "new-" + id + "@shop.example", n);
    new_purchase order{0, n % 2 == 0 ? std::optional<std::string>("it's \"" + id + "\"") : std::nullopt};
    receipt placed{};
    std::vector<line> lines;
    std::int64_t total = 0;
    in_transaction([&] {
      lines.clear();
      total = 0;
      order.customer_id = db_.template insert<typename Release::sign_up, customer_number>(customer).id;
      placed = db_.template insert<place, get_receipt>(order);
      for (int i = 0; i <= n % 3; ++i) {
        const offer& chosen = offers_[static_cast<std::size_t>(n + i * 5) % offers_.size()];
        lines.push_back({placed.id, chosen.id, i + 1, chosen.price});
        total += (i + 1) * chosen.price.units;
        db_.template insert<add_line>(lines.back());
      }
    });
    done_->written += 2 + lines.size();
    done_->read += 2;
    expect(placed.status == status::open, "a purchase does not begin as open");
    expect(placed.placed_at.time_since_epoch().count() > 0, "a purchase has no time");

    const auto seen = select<typename Release::see_customer, R"( WHERE "email" = $1)">(customer.email);
    expect(seen.size() == 1 && seen[0] == customer, "a customer is not who signed up");
    const auto ordered = select<see_lines, R"( WHERE "purchase_id" = $1 ORDER BY "quantity")">(placed.id);
    expect(ordered == lines, "the lines of a purchase are not those that were ordered");

    const paid payment{placed.id, static_cast<method>(n % 3), {total}, "ref-" + id};
    in_transaction([&] {
      db_.template insert<pay>(payment);
      expect(db_.template update<set_status>({placed.id, status::paid}) == 1, "an update does not find its purchase");
    });
    done_->written += 2;
    const auto state = select<see_purchase, R"( WHERE "id" = $1)">(placed.id);
    expect(state.size() == 1 && state[0] == purchase_state{order.customer_id, status::paid, order.note},
           "a purchase is not what was ordered and paid");
    const auto payments = select<see_payment, R"( WHERE "purchase_id" = $1)">(placed.id);
    expect(payments.size() == 1 && payments[0] == payment, "a payment is not what was paid");

    if constexpr (requires { typename Release::rename; }) {
      const std::string nickname = "nick " + id;
      in_transaction([&] {
        expect(db_.template update<typename Release::rename>({customer.email, nickname}) == 1,
               "an update does not find its customer");
      });
      const auto renamed = select<typename Release::see_customer, R"( WHERE "nickname" = $1)">(nickname);
      expect(renamed.size() == 1 && renamed[0].email == customer.email, "a nickname is not found");
      done_->written += 1;
    }
    if constexpr (requires { typename Release::refund; }) {
      const auto number = select<payment_number, R"( WHERE "reference" = $1)">(payment.reference);
      expect(number.size() == 1, "a payment is not found");
      const money_back refund{number[0].id, static_cast<reason>(n % 3), {1 + total / 2}};
      in_transaction([&] { db_.template insert<typename Release::refund>(refund); });
      const auto refunds = select<see_refunds, R"( WHERE "payment_id" = $1)">(refund.payment_id);
      expect(refunds.size() == 1 && refunds[0] == refund, "a refund is not what was given back");
      done_->written += 1;
    }
  }

  /// Looks at what was there from the first hour, and counts what there is.
  void look(int n) {
    const int c = n * 13 % seed::customers;
    const auto customers = select<typename Release::see_customer, R"( WHERE "email" = $1)">(seed::email(c));
    expect(customers.size() == 1 && is_seeded(customers[0], c), "a customer of the first hour has changed");
    const int p = n * 7 % seed::products;
    const auto products = select<see_product, R"( WHERE "sku" = $1)">(seed::sku(p));
    expect(products.size() == 1 && products[0] == seed::product(p), "a product of the first hour has changed");
    if (n % 10 != 0) return;
    const std::size_t customers_now = all<customer_number>().size();
    const std::size_t purchases_now = all<purchase_number>().size();
    expect(customers_now >= most_customers_ && purchases_now >= most_purchases_, "there are fewer rows than before");
    most_customers_ = customers_now;
    most_purchases_ = purchases_now;
  }

 private:
  /// A busy server is no error: the work is done again, from the beginning of its transaction.
  template <class Work>
  void again_while_busy(Work work) {
    for (int tries = 1;; ++tries) {
      try {
        return work();
      } catch (const dovetail::run::database_error& e) {
        if (e.kind() != dovetail::run::failure::passing || tries == 20) throw;
        ++done_->retries;
        std::this_thread::sleep_for(std::chrono::milliseconds(2 * tries));
      }
    }
  }
  template <class Work>
  void in_transaction(Work work) {
    again_while_busy([&] {
      dovetail::run::transaction<connection> t(db_);
      work();
      t.commit();
    });
  }
  template <class Unit, dovetail::fixed_string Suffix, class... Values>
  auto select(const Values&... values) {
    std::vector<typename Unit::row_type> rows;
    again_while_busy([&] { rows = db_.template select<Unit, Suffix>(values...); });
    done_->read += rows.size();
    return rows;
  }
  template <class Unit>
  auto all() {
    return select<Unit, "">();
  }

  connection db_;
  std::string token_;
  tally* done_;
  std::vector<offer> offers_;
  std::size_t most_customers_ = 0;
  std::size_t most_purchases_ = 0;
};

/// Releases at work, from `start` to the end of its life.
template <class Server>
class load {
 public:
  explicit load(const Server& server) : server_(&server) {}
  load(const load&) = delete;
  load& operator=(const load&) = delete;
  ~load() {
    stopping_ = true;
    for (std::thread& each : threads_) each.join();
  }

  /// `token` makes what these threads write different from what others of the release have written.
  template <class Release>
  void start(const std::string& token, tally& done) {
    repeat<Release>(token, done, &worker<Server, Release>::sell);
    repeat<Release>(token, done, &worker<Server, Release>::look);
  }

  /// Waits until each thread has done a whole round with the schema as it is now. Throws std::runtime_error if one of
  /// them does not come to it.
  void wait_for_all() const {
    std::vector<int> before;
    for (const auto& each : rounds_) before.push_back(*each);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (std::size_t i = 0; i != before.size(); ++i)
      // The round that runs now may have begun before.
      while (*rounds_[i] < before[i] + 2) {
        if (failed_) throw std::runtime_error("a release has failed");
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("a release has come to a standstill");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
  }

 private:
  template <class Release>
  void repeat(const std::string& token, tally& done, void (worker<Server, Release>::*round)(int)) {
    std::atomic<int>* const rounds = rounds_.emplace_back(std::make_unique<std::atomic<int>>(0)).get();
    threads_.emplace_back([this, token, &done, round, rounds] {
      try {
        worker<Server, Release> process(*server_, token, done);
        for (int n = 0; !stopping_; ++n) {
          (process.*round)(n);
          ++*rounds;
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
      } catch (const std::exception& e) {
        failed_ = true;
        done.report(e.what());
      }
    });
  }

  const Server* server_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> failed_{false};
  std::vector<std::unique_ptr<std::atomic<int>>> rounds_;
  std::vector<std::thread> threads_;
};

}  // namespace shop
