// SPDX-License-Identifier: BSL-1.0
//
// A web shop that changes its schema under load: five versions, three releases, up and down again.
//
//   webshop                          on a SQLite file in a temporary folder
//   webshop --postgres CONNINFO      on PostgreSQL, in schemas of its own that it drops at the end
//
// Exits with 0 if nothing failed and nothing differed, with 1 if something did, and with 2 if it was called wrongly.

#include <exception>
#include <string_view>

#include <fmt/core.h>

#include "run_on.hpp"

int main(int argc, char** argv) {
  try {
    if (argc == 1) return shop::run_on_sqlite() ? 0 : 1;
    if (argc == 3 && std::string_view(argv[1]) == "--postgres") return shop::run_on_postgresql(argv[2]) ? 0 : 1;
    fmt::print(stderr, "usage: webshop [--postgres CONNINFO]\n");
    return 2;
  } catch (const std::exception& e) {
    fmt::print(stderr, "webshop: {}\n", e.what());
    return 1;
  }
}
