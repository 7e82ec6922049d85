// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "catch.hpp"
#include "postgresql_catalogue.hpp"

namespace test {

/// Autovacuum at work on a table, so slowly that it is still there when a script comes.
class slow_autovacuum {
 public:
  explicit slow_autovacuum(postgres_connection& of) : c_(of) { set("ALTER SYSTEM SET autovacuum_naptime = '1s'"); }
  ~slow_autovacuum() { set("ALTER SYSTEM RESET autovacuum_naptime"); }
  slow_autovacuum(const slow_autovacuum&) = delete;
  slow_autovacuum& operator=(const slow_autovacuum&) = delete;

  /// `table` as SQL, of some thousand rows that all have been updated.
  void on(const std::string& table) {
    c_.run("ALTER TABLE " + table +
           " SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, "
           "autovacuum_vacuum_cost_limit = 1)");
    const std::string at_work = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = $1::regclass AND "
                                "mode = 'ShareUpdateExclusiveLock' AND backend_type = 'autovacuum worker'";
    for (int i = 0; i != 600 && c_.value(at_work, {table}) == "0"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    REQUIRE(c_.value(at_work, {table}) == "1");
  }
  void off(const std::string& table) { c_.run("ALTER TABLE " + table + " SET (autovacuum_enabled = false)"); }

 private:
  void set(const char* setting) {
    c_.run(setting);
    c_.run("SELECT pg_reload_conf()");
  }
  postgres_connection& c_;
};

}  // namespace test
