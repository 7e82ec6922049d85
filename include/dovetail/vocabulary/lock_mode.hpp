// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace dovetail {

/// The strongest lock that a statement takes on a table that others use: PostgreSQL's modes (manual, section 13.3.1),
/// and the one lock that SQLite has.
enum class lock_mode : unsigned char {
  none,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  access_exclusive,
  database,
};

}  // namespace dovetail
