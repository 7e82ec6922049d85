// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Steps that transform rows with constexpr functions of C++ (`transform`), proven at compile time. <dovetail/run/transform.hpp>
/// runs them.
#include <dovetail/compat/transform.hpp>
