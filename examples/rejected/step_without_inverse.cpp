// SPDX-License-Identifier: BSL-1.0
// expect: MG_NO_INVERSE
//
// A migration that nobody can take back.
//
// What was shipped: an index for the new report, "only an index", without a way down.
//
// What would have happened at night: the index turned out to slow down every write of the checkout, and the rollback of
// the release stopped at this migration, because there was nothing to run. It was dropped by hand, in the wrong database.
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct purchase : dt::table<"purchase",
    dt::column<"id",   dt::bigint, dt::identity>,
    dt::column<"paid", dt::timestamptz, dt::null>,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", purchase> {};

struct index_for_the_report : dt::migration<v1,
    dt::step<dt::add_index<"purchase", dt::index<"purchase_paid_idx", "paid">>>> {};

static_assert(dt::reversible<index_for_the_report>);
