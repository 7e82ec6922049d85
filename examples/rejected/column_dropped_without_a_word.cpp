// SPDX-License-Identifier: BSL-1.0
// expect: MG_LOSSY
//
// A step that throws data away, in a list of steps that do not.
//
// What was shipped: a clean-up of five migrations in one, reviewed by its title. One of its steps drops the notes of the
// support team. It has an inverse, so that it looked as harmless as the others.
//
// What would have happened at night: nothing. A week later somebody misses the notes. The inverse brings the column back,
// empty; the last backup that has them is six days old.
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

using note = dt::column<"note", dt::text, dt::null>;

struct customer : dt::table<"customer",
    dt::column<"id",   dt::bigint, dt::identity>,
    dt::column<"name", dt::text>,
    note,
    dt::primary_key<"id">> {};

struct v1 : dt::schema<"1", customer> {};

struct clean_up : dt::migration<v1,
    dt::step<dt::add_index<"customer", dt::index<"customer_name_idx", "name">>,
             dt::drop_index<"customer", "customer_name_idx">>,
    dt::step<dt::drop_column<"customer", "note">,
             dt::add_column<"customer", note>>> {};

static_assert(dt::reversible<clean_up>);
