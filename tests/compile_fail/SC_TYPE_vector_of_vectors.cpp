// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <vector>

#include <dovetail/run/binding.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using scores = std::vector<int>;
#else
using scores = std::vector<std::vector<int>>;
#endif

bool read(scores& value) { return dt::run::parse_text("{}", value).empty(); }
bool write(std::string& out, const scores& value) { return dt::run::append_text(out, value).empty(); }
