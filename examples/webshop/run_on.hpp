// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

/// The shop on each of its servers, a translation unit of its own for each. Whether all went well; what did not has
/// been printed. Throws what the server's refusal throws.
namespace shop {

bool run_on_sqlite();

/// Throws std::runtime_error if the program was built without libpq.
bool run_on_postgresql(const std::string& conninfo);

}  // namespace shop
