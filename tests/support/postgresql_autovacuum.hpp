// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "catch.hpp"
#include "postgresql_catalogue.hpp"

namespace test {

/// Autovacuum is at work on a table when this returns, so slowly that it is still there when a script comes. `table` as
/// SQL, of some thousand rows that all have been updated.
inline void wait_for_autovacuum(postgres_connection& c, const std::string& table) {
  c.run("ALTER TABLE " + table +
        " SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, "
        "autovacuum_vacuum_cost_limit = 1)");
  const std::string at_work = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = $1::regclass AND "
                              "mode = 'ShareUpdateExclusiveLock' AND backend_type = 'autovacuum worker'";
  // The server that postgres.sh starts looks every second, others each minute (autovacuum_naptime).
  for (int i = 0; i != 1500; ++i) {
    if (c.value(at_work, {table}) != "0") return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  FAIL("no autovacuum of " << table);
}
inline void stop_autovacuum(postgres_connection& c, const std::string& table) {
  c.run("ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
}

}  // namespace test
