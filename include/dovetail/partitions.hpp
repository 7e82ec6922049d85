// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Partitioned tables, and the steps that make and change them.
#include <dovetail/change/partitions.hpp>
#include <dovetail/ddl/partitions.hpp>
#include <dovetail/model/partitions.hpp>
