// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <optional>

#include <dovetail/run/binding.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using visits = dt::checked<int>;  // and around it a std::optional
#else
using visits = dt::checked<std::optional<int>>;
#endif

bool read(visits& value) { return dt::run::parse_text("1", value).empty(); }
