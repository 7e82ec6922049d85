// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Columns that become a table, and a table that becomes columns (`gradual_extract_table`, `gradual_merge_table`); groups of
/// columns that become rows (`gradual_extract_rows`).
#include <dovetail/change/extract.hpp>
#include <dovetail/change/extract_rows.hpp>
