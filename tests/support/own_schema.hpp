// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>

#include <dovetail/run/postgresql.hpp>

namespace test {

/// A schema of its own on the server that DOVETAIL_POSTGRES names, gone at the end.
struct own_schema {
  std::string name = "own_" + std::to_string(getpid());
  std::string server = [] {
    const char* conninfo = std::getenv("DOVETAIL_POSTGRES");
    return std::string(conninfo == nullptr ? "" : conninfo);
  }();

  own_schema() { connection(server).execute(("CREATE SCHEMA " + name).c_str()); }
  ~own_schema() { connection(server).execute(("DROP SCHEMA " + name + " CASCADE").c_str()); }
  using connection = dovetail::run::postgresql_connection;
  connection connect(const std::string& more = "") const {
    return connection(server + " options='-c search_path=" + name + more + "'");
  }
};

}  // namespace test
