// SPDX-License-Identifier: BSL-1.0
#include "run_on.hpp"

#include "history_run.hpp"
#include "sqlite_server.hpp"

bool shop::run_on_sqlite() {
  sqlite_server server;
  return history_run<sqlite_server>(server).run();
}
