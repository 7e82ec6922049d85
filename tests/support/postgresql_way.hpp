// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include "catch.hpp"
#include "postgresql_catalogue.hpp"

/// A recipe's way through its phases and back on a PostgreSQL server, while older and newer releases are at work.
namespace test {

using postgresql = dt::postgresql<15>;
/// Of this process: other tests run on the same server.
inline const std::string place_name = "dovetail gradual " + std::to_string(getpid());

/// Writers and readers at work, each with a connection of its own, now as an older release and now as a newer one.
class workers {
 public:
  using act = std::function<void(postgres_connection&, random_source&, std::size_t worker, bool older)>;
  workers(act what, int count) : act_(std::move(what)) {
    for (int w = 0; w != count; ++w)
      threads_.emplace_back([this, w] {
        try {
          work(w);
        } catch (const std::exception& e) {
          const std::lock_guard lock(failure_lock_);
          failure_ += std::string(failure_.empty() ? "" : "; ") + e.what();
        }
      });
  }
  ~workers() { stop(); }

  /// Which releases are live from now on. No statement of another one is under way when this returns.
  void live(bool older, bool newer) {
    changing_ = true;  // a lock that is shared again and again would not be had
    const std::unique_lock lock(live_lock_);
    older_ = older;
    newer_ = newer;
    changing_ = false;
  }
  void stop() {
    stop_ = true;
    for (std::thread& t : threads_)
      if (t.joinable()) t.join();
  }
  /// Waits until each worker has done so many things more.
  void work_on(int more) {
    const int goal = done_ + more * static_cast<int>(threads_.size());
    while (done_ < goal && failure().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  std::string failure() {
    const std::lock_guard lock(failure_lock_);
    return failure_;
  }
  int done() const { return done_; }

 private:
  void work(int w) {
    postgres_connection c;
    c.run("SET search_path = " + generator::quoted(place_name));
    random_source random(static_cast<std::uint64_t>(w) + 77);
    while (!stop_) {
      while (changing_) std::this_thread::yield();
      const std::shared_lock lock(live_lock_);
      act_(c, random, static_cast<std::size_t>(w), older_ && (!newer_ || random.below(2) == 0));
      ++done_;
    }
  }

  act act_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> changing_{false};
  bool older_ = true;
  bool newer_ = false;
  std::shared_mutex live_lock_;
  std::atomic<int> done_{0};
  std::mutex failure_lock_;
  std::string failure_;
  std::vector<std::thread> threads_;
};

using held = std::map<std::string, std::string>;
constexpr int worker_count = 3;

inline void expect_held(const postgres_connection::rows& found, const std::string& key, const std::string& value,
                 const std::string& by) {
  if (found.size() != 1 || found[0][0] != value)
    throw std::runtime_error("row " + key + " holds " + (found.empty() ? "nothing" : found[0][0].value_or("NULL")) +
                             " and not " + value + ", by " + by);
}
inline held::iterator any(held& rows, random_source& random) {
  auto row = rows.begin();
  std::advance(row, static_cast<std::ptrdiff_t>(random.below(rows.size())));
  return row;
}

/// The way through all phases of a recipe, and back, on a place of its own.
template <class Phases>
class way {
 public:
  explicit way(postgres_connection& c) : c_(c), place_(c, place_name), words_(c), migrating_(postgres_conninfo()) {
    run(dt::ddl<postgresql, typename Phases::v1>);
  }

  /// While everybody works; nothing fails. Between there and back, `there` is called.
  void go(workers& at_work, const std::function<void()>& there = [] {}) {
    const auto before = catalogue_of(c_);
    const auto holds = [&](const dt::model::schema& now) {
      at_work.work_on(40);
      CHECK(at_work.failure() == "");
      bool has_view = false;
      for (const dt::model::table* t : now.tables) has_view = has_view || t->kind != dt::model::source_kind::table;
      if (!has_view) CHECK(catalogue_of(c_) == postgresql_catalogue_of(now, words_));
    };
    constexpr bool fills = requires { typename Phases::fill; };
    const auto fill = [&](bool forward) {
      if constexpr (fills) run(forward ? dt::up<postgresql, typename Phases::fill> : dt::down<postgresql, typename Phases::fill>);
    };
    at_work.work_on(40);
    run(dt::up<postgresql, typename Phases::expand>);
    holds(Phases::v2::value);
    fill(true);
    at_work.live(true, true);
    holds(Phases::v3::value);
    at_work.live(false, true);
    run(dt::up<postgresql, typename Phases::contract>);
    holds(Phases::v4::value);
    there();

    run(dt::down<postgresql, typename Phases::contract>);
    at_work.live(true, true);
    holds(Phases::v3::value);
    fill(false);
    fill(true);
    holds(Phases::v3::value);
    at_work.live(true, false);
    fill(false);
    run(dt::down<postgresql, typename Phases::expand>);
    holds(Phases::v1::value);
    at_work.stop();
    CHECK(at_work.failure() == "");
    CHECK(at_work.done() > 300);
    CHECK(catalogue_of(c_) == before);
  }
  /// Where others lock the same tables in another order, a try can fail again and again.
  void run(const dt::ddl_script& script, int tries = 50) {
    dt::run::patience patience;
    patience.tries = tries;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.rest = 0;
    migrating_.execute(("SET search_path = " + generator::quoted(place_name)).c_str());
    dt::run::run_script(migrating_, script, patience);
  }

 private:

  postgres_connection& c_;
  const postgres_schema place_;
  postgres_words words_;
  dt::run::postgresql_connection migrating_;
};

}  // namespace test
