// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace dovetail {

/// The version of dovetail; the build reads it from these three lines.
inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

}  // namespace dovetail
