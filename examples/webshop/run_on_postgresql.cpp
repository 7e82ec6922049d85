// SPDX-License-Identifier: BSL-1.0
#include "run_on.hpp"

#ifdef WEBSHOP_POSTGRESQL

#include "history_run.hpp"
#include "postgresql_server.hpp"

bool shop::run_on_postgresql(const std::string& conninfo) {
  postgresql_server server(conninfo);
  return history_run<postgresql_server>(server).run();
}

#else

#include <stdexcept>

bool shop::run_on_postgresql(const std::string&) {
  throw std::runtime_error("built without PostgreSQL: libpq was not found");
}

#endif
