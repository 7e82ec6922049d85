// SPDX-License-Identifier: BSL-1.0
#pragma once

/// `outdated_plans`: the readers of a rollout whose prepared statements a server refuses once.
#include <dovetail/rollout/plans.hpp>
