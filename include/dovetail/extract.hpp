// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Columns that become a table, and a table that becomes columns (`gradual_extract_table`, `gradual_merge_table`).
#include <dovetail/change/extract.hpp>
