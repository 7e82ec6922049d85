// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Every change. A new one is a header of its own, and a line here.
#include <dovetail/change/alter_column.hpp>
#include <dovetail/change/columns.hpp>
#include <dovetail/change/constraints.hpp>
#include <dovetail/change/data.hpp>
#include <dovetail/change/enumerations.hpp>
#include <dovetail/change/indexes.hpp>
#include <dovetail/change/schemas.hpp>
#include <dovetail/change/sequences.hpp>
#include <dovetail/change/syncs.hpp>
#include <dovetail/change/tables.hpp>
#include <dovetail/change/triggers.hpp>
#include <dovetail/change/views.hpp>
