// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Everything that checks and generates; nothing that formats, connects or allocates at run time.

// First, so that an error names this header and its file, and not a page of others between them.
#include <dovetail/vocabulary/raise.hpp>

#include <dovetail/change/cascade.hpp>
#include <dovetail/change/copies.hpp>
#include <dovetail/change/gradual.hpp>
#include <dovetail/change/moves.hpp>
#include <dovetail/change/version.hpp>
#include <dovetail/compat/check.hpp>
#include <dovetail/ddl/postgresql.hpp>
#include <dovetail/ddl/sqlite.hpp>
#include <dovetail/diagnose/ddl.hpp>
#include <dovetail/diagnose/predicates.hpp>
#include <dovetail/model/declare.hpp>
#include <dovetail/rollout/fold.hpp>
#include <dovetail/rollout/losses.hpp>
#include <dovetail/version.hpp>
